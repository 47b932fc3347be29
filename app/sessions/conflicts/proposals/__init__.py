"""A plan, as a form or a stored training session has it, made into what the rules read."""

from app.sessions.conflicts.proposals.planned import copies_of, of_plan, one_more
from app.sessions.conflicts.proposals.stored import Change, of_training

__all__ = ["Change", "copies_of", "of_plan", "of_training", "one_more"]
