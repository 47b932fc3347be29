"""Coverage kept as movements: what changed, on which day, and since when we know."""
