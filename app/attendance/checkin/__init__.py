"""People who check in: by the code on the trainer's screen, by the sheet in the room, by their own card."""
