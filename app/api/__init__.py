"""Doors for other programs: tokens that let them in, what they may read, and what is told to them."""
