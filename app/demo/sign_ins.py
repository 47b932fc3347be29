"""The list of demo sign-ins: staff and focal points by address, people of the running training by code and PIN, and the
link of a buyer, who signs in nowhere.
"""

from dataclasses import dataclass

import sqlalchemy as sa

from app.access.roles import Role
from app.accounts.models import Account, PersonPin
from app.demo import sharing
from app.demo.people import pin_of
from app.demo.places import PLACES
from app.demo.staff import MEMBERS, PASSWORD
from app.factories.models import Employment, Factory, Person
from app.platform.db import db
from app.quizzes.models import Attempt, QuizWindow
from app.sessions.models import Seat, TrainingSession
from app.sessions.rules import SeatState

_PEOPLE = 3


@dataclass(frozen=True)
class SignIn:
    """One way in. People have code and PIN instead of address and password; a link needs nothing else."""

    role: str
    name: str
    scope: str
    address: str
    email: str = ""
    password: str = ""
    code: str = ""
    pin: str = ""


def sign_ins() -> list[SignIn]:
    """All demo accounts that there are, by role, then people who can take a test now, then links that open."""
    known = set(db.session.scalars(sa.select(Account.email)))
    accounts = [
        SignIn(member.role.value, member.name, member.scope, "/sign-in", member.email, PASSWORD)
        for member in MEMBERS
        if member.email in known
    ]
    return [*accounts, *_people(), *_links()] if accounts else []


def _people() -> list[SignIn]:
    """Booked people with a PIN in the training session whose test was opened last, who have not begun it."""
    latest = sa.select(QuizWindow.training_id).order_by(QuizWindow.opened_at.desc(), QuizWindow.id.desc()).limit(1)
    has_begun = sa.exists().where(
        Attempt.training_id == Seat.training_id, Attempt.person_id == Seat.person_id, Attempt.started_at.is_not(None)
    )
    rows = db.session.execute(
        sa.select(TrainingSession.code, Person.name, Factory.code, Factory.name, Employment.employee_number)
        .join(Seat, Seat.training_id == TrainingSession.id)
        .join(Person, Person.id == Seat.person_id)
        .join(PersonPin, PersonPin.person_id == Person.id)
        .join(Factory, Factory.id == Seat.factory_id)
        .join(Employment, sa.and_(Employment.person_id == Person.id, Employment.factory_id == Factory.id))
        .where(Employment.ended_on.is_(None), Seat.state == SeatState.BOOKED)
        .where(TrainingSession.id.in_(latest), ~has_begun)
        .order_by(Employment.employee_number)
        .limit(_PEOPLE)
    )
    return [_person(*row) for row in rows]


def _links() -> list[SignIn]:
    return [SignIn("buyer", buyer, factory, f"/shared/{token}") for buyer, factory, token in sharing.links()]


def _person(code: str, name: str, factory_code: str, factory: str, number: str) -> SignIn:
    place = next(place for place in PLACES if place.factory_code == factory_code)
    return SignIn(
        Role.PERSON.value, name, factory, f"/join/{code}", code=code, pin=pin_of(place, number)
    )
