"""Incoming mails, and who answered what."""

from app.sessions.replies.queries.answers import Answers, answers
from app.sessions.replies.queries.mails import IncomingFilter, faulty_visits, incoming, incoming_mail

__all__ = ["Answers", "IncomingFilter", "answers", "faulty_visits", "incoming", "incoming_mail"]
