"""Identifiers of items: the id of the question where QTI allows it, else a made-up one that is no id when read."""

import re

_MADE_UP = "unnamed-"
_IDENTIFIER = re.compile(r"[A-Za-z_][\w.-]{0,99}", re.ASCII)


def made_up_identifier(number: int) -> str:
    """For the question of this number, from 1."""
    return f"{_MADE_UP}{number:04}"


def is_identifier(text: str) -> bool:
    """Whether QTI takes a text as it is, and no made-up one could be the same."""
    return bool(_IDENTIFIER.fullmatch(text)) and not text.startswith(_MADE_UP)


def id_of(identifier: str) -> str | None:
    """The id that a question gets from its item, None for a made-up one."""
    return None if identifier.startswith(_MADE_UP) else " ".join(identifier.split()) or None
