"""Reads of the registers, scoped by the actor: what he may not see is NotFound."""
