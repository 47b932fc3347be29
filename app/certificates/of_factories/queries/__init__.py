"""Reading rules, counts and certificates of factories, as far as the actor may."""
