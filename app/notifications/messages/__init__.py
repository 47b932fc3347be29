"""A message in somebody's own words to everybody who has a seat in a training session."""
