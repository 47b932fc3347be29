"""What happened here is told as statements: each thing once, what was corrected voided, also after a kill."""

from collections import Counter
from dataclasses import replace
from datetime import timedelta
from uuid import NAMESPACE_URL, UUID, uuid5

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask

from app.access.actor import SYSTEM
from app.access.roles import Role
from app.api.xapi import jobs
from app.api.xapi.facts import following, telling
from app.api.xapi.facts.rules import VERBS
from app.api.xapi.models import Bookmark, KnownAs, Statement
from app.attendance import operations as attendance
from app.attendance.models import CurrentMark, MarkEntry
from app.attendance.rules import Mark
from app.certificates.models import Certificate
from app.completions.models import Completion
from app.factories.models import Factory
from app.platform import audit
from app.platform.audit.models import AuditEntry
from app.platform.clock import now
from app.platform.db import db
from app.quizzes.models import Attempt
from app.sessions import queries as trainings
from tests import story
from tests.make import accounts
from tests.make.speakers import speaker, statement

pytestmark = pytest.mark.slow


@pytest.fixture
def told(app: Flask) -> story.Story:
    return story.begin()


def _tell() -> None:
    db.session.commit()
    jobs.tell().write()


def _verbs(app: Flask, story_: story.Story) -> Counter[str]:
    """Verb -> statements that a token of the factory finds."""
    factory = db.session.get_one(Factory, story_.factory_id)
    reader = speaker(app, accounts.account(Role.FOCAL_POINT, factory=factory))
    named = {iri: name for name, iri in VERBS.items()}
    found, answer = list[str](), reader.get("statements").get_json()
    while True:
        found += [named[each["verb"]["id"]] for each in answer["statements"]]
        if not answer["more"]:
            return Counter(found)
        answer = reader.ask("GET", answer["more"].removeprefix("/xapi/")).get_json()


def test_everything_of_the_story_is_told_once(app: Flask, told: story.Story) -> None:
    story.held(told, passed=3)
    _tell()
    counts = {model: db.session.query(model).count() for model in (CurrentMark, Attempt, Completion, Certificate)}
    assert all(counts.values())
    first = _verbs(app, told)
    assert first["attended"] == counts[CurrentMark]
    assert first["passed"] + first["failed"] == counts[Attempt] and first["passed"] == 3
    assert (first["completed"], first["earned"]) == (counts[Completion], counts[Certificate])
    assert set(first) == {"attended", "passed", "failed", "completed", "earned"}
    _tell()
    assert _verbs(app, told) == first


def test_names_are_in_none_of_them(app: Flask, told: story.Story) -> None:
    story.held(told, passed=1)
    _tell()
    texts = " ".join(db.session.scalars(sa.text("SELECT text FROM xapi_text")))
    assert not [name for person in story.PEOPLE for name in person[:2] if name in texts]
    assert {UUID(name).version for name in db.session.scalars(sa.select(KnownAs.name))}


def test_what_was_corrected_is_voided_and_said_anew(app: Flask, told: story.Story) -> None:
    meeting_id = trainings.held_meetings(story.held(told, passed=3))[0].id
    _tell()
    before = _verbs(app, told)
    attendance.mark(told.trainer, meeting_id, told.leaders[0], Mark.ABSENT)
    _tell()
    after = _verbs(app, told)
    assert (after["attended"], after["skipped"]) == (before["attended"] - 1, 1)
    assert after["voided"] >= 1
    held = db.session.query(Completion).filter_by(withdrawn_at=None).count()
    assert after["completed"] == held
    attendance.mark(told.trainer, meeting_id, told.leaders[0], Mark.PRESENT)
    _tell()
    again = _verbs(app, told)
    assert {verb: again[verb] for verb in before} == dict(before) and again["skipped"] == 0


