"""Which programmes the subject of an entry of the log belongs to: whoever reads the log of one sees no other's."""

from collections.abc import Callable, Collection, Mapping
from typing import Any

import sqlalchemy as sa

from app.certificates.models import Certificate
from app.completions.models import Completion
from app.factories.models import Employment, Factory
from app.quizzes.models import Attempt
from app.sessions.demand.models import Interest
from app.sessions.models import Meeting, Seat, TrainingSession

Programmes = Collection[int]
Belongs = Callable[[sa.ColumnElement[int], Programmes], sa.ColumnElement[bool]]
"""Whether the thing with this id - a value of the outer statement - is one of these programmes."""


def _programme(wanted: sa.ColumnElement[int], programmes: Programmes) -> sa.ColumnElement[bool]:
    return wanted.in_(programmes)


def _factory(wanted: sa.ColumnElement[int], programmes: Programmes) -> sa.ColumnElement[bool]:
    return sa.exists().where(Factory.id == wanted, Factory.programme_id.in_(programmes))


def _person(wanted: sa.ColumnElement[int], programmes: Programmes) -> sa.ColumnElement[bool]:
    """A person belongs to every programme in which she ever worked."""
    return _of_factory(Employment.person_id, Employment.factory_id, wanted, programmes)


def _training(wanted: sa.ColumnElement[int], programmes: Programmes) -> sa.ColumnElement[bool]:
    return sa.exists().where(TrainingSession.id == wanted, TrainingSession.programme_id.in_(programmes))


def _of_training(model: Any) -> Belongs:
    def belongs(wanted: sa.ColumnElement[int], programmes: Programmes) -> sa.ColumnElement[bool]:
        held = TrainingSession.id == model.training_id
        return sa.exists().where(model.id == wanted, held, TrainingSession.programme_id.in_(programmes))

    return belongs


def _at_factory(model: Any) -> Belongs:
    def belongs(wanted: sa.ColumnElement[int], programmes: Programmes) -> sa.ColumnElement[bool]:
        return _of_factory(model.id, model.factory_id, wanted, programmes)

    return belongs


def _of_factory(
    key: Any, factory: Any, wanted: sa.ColumnElement[int], programmes: Programmes
) -> sa.ColumnElement[bool]:
    return sa.exists().where(key == wanted, Factory.id == factory, Factory.programme_id.in_(programmes))


SUBJECTS: Mapping[str, Belongs] = {
    "attempt": _of_training(Attempt),
    "certificate": _at_factory(Certificate),
    "completion": _at_factory(Completion),
    "factory": _factory,
    "interest": _at_factory(Interest),
    "meeting": _of_training(Meeting),
    "person": _person,
    "programme": _programme,
    "seat": _of_training(Seat),
    "training": _training,
}
"""What an entry is about -> whose it is. What is missing here is nobody's programme: only administrators see it."""
