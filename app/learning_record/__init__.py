"""The factory's own timeline."""
