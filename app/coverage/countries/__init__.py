"""Whole programmes: coverage by requirement, tier and theme, and how the training itself goes."""
