"""How long what is known of people is kept, who may have it, and what they are told."""
