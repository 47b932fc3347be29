"""Reads of diagnostics, always in the scope of the actor."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from app.access.actor import Actor
from app.access.permissions import Permission
from app.factories.models import Factory
from app.factories.queries import visible_factories
from app.improvement.diagnostics import shipped
from app.improvement.diagnostics.models import Diagnostic
from app.improvement.diagnostics.rules import Answer, Form
from app.platform.db import db
from app.platform.refusal import NotFound


def form(theme: str) -> Form:
    """The form of a theme. Raises NotFound."""
    found = shipped.forms().get(theme)
    if found is None:
        raise NotFound
    return found


def of_factory(factory_id: int) -> Sequence[Diagnostic]:
    """Everything that was ever filled in for a factory, the latest first. The caller has checked the factory."""
    statement = sa.select(Diagnostic).where(Diagnostic.factory_id == factory_id)
    return db.session.scalars(statement.order_by(Diagnostic.id.desc())).all()


def diagnostic(
    actor: Actor, diagnostic_id: int, permission: Permission = Permission.DIAGNOSTICS_READ
) -> Diagnostic:
    """What was filled in for a factory in which the actor holds the permission. Raises NotFound."""
    factories = visible_factories(actor, permission).with_only_columns(Factory.id)
    statement = sa.select(Diagnostic).where(Diagnostic.id == diagnostic_id, Diagnostic.factory_id.in_(factories))
    found = db.session.scalar(statement.options(joinedload(Diagnostic.factory).joinedload(Factory.programme)))
    if found is None:
        raise NotFound
    return found


def answers(found: Diagnostic) -> dict[str, Answer]:
    """What was said, question by question."""
    return {question: Answer(said) for question, said in found.answers.items()}
