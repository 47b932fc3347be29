"""Demand without a date: which factory wants which course, for how many people, and what became of it."""
