"""A hall in which people check in."""

from datetime import timedelta

import pytest
from flask import Flask

from app.accounts.models import PersonCard
from app.accounts.site import keys
from app.attendance.checkin.grace import COOKIE, PATH, Grace, words_of
from app.attendance.checkin.queries import moment_of_all
from app.attendance.checkin.rules import Place, PlaceKind, Way, seal, short, slot_at
from app.attendance.queries import numbers
from app.factories.models import Person
from app.platform.clock import now
from app.platform.db import db
from tests.attendance.conftest import Hall
from tests.browse import Browse
from tests.make import cards


class Entrance(Hall):
    """A hall with a code on its screen. The first half-day begins now, the second four hours later."""

    def __init__(self, people: int = 3) -> None:
        super().__init__(people, first=now())

    @property
    def here(self) -> str:
        return f"/sessions/{self.training.id}/meetings/1"

    @property
    def site(self) -> int:
        return self.training.sites[0].id

    def place(self, slots_ago: int = 0, meeting: int = 0) -> Place:
        slot = slot_at(moment_of_all(db.session())) - slots_ago
        return Place(PlaceKind.SCREEN, self.meetings[meeting].id, self.site, slot)

    def code(self, slots_ago: int = 0, meeting: int = 0) -> str:
        """The code that the screen showed so many half minutes ago."""
        return seal(self.place(slots_ago, meeting), keys()[0])

    def typed(self, slots_ago: int = 0) -> str:
        return short(self.place(slots_ago), keys()[0])

    def paper(self) -> str:
        return seal(Place(PlaceKind.SITE, self.site), keys()[0])

    def grace(self, seconds_ago: float = 0, way: Way = Way.SCREEN, meeting: int = 0) -> str:
        at = moment_of_all(db.session()) - timedelta(seconds=seconds_ago)
        return words_of(Grace(self.meetings[meeting].id, self.site, way, at))

    def card(self, person: Person) -> PersonCard:
        return cards.card(person)

    def number(self, person: Person) -> str:
        """The employee number."""
        return numbers(self.training.id)[person.id]


def carry(browse: Browse, words: str) -> Browse:
    """Let a phone carry the words of a grace."""
    browse.client.set_cookie(COOKIE, words, path=PATH)
    return browse


@pytest.fixture
def hall(app: Flask) -> Entrance:
    return Entrance()
