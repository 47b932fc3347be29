"""What speaks against a plan, who may plan it all the same, and what was accepted."""
