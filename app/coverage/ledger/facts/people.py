"""What is known of people: where they worked and sat, what they completed."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import sqlalchemy as sa

from app.completions.models import Completion
from app.courses.models import CourseVersion
from app.coverage.ledger.asking import both, joined
from app.coverage.ledger.facts.places import FACTORIES, Spot
from app.coverage.ledger.facts.reading import ids, rows
from app.coverage.ledger.models import Movement
from app.coverage.ledger.rules import Held, Seat, Stretch, Work
from app.coverage.requirements.rules import Kind
from app.factories.models import Committee, CommitteeMember, Employment, Person
from app.factories.rules import JobRole, Sex
from app.improvement.ambassadors.models import Ambassador
from app.improvement.ambassadors.rules import AmbassadorKind

PEOPLE = ids("people")
DAY = timedelta(days=1)


def _touching(column: str) -> sa.CompoundSelect[tuple[int, int]]:
    """(person, factory) wherever a person works, sits, completed something, or is counted already."""
    of_factory = column == "factories"
    member = sa.select(CommitteeMember.person_id, Committee.factory_id).join(
        Committee, Committee.id == CommitteeMember.committee_id
    )
    return sa.union(
        *(
            statement.where(place.in_(FACTORIES) if of_factory else person.in_(PEOPLE))
            for statement, person, place in (
                (sa.select(Employment.person_id, Employment.factory_id), Employment.person_id, Employment.factory_id),
                (member, CommitteeMember.person_id, Committee.factory_id),
                (
                    sa.select(Completion.person_id, Completion.factory_id).where(Completion.factory_id.is_not(None)),
                    Completion.person_id, Completion.factory_id,
                ),
                (
                    sa.select(Movement.person_id, Movement.factory_id).where(Movement.person_id.is_not(None)),
                    Movement.person_id, Movement.factory_id,
                ),
            )
        )
    )  # fmt: skip


_OF_PEOPLE, _OF_FACTORIES = _touching("people"), _touching("factories")
_HOLD = (
    sa.select(Person.id, Person.sex).where(Person.id.in_(PEOPLE)).order_by(Person.id).with_for_update(key_share=True)
)
_WORKS = (
    sa.select(
        Employment.person_id, Employment.factory_id, Employment.started_on, Employment.ended_on, Employment.role,
        Employment.line_id,
    )
    .where(Employment.person_id.in_(PEOPLE))
    .order_by(Employment.started_on, Employment.id)
)  # fmt: skip
_SEATS = (
    sa.select(
        CommitteeMember.person_id, Committee.factory_id, Committee.kind, CommitteeMember.side,
        CommitteeMember.starts_on, CommitteeMember.ends_on, Committee.starts_on.label("from_"),
        Committee.ends_on.label("until"),
    )
    .join(Committee, Committee.id == CommitteeMember.committee_id)
    .where(CommitteeMember.person_id.in_(PEOPLE))
    .order_by(CommitteeMember.starts_on, CommitteeMember.id)
)  # fmt: skip
_TERMS = (
    sa.select(
        Ambassador.person_id, Ambassador.factory_id, Ambassador.kind, Ambassador.starts_on, Ambassador.ends_on
    )
    .where(Ambassador.person_id.in_(PEOPLE), Ambassador.kind == AmbassadorKind.AMBASSADOR)
    .order_by(Ambassador.starts_on, Ambassador.id)
)
_HELD = (
    sa.select(
        Completion.person_id, Completion.course_id, Completion.completed_at, Completion.valid_until,
        Completion.withdrawn_at, Completion.factory_id, Completion.role, CourseVersion.hours,
    )
    .join(CourseVersion, CourseVersion.id == Completion.version_id)
    .where(Completion.person_id.in_(PEOPLE))
    .order_by(Completion.completed_at, Completion.id)
)  # fmt: skip


@dataclass(frozen=True)
class Completed:
    """A completion, in moments: which days those are depends on who asks."""

    course_id: int
    completed_at: datetime
    valid_until: datetime | None
    withdrawn_at: datetime | None
    factory_id: int | None
    role: JobRole | None
    hours: float

    def at(self, spot: Spot) -> Held:
        """As the days of a factory's programme have it."""
        moments = (self.completed_at, self.valid_until, self.withdrawn_at)
        start, expires, withdrawn = (each.astimezone(spot.zone).date() if each else None for each in moments)
        is_from_here = self.factory_id == spot.factory_id
        return Held(self.course_id, start or date.min, expires, withdrawn, is_from_here, self.role, self.hours)


