"""Reading designs, as far as the actor may."""
