"""Doors: joining with a code, taking a quiz, running it in the room."""