def test_a_kill_between_two_pieces_tells_nothing_twice_and_leaves_nothing_out(app: Flask, told: story.Story, monkeypatch: pytest.MonkeyPatch) -> None:
    story.held(told, passed=2)
    db.session.commit()
    monkeypatch.setattr(following, "TOGETHER", 3)
    usual, turns = telling.tell, iter(range(99))

    def tell(subjects: set[str]) -> int:
        added = usual(subjects)
        if next(turns) == 2:
            raise KeyboardInterrupt
        return added

    monkeypatch.setattr(telling, "tell", tell)
    with pytest.raises(KeyboardInterrupt):
        jobs.tell()
    some = db.session.query(Statement).count()
    monkeypatch.setattr(telling, "tell", usual)
    _tell()
    everything = db.session.query(Statement).count()
    assert 0 < some < everything
    assert everything == sum(db.session.query(model).count() for model in (CurrentMark, Attempt, Completion, Certificate))


def test_no_writer_can_take_the_ids_of_what_is_told_next(app: Flask, told: story.Story) -> None:
    """They follow from nothing that anybody knows."""
    story.held(told, passed=1)
    db.session.commit()
    writer = speaker(app, accounts.account(Role.FOCAL_POINT, factory=db.session.get_one(Factory, told.factory_id)))
    subjects = [f"{kind}:{each.id}" for kind, model in (("completion", Completion), ("attempt", Attempt), ("certificate", Certificate)) for each in db.session.query(model)]
    subjects += [f"mark:{each.meeting_id}:{each.person_id}" for each in db.session.query(CurrentMark)]
    space = uuid5(NAMESPACE_URL, "http://localhost/xapi")
    assert writer.say(*(statement(id=str(uuid5(space, f"{subject}:1"))) for subject in subjects)).status_code == 200
    _tell()
    own = db.session.query(Statement).filter_by(account_id=None)
    assert {UUID(each.uuid).version for each in own} == {4}
    assert own.count() == len(subjects)


def test_what_is_taken_back_after_a_move_to_another_address(app: Flask, told: story.Story) -> None:
    meeting_id = trainings.held_meetings(story.held(told, passed=1))[0].id
    _tell()
    usual = app.extensions["settings"]
    app.extensions["settings"] = replace(usual, base_url="https://new.example.org")
    try:
        attendance.mark(told.trainer, meeting_id, told.leaders[0], Mark.ABSENT)
        _tell()
    finally:
        app.extensions["settings"] = usual
    targets = {each.target for each in db.session.query(Statement).filter_by(is_voiding=True)}
    assert targets and targets <= {each.uuid for each in db.session.query(Statement)}


def test_one_thing_that_cannot_be_told_keeps_nothing_else_from_it(app: Flask, told: story.Story, monkeypatch: pytest.MonkeyPatch) -> None:
    story.held(told, passed=2)
    db.session.commit()
    usual, bad = telling.tell, f"attempt:{db.session.scalars(sa.select(Attempt.id)).first()}"

    def tell(subjects: set[str]) -> int:
        if bad in subjects:
            raise ValueError(bad)
        return usual(subjects)

    monkeypatch.setattr(telling, "tell", tell)
    _tell()
    everything = sum(db.session.query(model).count() for model in (CurrentMark, Attempt, Completion, Certificate))
    assert db.session.query(Statement).count() == everything - 1


def test_the_bookmark_goes_over_what_is_about_other_things(app: Flask) -> None:
    for _time in range(3):
        audit.record(SYSTEM, "xapi.register_course", "programme:1")
    db.session.commit()
    with time_machine.travel(now() + following.OVERLAP + timedelta(minutes=1)):
        _tell()
    newest = db.session.scalar(sa.select(sa.func.max(AuditEntry.id)))
    assert _bookmark("audit_entry") == newest


def test_what_is_young_is_looked_at_again(app: Flask, told: story.Story) -> None:
    """A transaction that began earlier may become visible later."""
    meeting_id = trainings.held_meetings(story.held(told, passed=1))[0].id
    attendance.mark(told.trainer, meeting_id, told.leaders[0], Mark.ABSENT)
    _tell()
    newest = db.session.scalar(sa.select(sa.func.max(MarkEntry.id)))
    assert _bookmark() < newest
    with time_machine.travel(now() + following.OVERLAP + timedelta(minutes=1)):
        _tell()
    assert _bookmark() == newest


def _bookmark(log: str = "mark_entry") -> int:
    return db.session.scalars(sa.select(Bookmark.last_id).where(Bookmark.log == log)).one()
