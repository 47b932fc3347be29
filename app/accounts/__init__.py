"""Sign-in: staff and focal points by password, people by PIN; roles."""
