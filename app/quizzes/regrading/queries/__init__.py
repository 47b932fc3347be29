"""Reading what regrading changes and has changed."""
