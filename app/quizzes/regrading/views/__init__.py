"""The doors to regrading."""
