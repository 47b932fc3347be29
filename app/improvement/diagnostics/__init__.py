"""A factory looks at itself, theme by theme, and sees what it needs. Nobody is scored."""
