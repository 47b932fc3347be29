"""Doors: learning alone, and looking at what somebody practised."""
