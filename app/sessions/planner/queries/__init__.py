"""Reading the plan, always as far as the actor may see, each in a fixed number of statements."""
