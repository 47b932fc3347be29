"""Who is who in a preview: people of the own programmes by name, those of others in numbers."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from app.access.actor import Actor
from app.access.permissions import Permission
from app.factories.models import Factory, Person, Programme
from app.platform.db import db
from app.quizzes.regrading.queries.previews import Preview
from app.quizzes.regrading.rules import MOST_SHOWN, Moved
from app.sessions.models import Seat, TrainingSession


@dataclass(frozen=True, slots=True)
class Row:
    """Whose grade would change, and how."""

    moved: Moved
    name: str
    local_name: str | None
    language: str
    factory_name: str
    following: bool | None
    """Whether a completion would be made or - False - end; None for neither."""


@dataclass(frozen=True, slots=True)
class InProgramme:
    """What would change in one programme; in all that the actor does not see together there are `names` and `rows` of
    nobody.
    """

    names: dict[str, str] | None
    changing: int
    falling: int
    rising: int
    made: int
    ended: int
    rows: Sequence[Row]


def by_programme(actor: Actor, found: Preview) -> list[InProgramme]:
    """A preview, programme by programme, the others last. Two statements, however many people."""
    scope = actor.scope(Permission.RESULTS_READ)
    places = _places(found)
    seen = {row.id: row.name for row in places.values() if scope.reaches(row.id)}
    programme_of = {key: row.id if row.id in seen else None for key, row in places.items()}
    named = _named([each for each in found.moved if programme_of[each.training_id]][:MOST_SHOWN])
    following = {(each.training_id, each.person_id): each.is_made for each in found.following}
    groups: dict[int | None, list[Moved]] = defaultdict(list)
    for each in found.moved:
        groups[programme_of[each.training_id]].append(each)
    return [
        InProgramme(
            names=seen[programme_id] if programme_id else None,
            changing=len(moved),
            falling=sum(each.falls for each in moved),
            rising=sum(each.rises for each in moved),
            made=sum(each.is_made and programme_of[each.training_id] == programme_id for each in found.following),
            ended=sum(not each.is_made and programme_of[each.training_id] == programme_id for each in found.following),
            rows=[
                Row(each, *named[each.attempt_id], following.get((each.training_id, each.person_id)))
                for each in moved
                if each.attempt_id in named
            ],
        )
        for programme_id, moved in sorted(groups.items(), key=lambda item: item[0] or 2**31)
    ]


def _places(found: Preview) -> dict[int, Any]:
    """The programme of each training session."""
    rows = db.session.execute(
        sa.select(TrainingSession.id.label("training_id"), Programme.id, Programme.name)
        .join(Programme, Programme.id == TrainingSession.programme_id)
        .where(TrainingSession.id.in_({each.training_id for each in found.moved}))
    )
    return {row.training_id: row for row in rows}


def _named(moved: Sequence[Moved]) -> dict[int, tuple[str, str | None, str, str]]:
    rows = db.session.execute(
        sa.select(
            Seat.training_id, Person.id, Person.name, Person.local_name, Person.language, Factory.name.label("factory")
        )
        .join(Person, Person.id == Seat.person_id)
        .join(Factory, Factory.id == Seat.factory_id)
        .where(
            Seat.training_id.in_({each.training_id for each in moved}),
            Seat.person_id.in_({each.person_id for each in moved}),
        )
    ).all()
    who = {(row.training_id, row.id): (row.name, row.local_name, row.language, row.factory) for row in rows}
    return {
        each.attempt_id: who[each.training_id, each.person_id]
        for each in moved
        if (each.training_id, each.person_id) in who
    }
