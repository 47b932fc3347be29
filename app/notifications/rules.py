"""By which way somebody is told something, and what for. Pure."""

from enum import StrEnum


class Way(StrEnum):
    """How it reaches people."""

    MAIL = "mail"
    PAPER = "paper"
    """A notice that was hung up or handed out."""
    CHAT = "chat"
    """A text in the factory's chat group."""


class TellingKind(StrEnum):
    """What it is."""

    REMINDER = "reminder"
    DIGEST = "digest"
    NOTICE = "notice"
    CERTIFICATE = "certificate"
    REPORT = "report"
    PROGRAM = "program"
