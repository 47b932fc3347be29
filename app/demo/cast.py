"""Who acts at one place of the story."""

from dataclasses import dataclass
from random import Random

import sqlalchemy as sa

from app.access.actor import Actor, Grant
from app.access.roles import Role
from app.accounts import operations as accounts
from app.demo import rosters, staff
from app.demo.people import pin_of
from app.demo.places import Place
from app.factories.models import Factory, Person, Programme
from app.factories.rules import JobRole
from app.platform.db import db

_ORDER = (JobRole.SUPERVISOR, JobRole.INDIRECT_SUPERVISOR, JobRole.OFFICE, JobRole.MANAGER)
WITHOUT_PIN = 2
"""So many leaders of each factory have no PIN yet: somebody must have something to do."""


@dataclass(frozen=True)
class Cast:
    """A place with its rows and actors. `random` tells this place's story and no other's."""

    place: Place
    programme_id: int
    factory_id: int
    manager: Actor
    trainer: Actor
    focal_point: Actor
    random: Random

    @property
    def factory(self) -> Factory:
        return db.session.get_one(Factory, self.factory_id)

    def leaders(self) -> list[int]:
        """People who now lead others or work in the office, in the order of their employee numbers."""
        found = rosters.people(self.factory, _ORDER)
        return [person_id for _, person_id in sorted(found.items())]

    def give_pins(self) -> None:
        """PINs for those who lead, all but the last few."""
        for number, person_id in sorted(rosters.people(self.factory, _ORDER[:2]).items())[:-WITHOUT_PIN]:
            accounts.set_pin(self.focal_point, person_id, pin_of(self.place, number))


def build(place: Place) -> tuple[Programme, Factory]:
    """The programme of a country and its factory."""
    programme = Programme(
        code=place.code, name=place.programme_names, country=place.country, zone=place.zone,
        rest_days=list(place.rest_days), languages=[place.language, "en"],
    )
    db.session.add(programme)
    db.session.flush()  # the factory needs the id
    factory = Factory(
        programme_id=programme.id, code=place.factory_code, name=place.factory, local_name=place.local_factory,
        language=place.language, province=place.province, export_zone=place.export_zone,
    )
    db.session.add(factory)
    db.session.flush()  # accounts need the id
    return programme, factory


def cast(place: Place, rows: tuple[Programme, Factory], actors: dict[str, Actor], seed: int) -> Cast:
    """The cast of a place."""
    manager, trainer, focal_point = (
        actors[staff.member_of(role, place).email]
        for role in (Role.PROGRAMME_MANAGER, Role.TRAINER, Role.FOCAL_POINT)
    )
    random = Random(f"{seed} story {place.code}")  # noqa: S311 - a story, not a secret
    return Cast(place, rows[0].id, rows[1].id, manager, trainer, focal_point, random)


def learner(person_id: int, training_id: int) -> Actor:
    """A person who has joined a training session with code and PIN."""
    language = db.session.scalar(sa.select(Person.language).where(Person.id == person_id))
    return Actor(person_id=person_id, grants=(Grant(Role.PERSON),), language=language, training_id=training_id)
