"""How much a factory is served, in person and by link, and what its entitlement still holds."""
