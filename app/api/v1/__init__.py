"""What other programs read: lists and single things, as far as the owner of the token sees them."""
