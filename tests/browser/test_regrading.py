"""Another key seen first and then confirmed, open answers read by keyboard, late answers decided, in a real browser."""

from dataclasses import dataclass
from decimal import Decimal

import pytest
from playwright.sync_api import expect

from app.access.actor import SYSTEM, Grant
from app.access.roles import Role
from app.accounts import operations as accounts
from app.completions.operations import note_unit
from app.platform.clock import now
from app.platform.db import db
from app.quizzes import operations
from app.quizzes.models import Attempt, GradeChange
from tests.browser.conftest import Visit
from tests.browser.site import Site
from tests.make import courses, quizzes
from tests.story import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.any_engine]

SOURCE = (
    "::q1:: [plain] When do you open the fire door? {=Always ~Never ~%50%Sometimes}\n\n"
    "::q2:: [plain] Why? {####Because people must get out.}\n\n::q3:: [plain] Is the exit free? {T}"
)


@dataclass(frozen=True)
class Made:
    manager: str
    training: int
    unit: int
    question: int


def _made(language: str) -> Made:
    """Somebody who has passed with what will be wrong, and answers that wait for a reader and for a decision."""
    room = quizzes.room(source=SOURCE)
    meetings = courses.unit(room.training.version, "meetings").id
    note_unit(
        person_id=room.person.id, training_id=room.training.id, version_id=room.training.version_id,
        unit_id=meetings, share=Decimal(1), factory_id=room.factory.id, at=now(),
    )
    for person in (room.person, room.another(local_name="សុខា", language="km")):
        actor = quizzes.actor(person, room.training)
        attempt = operations.start(actor)
        first, second, third = room.questions
        operations.answer(actor, attempt.id, first.id, [quizzes.names(attempt, first)[0]], 0)
        operations.answer(actor, attempt.id, second.id, ["Because one must leave quickly when it burns."], 0, "en")
        operations.answer(actor, attempt.id, third.id, [quizzes.names(attempt, third, 2)[0]], 0)
        operations.submit(actor, attempt.id)
        operations.answer(actor, attempt.id, first.id, [quizzes.names(attempt, first)[1]], 1)
    manager = f"keys-{language}@office.example"
    accounts.create_account(
        SYSTEM, email=manager, name="Noor Manager", language=language, password=PASSWORD,
        grants=[Grant(Role.PROGRAMME_MANAGER, programme_id=room.training.programme_id)],
    )
    return Made(manager, room.training.id, room.unit_id, room.questions[0].id)


def _scores(made: Made) -> set[float | None]:
    return {row.score for row in db.session.query(Attempt).filter_by(training_id=made.training)}


def _scores_after(made: Made) -> set[float | None]:
    rows = db.session.query(GradeChange).join(Attempt, Attempt.id == GradeChange.attempt_id)
    return {row.score_after for row in rows.filter(Attempt.training_id == made.training)}


@pytest.mark.sampled
@pytest.mark.parametrize("language", ["en", "ar"])
def test_answers_are_read_and_a_key_is_changed(site: Site, visit: Visit, language: str) -> None:
    made = site.build(lambda: _made(language))
    visitor = visit(320, language=language)
    visitor.sign_in(made.manager)
    quiz = f"/sessions/{made.training}/quizzes/{made.unit}"
    for path in (quiz, f"{quiz}/attempts", f"{quiz}/late", f"{quiz}/allowances", f"{quiz}/grading"):
        page = visitor.go(path)
    visitor.follow("main .button.primary")
    for points in (4, 3):
        page = visitor.page
        button = page.locator(f"button[name=points][value='{points}']")
        button.focus()
        with visitor.arriving():
            page.keyboard.press("Enter")
    visitor.check()
    assert site.look(lambda: _scores(made)) == {3, 2.75}
    page = visitor.go(f"/quizzes/questions/{made.question}")
    for number, worth in enumerate(("0", "100", "0")):
        page.locator(f"[name=worth_{number}]").fill(worth)
    visitor.follow("main form:has([name=worth_0]) button.primary")
    page.locator("[name=why]").fill("The law changed.")
    if page.locator("[name=understood]").count():
        page.locator("[name=understood]").check()
    visitor.follow("main form:has([name=why]) button.primary")
    expect(page.get_by_text("The law changed.")).to_be_visible()
    visitor.check()
    assert site.look(lambda: _scores_after(made)) == {2, 1.75}
    for _width in visitor.screens(f"{quiz}/late"):
        pass
