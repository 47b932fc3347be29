"""Scores of tests on paper, and photos of signed sheets."""

import hashlib
import json
from decimal import Decimal
from typing import Any

import pytest
from flask import Flask

from app.attendance.kit.letters import data_of
from app.attendance.kit.limits import PHOTOS_A_DAY
from app.attendance.kit.models import KitSheet
from app.attendance.sheets.models import SheetPhoto
from app.completions.models import UnitResult
from app.platform.clock import now
from app.platform.db import db
from app.platform.web.throttle import RateCounter
from app.quizzes.models import PaperScore
from app.quizzes.queries.results import results
from tests.attendance.conftest import Hall
from tests.attendance.kit.conftest import Trainer
from tests.attendance.kit.phone import Phone
from tests.make import courses, lessons, quizzes

POINTS = 4


@pytest.fixture
def trainer(app: Flask) -> Trainer:
    hall = Hall(3)
    quizzes.bank(courses.unit(hall.version, "post-test").id, count=POINTS)
    return Trainer(app, hall)


def _score(trainer: Trainer, person: int, points: Any, **extra: Any) -> Any:
    meeting = trainer.hall.meetings[1].id
    test = trainer.phone.sheets[meeting]["test"]
    parts = trainer.phone.parts("s", meeting, person, points, None, {"test": test["id"], "of": test["points"], **extra})
    return trainer.phone.write(parts)


def _shares(trainer: Trainer) -> list[Decimal]:
    unit = courses.unit(trainer.hall.version, "post-test").id
    return [row.share for row in db.session.query(UnitResult).filter_by(unit_id=unit)]


def test_a_score_on_paper_becomes_the_share_of_the_test(trainer: Trainer) -> None:
    written = _score(trainer, trainer.hall.person.id, 2.5)
    for _ in range(2):
        assert trainer.results(written) == ["counted"]
    assert _shares(trainer) == [Decimal("0.625")]
    row = db.session.query(PaperScore).one()
    assert (row.points, row.of, row.account_id) == (Decimal("2.5"), POINTS, trainer.hall.account.id)


def test_the_last_that_a_phone_says_counts_in_whatever_order_it_arrives(trainer: Trainer) -> None:
    first, last = _score(trainer, trainer.hall.person.id, 4), _score(trainer, trainer.hall.person.id, 1)
    assert trainer.results(last, first) == ["counted"] * 2
    assert _shares(trainer) == [Decimal("0.25")]


def test_of_two_phones_the_better_counts(trainer: Trainer) -> None:
    other = Trainer(trainer.outside.app, trainer.hall, Phone())
    trainer.deliver(_score(trainer, trainer.hall.person.id, 3))
    other.deliver(_score(other, trainer.hall.person.id, 1))
    assert _shares(trainer) == [Decimal("0.75")]


def test_results_show_what_was_reached_on_paper(trainer: Trainer) -> None:
    trainer.deliver(_score(trainer, trainer.hall.person.id, 3))
    unit = courses.unit(trainer.hall.version, "post-test").id
    found = {row.person_id: (row.share, row.passed) for row in results(trainer.hall.training.id, unit, None)}
    assert found[trainer.hall.person.id] == (0.75, True)
    assert found[trainer.hall.people[1].id] == (None, None)


@pytest.mark.parametrize(
    ("points", "extra", "held"),
    [
        (5, {}, "held/conflict/test"), (1, {"of": 20}, "held/conflict/test"), (1, {"test": 999}, "held/conflict/test"),
        (-1, {}, "held/malformed/fields"), (1.001, {}, "held/malformed/fields"), ("3", {}, "held/malformed/fields"),
        (True, {}, "held/malformed/fields"), (1, {"of": 0}, "held/malformed/fields"), (1, {"test": None}, "held/malformed/fields"),
    ],
)  # fmt: skip
def test_impossible_scores_are_held(trainer: Trainer, points: Any, extra: dict[str, Any], held: str) -> None:
    good = _score(trainer, trainer.hall.people[1].id, 3)
    assert trainer.results(_score(trainer, trainer.hall.person.id, points, **extra), good) == [held, "counted"]


