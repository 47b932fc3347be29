"""Reading everything that decides how people stand, each in a fixed number of statements."""
