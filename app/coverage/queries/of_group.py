"""What a head office sees: the factories of its group in numbers."""

import sqlalchemy as sa
from sqlalchemy.orm import joinedload

from app.access.actor import Actor
from app.access.permissions import Permission
from app.coverage.numbers import FactoryNumbers, numbers
from app.coverage.queries.exempted import exempted
from app.coverage.queries.figures import role_figures
from app.coverage.queries.required import required
from app.coverage.queries.seen import sees
from app.factories.models import Factory
from app.factories.queries import visible_factories
from app.platform.db import db


def of_group(actor: Actor) -> list[FactoryNumbers]:
    """Factories that the actor sees in numbers, by name. Fifteen statements at the most, however many there are.

    Who is exempt counts like everybody else, by the certificate alone: see docs/decisions/0032.
    """
    statement = visible_factories(actor, Permission.GROUP_FIGURES_READ).options(joinedload(Factory.programme))
    factories = db.session.scalars(statement.order_by(sa.func.lower(Factory.name), Factory.id)).all()
    asked = required(factory.programme_id for factory in factories)
    requirements = [each for each in asked if sees(actor, each)]
    zones = {factory.programme_id: factory.programme.zone for factory in factories}
    ids = [each.id for each in factories]
    known = role_figures(ids, requirements, zones)
    exempt = exempted(ids, (each.id for each in requirements))
    everybody = {key: [*known.get(key, ()), *exempt.get(key, ())] for key in {*known, *exempt}}
    return numbers(factories, requirements, everybody)
