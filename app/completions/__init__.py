"""Where a person meets a unit: units done, completions, validity."""
