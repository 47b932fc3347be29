"""Reads of the structure, scoped by the actor: what he may not see is NotFound."""
