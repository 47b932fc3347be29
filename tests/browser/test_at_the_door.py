"""Somebody without a seat, somebody unknown, and a factory room, on a narrow phone in both directions of reading."""

from dataclasses import dataclass
from datetime import timedelta

import pytest

from app.access.actor import SYSTEM, Grant
from app.access.roles import Role
from app.accounts import operations as accounts
from app.accounts.models import Account
from app.attendance.guests.models import Guest
from app.attendance.models import CurrentMark
from app.attendance.rules import Evidence
from app.factories.rules import JobRole
from app.platform.clock import now
from app.platform.db import db
from app.sessions.rules import Modality, SiteKind
from tests.browser.conftest import Visit
from tests.browser.site import Site
from tests.browser.visitor import Visitor
from tests.make import attendance, courses, factories
from tests.story import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.any_engine]
SMALLEST = 48
"""Pixels of a key under the thumb."""


@dataclass(frozen=True)
class Cast:
    """Plain values of one half-day that began a while ago."""

    training: int
    room: int
    trainer: str
    focal_point: str
    guest: int


def gather(language: str) -> Cast:
    """A trainer, a factory with four people in its room and one at the door."""
    programme = factories.programme(f"D{language}".upper())
    factory = factories.factory(programme_id=programme.id, name="Golden Needle Garment and Embroidery", language=language)
    emails = []
    for role, grant in ((Role.TRAINER, Grant(Role.TRAINER, programme_id=programme.id)), (Role.FOCAL_POINT, Grant(Role.FOCAL_POINT, factory_id=factory.id))):
        emails.append(f"{role.value.replace('_', '-')}-{language}@door.example")
        accounts.create_account(SYSTEM, email=emails[-1], name="Noor", language=language, password=PASSWORD, grants=[grant])
    trainer = db.session.query(Account).filter_by(email=emails[0]).one()
    training = attendance.training(
        programme=programme, version=courses.version(), trainers=[trainer], first=now() - timedelta(hours=1), half_days=1
    )
    training.meetings[0].modality = Modality.HYBRID
    room = attendance.site(training, "Sewing hall 2", SiteKind.FACTORY_ROOM, factory_id=factory.id)
    attendance.people(training, 1, factory)
    attendance.people(training, 4, factory, at=room)
    walking = factories.person(name="Mahmoud Zoubi", local_name="محمود الزعبي", language="ar")
    factories.employ(walking, factory, JobRole.OPERATOR, number="0815")
    guest = Guest(key=f"{training.id:032x}", training_id=training.id, factory_id=factory.id, name="Mahmud Zoubi", number="815", created_at=now())
    db.session.add(guest)
    db.session.flush()
    return Cast(training.id, room.id, *emails, guest=guest.id)


def _keys(visitor: Visitor) -> list[float]:
    """Heights of the keys with which somebody is marked."""
    heights: list[float] = visitor.page.evaluate(
        "[...document.querySelectorAll('.segments button')].map((key) => key.getBoundingClientRect().height)"
    )
    return heights


@pytest.mark.sampled
@pytest.mark.parametrize(("language", "has_script"), [("en", False), ("ar", True)])
def test_at_the_door_and_in_the_room(site: Site, visit: Visit, language: str, has_script: bool) -> None:
    cast = site.build(lambda: gather(language))
    base = f"/sessions/{cast.training}/meetings/1"
    focal = visit(320, language=language, has_script=has_script)
    focal.choose_language(language)
    focal.sign_in(cast.focal_point)
    page = focal.go(f"/sessions/{cast.training}")
    focal.follow(f"a[href='{base}/rooms/{cast.room}/people']")
    assert min(_keys(focal)) >= SMALLEST
    focal.follow("form[action$='/connection'] button")
    focal.follow("form[action$='/people/all'] button")
    focal.follow(page.locator("button[value=absent]").first)

    phone = visit(320, language=language, has_script=has_script)
    phone.choose_language(language)
    phone.sign_in(cast.trainer)
    page = phone.go(f"{base}/rooms")
    phone.follow("a[href*='/rooms?site=']")
    assert min(_keys(phone)) >= SMALLEST
    phone.follow(page.locator("button[value=yes]").first)
    phone.follow(page.locator("button[value=no]").nth(1))
    phone.go(f"{base}/marks")
    phone.follow("a[href$='/walk-ins']")
    page.locator("main [name=q]").fill("الزعبي")
    phone.follow("form.filters button")
    assert min(_keys(phone)) >= SMALLEST
    page.locator("main [name=q]").fill("nobody at all")
    phone.follow("form.filters button")
    page.locator("form.form [name=name]").fill("مجهول تماما")
    phone.follow("form.form button")
    phone.go(f"/sessions/{cast.training}/guests")
    phone.follow(f"a[href$='/guests/{cast.guest}']")
    phone.follow("form[action$='/person'] button")
    assert site.look(lambda: [guest.state.value for guest in db.session.query(Guest).filter_by(training_id=cast.training).order_by(Guest.id)]) == ["found", "open"]
    evidence = site.look(lambda: sorted(row.evidence.value for row in db.session.query(CurrentMark)))
    assert evidence.count(Evidence.SPOT_CHECK.value) >= 2
