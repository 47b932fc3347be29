"""How people come into half-days by link: meeting providers, rooms there, and links of our own that lead into them."""