def _photo(trainer: Trainer, jpeg: bytes, **head: Any) -> tuple[bytes, str]:
    """The body of a request, and the digest of what is sealed."""
    phone, meeting = trainer.phone, trainer.hall.meetings[1].id
    parts = phone.parts("p", meeting, trainer.hall.training.sites[0].id, None)
    meta = json.dumps(parts, separators=(",", ":")).encode()
    plain = len(meta).to_bytes(4) + meta + jpeg
    number = phone.number
    sealed = data_of(phone.seal(plain))
    said = json.dumps({**phone.introduction, "key": phone.key, "kid": phone.kid, "n": number, **head}).encode()
    return len(said).to_bytes(4) + said + sealed, hashlib.sha256(plain).hexdigest()


def _send(trainer: Trainer, body: bytes) -> list[Any]:
    reply = trainer.outside.post("/kit/photos", body, content_type="application/octet-stream")
    assert reply.status == 200, reply.text
    receipt: list[Any] = reply.response.json["receipt"]
    return receipt


def test_a_photo_comes_in_sealed_and_once(trainer: Trainer) -> None:
    body, digest = _photo(trainer, lessons.photo())
    receipt = _send(trainer, body)
    assert (receipt[2], receipt[4:]) == (digest, ["counted", "", ""])
    assert _send(trainer, body) == receipt
    row = db.session.query(SheetPhoto).one()
    assert (row.meeting_id, row.site_id) == (trainer.hall.meetings[1].id, trainer.hall.training.sites[0].id)


def test_what_is_no_photo_is_held(trainer: Trainer) -> None:
    assert _send(trainer, _photo(trainer, b"GIF89a")[0])[4:] == ["held", "malformed", "photo"]
    body, _ = _photo(trainer, lessons.photo())
    assert _send(trainer, body[:-1])[4:] == ["held", "malformed", "sealed"]
    assert _send(trainer, _photo(trainer, lessons.photo(), v=2)[0])[4:] == ["held", "malformed", "version"]
    assert _send(trainer, _photo(trainer, lessons.photo(), kid="?")[0])[4:] == ["held", "malformed", "unknown_key"]
    assert db.session.query(SheetPhoto).count() == 0


def test_a_held_photo_is_kept_with_its_picture_until_somebody_decides(trainer: Trainer) -> None:
    db.session.query(KitSheet).delete()
    receipt = _send(trainer, _photo(trainer, lessons.photo())[0])
    assert receipt[4:] == ["held", "forbidden", "no_sheet"]
    address = f"/sessions/{trainer.hall.training.id}/held"
    assert "Photo of a signed sheet" in trainer.browse.get(address).text
    assert trainer.browse.post(f"{address}/{receipt[3]}/taking").status == 303
    assert db.session.query(SheetPhoto).count() == 1


@pytest.mark.parametrize(("body", "status"), [(b"", 400), (b"\0\0\0\2{}", 422), (b"\xff\xff\xff\xff{", 400), (b" " * 1_500_001, 413)])
def test_hostile_photos_take_nothing_down(trainer: Trainer, body: bytes, status: int) -> None:
    assert trainer.outside.post("/kit/photos", body, content_type="application/octet-stream").status == status


def test_a_photo_needs_the_pass(trainer: Trainer) -> None:
    body, _ = _photo(trainer, lessons.photo(), **{"pass": Phone().word})
    assert trainer.outside.post("/kit/photos", body, content_type="application/octet-stream").status == 401


def test_too_many_photos_of_a_day_wait(trainer: Trainer) -> None:
    body, _ = _photo(trainer, lessons.photo())
    _send(trainer, body)
    db.session.query(RateCounter).filter_by(key=f"kit-photos:{trainer.hall.account.id}").update({"tries": PHOTOS_A_DAY})
    db.session.flush()
    again, _ = _photo(trainer, lessons.photo())
    reply = trainer.outside.post("/kit/photos", again, content_type="application/octet-stream")
    assert (reply.status, reply.response.json) == (429, {"error": "later"})
    assert db.session.query(SheetPhoto).count() == 1
    db.session.query(RateCounter).update({"window_ends_at": now()})  # the day is over
    db.session.flush()
    _send(trainer, again)
    assert db.session.query(SheetPhoto).count() == 2
