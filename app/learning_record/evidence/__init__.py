"""The evidence of a factory for a time: one signed file that says the same whenever it is made of the same day."""
