"""Facts of a large programme: so many of each, the same for a seed, and none that the product would not make."""

from collections import Counter
from datetime import date
from itertools import pairwise
from random import Random

import pytest
import sqlalchemy as sa
from flask import Flask

from app.certificates.face import to_draw
from app.certificates.models import Certificate
from app.certificates.rules import verify_address
from app.completions import queries, rules
from app.completions.models import Completion, UnitResult
from app.demo.scale.lives import lives
from app.demo.scale.loading import load
from app.demo.scale.sizes import COUNTRIES, PARTICIPATIONS, PEOPLE, SIZES, Size
from app.factories.models import Employment, Factory, Person
from app.platform.config import settings
from app.platform.db import db
from app.platform.files import files
from app.quizzes.grading import grade_of
from app.quizzes.models import Answer, Attempt
from app.quizzes.surveys.models import SurveyWindow
from app.sessions.costs.models import TrainingCost
from app.sessions.models import Seat

FEW = Size("few", ((COUNTRIES[0], 5), (COUNTRIES[5], 2)))


@pytest.fixture
def filled(own_app: Flask) -> Flask:
    done = own_app.test_cli_runner().invoke(args=["content", "publish"])
    assert done.exit_code == 0, done.output
    return own_app


@pytest.mark.slow
def test_so_many_of_each_and_only_what_the_rules_allow(filled: Flask) -> None:
    with filled.app_context():
        told: list[str] = []
        load(FEW, 1, told.append)
        db.session.flush()
        assert told[-1] == "Pakistan: 7 of 7 factories"
        counts = [db.session.scalar(sa.select(sa.func.count()).select_from(each)) for each in (Factory, Person, Seat)]
        assert counts == [FEW.total, FEW.total * PEOPLE, FEW.total * PARTICIPATIONS]
        _completions_are_what_results_say()
        _nobody_is_in_two_places()
        _what_comes_next_has_the_next_number()
        _attempts_are_worth_what_their_answers_are()
        _every_completion_is_certified()


def _attempts_are_worth_what_their_answers_are() -> None:
    answered = sa.select(Attempt).where(Attempt.id.in_(sa.select(Answer.attempt_id))).limit(40)
    found = db.session.scalars(answered).all()
    assert {each.training_id for each in found}
    for each in found:
        grade = grade_of(each)
        assert grade
        assert (float(grade.score), grade.max, len(each.question_ids)) == (each.score, each.max_score, each.max_score)
    assert db.session.scalar(sa.select(sa.func.count()).select_from(TrainingCost))
    windows = db.session.scalars(sa.select(SurveyWindow)).all()
    assert all(sum(item["counts"]) == each.figures["n"] for each in windows for item in each.figures["items"].values())


def _every_completion_is_certified() -> None:
    found = db.session.scalars(sa.select(Certificate)).all()
    assert len(found) == db.session.scalar(sa.select(sa.func.count()).select_from(Completion))
    drawn = next(each for each in found if each.file_key)
    assert files().get(drawn.file_key or "").startswith(b"%PDF")
    face = to_draw(drawn.face)
    assert face.number == drawn.number
    assert face.verify_url == verify_address(settings().base_url, drawn.code)


def _what_comes_next_has_the_next_number() -> None:
    last = db.session.scalar(sa.select(sa.func.max(Person.id))) or 0
    later = Person(name="Later", language="en", search_text="later")
    db.session.add(later)
    db.session.flush()
    assert later.id == last + 1


def _completions_are_what_results_say() -> None:
    found = db.session.scalars(sa.select(Completion)).all()
    assert len(found) > FEW.total * PARTICIPATIONS / 2
    results = {(row.training_id, row.person_id, row.unit_id): row.share for row in db.session.scalars(sa.select(UnitResult))}
    needs = {each.version_id: queries.needs(each.version_id) for each in found}
    for each in found:
        asked = needs[each.version_id]
        reached = {need.unit_id: results[each.training_id, each.person_id, need.unit_id] for need in asked}
        assert rules.is_complete(asked, reached)
        assert each.evidence.keys() == {need.code for need in asked}
    periods = Counter((each.person_id, each.course_id) for each in found)
    assert {(each.person_id, each.course_id): each.period for each in sorted(found, key=lambda each: each.period)} == periods


def _nobody_is_in_two_places() -> None:
    rows = db.session.execute(sa.select(Employment.person_id, Employment.started_on, Employment.ended_on).order_by(Employment.person_id, Employment.started_on)).all()
    for one, after in pairwise(rows):
        assert one.started_on < (one.ended_on or date.max)
        assert one.person_id != after.person_id or (one.ended_on or date.max) <= after.started_on


@pytest.mark.any_engine
def test_the_same_seed_tells_the_same_lives() -> None:
    first = date(2016, 11, 26)
    told = [lives(Random(seed), COUNTRIES[0], first) for seed in ("1", "1", "2")]
    assert told[0] == told[1] != told[2]
    assert len(told[0]) == PEOPLE


@pytest.mark.any_engine
def test_the_sizes_are_those_that_were_asked_for() -> None:
    assert SIZES["country"].total == 400
    assert SIZES["global"].total == 2000
    assert SIZES["global"].total * PEOPLE == 150_000
    assert SIZES["global"].total * PARTICIPATIONS == 1_000_000
