"""The text for a factory's chat group: plain, short, nothing secret in it. Pure."""

import json
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from app.notifications.notices.facts import Told
from app.notifications.notices.said import say

_CHATS = Path(__file__).with_name("chats.json")


def usual_chat(country: str) -> str:
    """The chat that people of a country use most."""
    chats = _chats()
    return chats.get(country, chats[""])


def chat_text(told: Told, locale: str, address: str, *, named: bool) -> str:
    """A notice as lines to paste; with the names of the factory's own people or only their number."""
    said = say(told, locale, address)
    lines = [said.title]
    lines += [said.warning] if said.warning else []
    for half_day in said.half_days:
        lines += ["", f"{half_day.label}: {half_day.day}" if half_day.label else half_day.day]
        lines += [part for part in (half_day.time, half_day.own, half_day.where) if part]
    lines += ["", *_who(told, said.who, named=named)]
    lines += [said.unnamed] if said.unnamed else []
    lines += ["", f"{said.words['bring']}: {said.words['bring_what']}", f"{said.words['code']}: {told.code}"]
    lines += [said.ask] if said.ask else []
    return "\n".join(lines) + "\n"


def _who(told: Told, counted: str, *, named: bool) -> Iterator[str]:
    yield counted
    if named:
        yield from (f"- {person.local_name or person.name}" for person in told.people)


@lru_cache
def _chats() -> dict[str, str]:
    chats: dict[str, str] = json.loads(_CHATS.read_text("utf-8"))
    return chats
