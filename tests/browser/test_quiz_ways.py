"""Kiosk, trainer-read and paper in a real browser: on a tablet, on the wall, on a phone, from right to left."""

import os
from dataclasses import dataclass
from pathlib import Path

import pytest
import sqlalchemy as sa

from app.access.actor import SYSTEM, Grant
from app.access.roles import Role
from app.accounts import operations as accounts
from app.platform.db import db
from app.quizzes.aloud.operations import read_out
from app.quizzes.models import Attempt
from app.quizzes.rules import AttemptMode, AttemptState
from app.quizzes.sheets.operations import make_forms
from tests.browser.conftest import Visit
from tests.browser.site import Site
from tests.browser.visitor import Visitor
from tests.make import quizzes
from tests.story import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.any_engine]


@dataclass(frozen=True)
class Scene:
    """A training session with a test and some people, and its trainer's address."""

    training: int
    unit: int
    people: tuple[int, ...]
    email: str


def scene(language: str, name: str, people: int = 3, *, is_open: bool = False) -> Scene:
    room = quizzes.room(is_open=is_open, language=language)
    others = [room.another(language=language).id for _ in range(people - 1)]
    email = f"{name}-{language}@ways.example"
    accounts.create_account(
        SYSTEM, email=email, name="Keo Sreymom", language=language, password=PASSWORD,
        grants=[Grant(Role.TRAINER, programme_id=room.training.programme_id)],
    )
    return Scene(room.training.id, room.unit_id, (room.person.id, *others), email)


def seen(visitor: Visitor, name: str) -> None:
    if folder := os.environ.get("SEEN"):
        visitor.page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


def at_every_width(visitor: Visitor, address: str, name: str) -> None:
    for width in visitor.screens(address):
        seen(visitor, f"{name}-{width}")
    visitor.resize(1280)


def states(site: Site, made: Scene) -> list[tuple[AttemptMode, AttemptState]]:
    query = sa.select(Attempt.mode, Attempt.state).where(Attempt.training_id == made.training).order_by(Attempt.person_id)
    return site.look(lambda: [(row.mode, row.state) for row in db.session.execute(query)])


@pytest.mark.sampled
@pytest.mark.parametrize("language", ["en", "ar"])
def test_read_aloud(site: Site, visit: Visit, language: str) -> None:
    made = site.build(lambda: scene(language, "aloud"))
    here = f"/sessions/{made.training}/quizzes/{made.unit}/aloud"
    desk = visit(1280, language=language)
    desk.sign_in(made.email)
    at_every_width(desk, here, f"start-{language}")
    desk.go(here)
    desk.follow("form[action$='/aloud'] button.primary")
    assert desk.path == here
    at_every_width(desk, here, f"reading-{language}")
    at_every_width(desk, f"{here}/1?first=km&second=ar", f"wall-{language}")
    desk.follow("a[rel=next]")
    assert desk.path.startswith(f"{here}/2")
    at_every_width(desk, f"{here}/1/answers", f"grid-{language}")
    desk.go(f"{here}/1/answers")
    desk.page.locator("#rest-1").check(force=True)
    first = desk.page.locator(f"[name=said-{made.people[0]}]")
    first.first.focus()
    for _ in range(2):
        desk.page.keyboard.press("ArrowRight" if language == "en" else "ArrowLeft")
    assert desk.page.locator(f"#said-{made.people[0]}-2").is_checked()
    box = desk.page.locator(".letters label").first.bounding_box()
    assert box and min(box["width"], box["height"]) >= 48
    desk.follow("button[name=then]")
    assert desk.path.startswith(f"{here}/2/answers")
    at_every_width(desk, f"{here}/ending", f"ending-{language}")
    desk.follow("form[action$='/submission'] button")
    assert states(site, made) == [(AttemptMode.ALOUD, AttemptState.GRADED)] * 3


def test_the_grid_works_without_a_script(site: Site, visit: Visit) -> None:
    made = site.build(lambda: scene("en", "plain"))
    site.build(lambda: read_out(SYSTEM, made.training, made.unit, made.people))
    phone = visit(360, has_script=False)
    phone.sign_in(made.email)
    phone.go(f"/sessions/{made.training}/quizzes/{made.unit}/aloud/1/answers")
    phone.page.locator("#rest-2").check(force=True)
    phone.follow(".save-bar button >> nth=0")
    phone.page.get_by_text("Saved for 3 people.").wait_for()


@pytest.mark.sampled
@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_paper_is_typed_twice(site: Site, visit: Visit, language: str) -> None:
    made = site.build(lambda: scene(language, "paper", 1))
    site.build(lambda: make_forms(SYSTEM, made.training, made.unit))
    here = f"/sessions/{made.training}/quizzes/{made.unit}/sheets"
    person = f"{here}/people/{made.people[0]}"
    desk = visit(1280, language=language)
    desk.sign_in(made.email)
    at_every_width(desk, here, f"papers-{language}")
    at_every_width(desk, person, f"type-{language}")
    desk.go(person)
    desk.page.keyboard.type("abc")
    desk.page.locator("#line").fill("a b c")
    with desk.arriving():
        desk.page.keyboard.press("Enter")
    desk.go(person)
    desk.page.locator("#line").fill("a b a")
    desk.follow(".save-bar button")
    assert desk.path == person
    at_every_width(desk, person, f"compare-{language}")
    desk.page.locator(".choices.row input").first.check(force=True)
    desk.follow("form[action$='/decision'] button")
    assert states(site, made) == [(AttemptMode.PAPER, AttemptState.GRADED)]
    at_every_width(desk, person, f"made-{language}")


@pytest.mark.sampled
@pytest.mark.parametrize("language", ["en", "ar"])
def test_one_after_another_at_a_kiosk(site: Site, visit: Visit, language: str) -> None:
    made = site.build(lambda: scene(language, "kiosk", 14, is_open=True))
    tablet = visit(1280, language=language)
    tablet.sign_in(made.email)
    tablet.go(f"/sessions/{made.training}/kiosk")
    tablet.follow("form[action$='/kiosk'] button.primary")
    for person_id in made.people[:2]:
        tablet.follow(f".people a[href$='person={person_id}']")
        tablet.page.locator("[name=pin]").fill(quizzes.PIN)
        tablet.follow("form[action='/kiosk'] button")
        tablet.read_notice()
        tablet.go("/attempts")
        tablet.follow("form[action='/attempts'] button")
        tablet.go(tablet.path.partition("/questions")[0] + "/review")
        tablet.follow("form[action$='/submission'] button")
        tablet.follow(".actions a[href='/kiosk']")
    assert tablet.page.locator("details .people a").count() == 2
    assert tablet.page.locator(".people a").count() == 14
    at_every_width(tablet, "/kiosk", f"kiosk-{language}")
