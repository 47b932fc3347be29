"""Shapes of the forms of authoring."""