@dataclass(frozen=True)
class Known:
    """Of these people: by person, or by person and factory."""

    sexes: Mapping[int, Sex | None]
    works: Mapping[tuple[int, int], Sequence[Work]]
    seats: Mapping[tuple[int, int], Sequence[Seat]]
    completed: Mapping[int, Sequence[Completed]]


def factories_of(person_ids: Collection[int]) -> dict[int, set[int]]:
    """Person -> the factories where that person may be counted."""
    found: dict[int, set[int]] = defaultdict(set)
    for person_id, factory_id in rows(_OF_PEOPLE, {"people": list(person_ids)}):
        found[person_id].add(factory_id)
    return found


def people_of(factory_ids: Collection[int]) -> list[int]:
    """Everybody who may be counted at one of these factories, by number."""
    found = rows(_OF_FACTORIES, {"factories": list(factory_ids)})
    return sorted({person_id for person_id, _factory_id in found})


def hold(person_ids: Collection[int]) -> dict[int, Sex | None]:
    """Whoever else settles one of these people waits. Answers the sex of those who are there."""
    return {row.id: row.sex for row in rows(_HOLD, {"people": list(person_ids)})}


def known(person_ids: Collection[int], sexes: Mapping[int, Sex | None], kinds: Collection[Kind]) -> Known:
    """Everything of these people that requirements of these kinds look at. Four statements at the most."""
    those = {"people": list(person_ids)}
    works: dict[tuple[int, int], list[Work]] = defaultdict(list)
    for row in rows(_WORKS, those):
        if row.ended_on is None or row.started_on < row.ended_on:
            works[row.person_id, row.factory_id].append(Work(row.started_on, row.ended_on, row.role, row.line_id))
    completed: dict[int, list[Completed]] = defaultdict(list)
    for person_id, *values in rows(_HELD, those):
        completed[person_id].append(Completed(*values))
    seats: dict[tuple[int, int], list[Seat]] = defaultdict(list)
    if Kind.BODY in kinds:
        _add_seats(those, works, seats)
    if Kind.PATHWAY in kinds:
        _add_terms(those, works, seats)
    return Known(sexes, works, seats, completed)


def _add_seats(
    those: Mapping[str, Sequence[int]], works: Mapping[tuple[int, int], Sequence[Work]],
    found: dict[tuple[int, int], list[Seat]],
) -> None:  # fmt: skip
    """Who left the factory sits on none of its committees, and nobody does after the committee's term."""
    for row in rows(_SEATS, those):
        own = both([Stretch(row.starts_on, _after(row.ends_on))], [Stretch(row.from_, _after(row.until))])
        there = joined(works.get((row.person_id, row.factory_id), ()))
        found[row.person_id, row.factory_id] += [
            Seat(each.start, each.end, row.side, row.kind) for each in both(own, there)
        ]


def _add_terms(
    those: Mapping[str, Sequence[int]], works: Mapping[tuple[int, int], Sequence[Work]],
    found: dict[tuple[int, int], list[Seat]],
) -> None:  # fmt: skip
    """Who leaves the factory is no ambassador any more, and coming back brings no term back. Of a master trainer, who
    comes certified, no pathway is asked.
    """
    for row in rows(_TERMS, those):
        own = Stretch(row.starts_on, _after(row.ends_on))
        there = both([own], joined(works.get((row.person_id, row.factory_id), ())))
        found[row.person_id, row.factory_id] += [Seat(each.start, each.end, row.kind, None) for each in there[:1]]


def _after(last: date | None) -> date | None:
    return last + DAY if last else None
