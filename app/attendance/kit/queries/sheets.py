"""A half-day as a phone takes it along."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import joinedload, selectinload

from app.accounts.models import PersonCard
from app.attendance import queries, rules
from app.attendance.checkin.rules import card_hash
from app.attendance.kit.letters import short
from app.attendance.kit.reading import MARKS
from app.attendance.kit.revisions import revision
from app.attendance.operations.log import logs_of
from app.attendance.queries.closing import closed_roll_call
from app.attendance.rules import OPENS_BEFORE, Mark, Said
from app.courses.models import CourseVersion
from app.platform.clock import now
from app.platform.db import db
from app.platform.i18n.texts import text
from app.quizzes.queries.paper import paper_test
from app.sessions import queries as sessions
from app.sessions.models import Meeting, Seat, Site, TrainingSession
from app.sessions.queries.joining import exceptions, site_of, used_sites
from app.sessions.rules import MeetingState, SiteKind, TrainingState

LETTERS = {mark: letter for letter, mark in MARKS.items()}
KINDS = {SiteKind.VENUE: "room", SiteKind.FACTORY_ROOM: "factory", SiteKind.REMOTE: "remote"}
_STATES = {
    TrainingState.CANCELLED: "cancelled",
    TrainingState.CLOSED: "closed",
    TrainingState.POSTPONED: "postponed",
    TrainingState.DRAFT: "tentative",
    TrainingState.TENTATIVE: "tentative",
}


@dataclass(frozen=True)
class Sheet:
    """A half-day with everybody who is expected, and from where each joins."""

    meeting: Meeting
    sites: Collection[Site]
    seats: Mapping[int, Site]
    """By id of the seat."""
    booked: Collection[Seat]

    @property
    def revision(self) -> str:
        """Six letters that change with it."""
        meeting = self.meeting
        people = [[seat.person_id, self.seats[seat.id].id] for seat in self.booked]
        sites = [[site.id, site.name] for site in self.sites]
        return revision(
            meeting.id, meeting.number, meeting.starts, meeting.ends, meeting.zone, meeting.state,
            meeting.training.state, sites, people=people,
        )  # fmt: skip


def load(meeting_ids: Collection[int]) -> list[Meeting]:
    """Half-days with their training sessions, in order of time."""
    parts = joinedload(Meeting.training)
    found = sa.select(Meeting).where(Meeting.id.in_(meeting_ids)).order_by(Meeting.starts_at, Meeting.id)
    return list(
        db.session.scalars(
            found.options(
                parts.selectinload(TrainingSession.trainers), parts.selectinload(TrainingSession.meetings),
                parts.joinedload(TrainingSession.version).joinedload(CourseVersion.course),
                selectinload(Meeting.sites),
            )
        )
    )  # fmt: skip


def sheet(meeting: Meeting) -> Sheet:
    """Who is expected where. Three statements."""
    known, sites = exceptions(meeting.training_id), used_sites(meeting)
    booked = sessions.booked(meeting.training_id)
    return Sheet(meeting, sites, {seat.id: site_of(seat, meeting, known, sites) for seat in booked}, booked)


def state_of(meeting: Meeting, *, is_closed: bool = False) -> str:
    """How the half-day stands, in the words of phones; `is_closed`: its roll call is."""
    if meeting.training.state in _STATES:
        return _STATES[meeting.training.state]
    if meeting.state is not MeetingState.PLANNED:
        return "cancelled" if meeting.state is MeetingState.CANCELLED else "postponed"
    if is_closed:
        return "closed"
    return "early" if now() < meeting.starts_at - OPENS_BEFORE else "open"


def told(found: Sheet, language: str) -> dict[str, Any]:
    """The half-day as JSON (docs/offline.md, 2)."""
    meeting, training = found.meeting, found.meeting.training
    test, state = paper_test(training), state_of(meeting, is_closed=closed_roll_call(meeting.id) is not None)
    sites = {site.id: [site.id, site.name, KINDS[site.kind]] for site in [*found.sites, *found.seats.values()]}
    factories = {seat.factory_id: [seat.factory_id, seat.factory.name] for seat in found.booked}
    return {
        "meeting": meeting.id, "training": training.id, "code": training.code,
        "title": text(training.version.titles, language), "number": meeting.number, "of": len(training.meetings),
        "revision": found.revision, "state": state, "starts": meeting.starts.isoformat("T", "minutes"),
        "ends": meeting.ends.isoformat("T", "minutes"), "zone": meeting.zone,
        "opens": int((meeting.starts_at - OPENS_BEFORE).timestamp()), "sites": list(sites.values()),
        "factories": list(factories.values()),
        "test": test and {"id": test[0].id, "title": text(test[0].titles, language), "points": test[1]},
        "people": _people(found),
    }  # fmt: skip


def _people(found: Sheet) -> list[list[Any]]:
    ids = [seat.person_id for seat in found.booked]
    numbers, cards = queries.numbers(found.meeting.training_id), _cards(ids)
    logs = logs_of(found.meeting.id, ids)
    return [
        [
            seat.person_id, seat.person.name, _own_name(seat), numbers.get(seat.person_id) or "",
            found.seats[seat.id].id, cards.get(seat.person_id, ""), *_standing(logs[seat.person_id]),
        ]
        for seat in found.booked
    ]  # fmt: skip


def _own_name(seat: Seat) -> str:
    own = seat.person.local_name or ""
    return "" if own == seat.person.name else own


def _standing(log: Collection[Said]) -> tuple[str, list[str]]:
    decided = rules.decide(log)
    if decided is None:
        return "", []
    return _letter(decided.counts.mark), [short(said.mark_id) for said in decided.standing]


def _letter(mark: Mark) -> str:
    return LETTERS[mark]


def _cards(person_ids: Collection[int]) -> dict[int, str]:
    """The hash of each person's card; of several the newest."""
    live = (
        sa.select(PersonCard.person_id, PersonCard.token)
        .where(PersonCard.person_id.in_(person_ids), PersonCard.revoked_at.is_(None))
        .order_by(PersonCard.id)
    )
    return {person_id: card_hash(token) for person_id, token in db.session.execute(live)}
