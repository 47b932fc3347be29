"""The catalogue: course, version, unit, themes, languages."""
