"""Completions: who finished which course."""

from collections.abc import Sequence
from datetime import datetime
from operator import eq, ge, lt
from typing import Annotated, Any

import sqlalchemy as sa
from pydantic import Field

from app.access.actor import Actor
from app.access.permissions import Permission
from app.api.tokens.rules import TokenScope
from app.api.v1.asked import NOT_TOGETHER, Code, FollowedAsked, Moment, NeverFollowed, Whole
from app.api.v1.following import NotLookedUp
from app.api.v1.resource import Item, Resource, Rows, items_of
from app.completions.models import Completion
from app.completions.queries import entries
from app.courses.models import Course, CourseVersion
from app.factories.models import Factory, Person, Programme
from app.factories.queries import visible_factories
from app.factories.rules import JobRole, Sex

_PERSON = sa.func.coalesce(Person.merged_into_id, Person.id)


class CompletionItem(Item):
    """A person finished a course. Factory, line, role and sex are those at the time."""

    id: int
    person: int = Field(description="Id of the person.")
    course: str = Field(description="Code of the course.")
    version: str = Field(description="Edition of the course.")
    period: int = Field(description="Counts the validity periods of this person and course, from 1.")
    session: int | None = Field(description="Id of the training session; null for one taken over from a list.")
    factory: str = Field(description="Code of the factory.")
    programme: str = Field(description="Code of the programme.")
    line: str | None
    role: JobRole | None
    sex: Sex | None
    completed_at: datetime
    valid_until: datetime | None = Field(description="null: without an end.")
    withdrawn_at: datetime | None = Field(description="Since when it does not count: a correction undid it.")
    updated_at: datetime = Field(description="When anything of this changed last.")


class CompletionsAsked(FollowedAsked):
    programme: Code | None = Field(default=None, description="Code of a programme.")
    factory: Code | None = Field(default=None, description="Code of a factory.")
    course: Code | None = Field(default=None, description="Code of a course.")
    person: Annotated[Whole | None, NeverFollowed] = Field(default=None, description=f"Id of a person. {NOT_TOGETHER}")
    completed_from: Moment | None = Field(default=None, description="Completed at this moment or later.")
    completed_before: Moment | None = Field(default=None, description="Completed before this moment.")
    withdrawn_since: Annotated[Moment | None, NeverFollowed] = Field(
        default=None, description=f"Withdrawn at this moment or later. {NOT_TOGETHER}"
    )


def _rows(actor: Actor, asked: CompletionsAsked) -> Rows:
    factory_id = NotLookedUp(Completion.factory_id) if asked.follows else Completion.factory_id
    seen = visible_factories(actor, Permission.FACTORIES_READ).with_only_columns(Factory.id)
    statement: Rows = (
        sa.select(
            Completion.id, _PERSON.label("person"), Course.code.label("course"),
            CourseVersion.number.label("version"), Completion.period, Completion.training_id.label("session"),
            Factory.code.label("factory"), Programme.code.label("programme"), Completion.line, Completion.role,
            Completion.sex, Completion.completed_at, Completion.valid_until, Completion.withdrawn_at,
            Completion.updated_at,
        )
        .join(Person, Person.id == Completion.person_id)
        .join(Course, Course.id == Completion.course_id)
        .join(CourseVersion, CourseVersion.id == Completion.version_id)
        .join(Factory, Factory.id == factory_id)
        .join(Programme, Programme.id == Factory.programme_id)
        .where(factory_id.in_(seen))
    )  # fmt: skip
    return statement.where(*_narrowed(asked))


def _narrowed(asked: CompletionsAsked) -> list[sa.ColumnElement[bool]]:
    wanted = (
        (eq, Programme.code, asked.programme),
        (eq, Factory.code, asked.factory),
        (eq, Course.code, asked.course),
        (ge, Completion.completed_at, asked.completed_from),
        (lt, Completion.completed_at, asked.completed_before),
        (ge, Completion.withdrawn_at, asked.withdrawn_since),
    )
    found = [is_so(column, value) for is_so, column, value in wanted if value is not None]
    return found if asked.person is None else [*found, Completion.person_id.in_(entries(asked.person))]


def _items(_actor: Actor, rows: Sequence[Any], _asked: CompletionsAsked) -> list[CompletionItem]:
    return items_of(CompletionItem, rows)


COMPLETIONS = Resource(
    name="completions", about="Who finished which course at the factories that the owner of the token sees.",
    scope=TokenScope.COMPLETIONS_READ, permission=Permission.FACTORIES_READ, item=CompletionItem,
    asked=CompletionsAsked, rows=_rows, key=Completion.id, items=_items,
    changed=Completion.updated_at, one_by=Completion.id,
)  # fmt: skip
