"""Reads of requirements, scoped by the actor: what one may not see is NotFound."""
