"""Records that nobody wrote by mistake, and people who decide about what is not theirs."""

import pytest

from app.access.roles import Role
from app.attendance.kit.models import HeldDecision, HeldMark
from app.platform.db import db
from app.sessions.models import Trainer as Teaching
from tests.attendance.kit.conftest import Trainer
from tests.browse import Browse
from tests.make import accounts
from tests.make import attendance as make


@pytest.mark.parametrize("kind", [[], {}, ["m"], None, 1])
def test_a_record_of_no_kind_keeps_nothing_out(trainer: Trainer, kind: object) -> None:
    phone, meeting = trainer.phone, trainer.hall.meetings[0].id
    bad = phone.write([kind, *phone.parts("m", meeting, trainer.hall.person.id, "p")[1:]])
    good = phone.mark(meeting, trainer.hall.person.id)
    assert trainer.results(bad, good) == ["held/malformed/fields", "counted"]


@pytest.mark.parametrize("place", ["key", "kid", "sealed", "number"])
def test_half_a_character_keeps_nothing_out(trainer: Trainer, place: str) -> None:
    phone, half = trainer.phone, "\ud800"
    good = phone.mark(trainer.hall.meetings[0].id, trainer.hall.person.id)
    body = phone.body([good])
    bad = {"key": phone.key, "kid": phone.kid, "records": [[0, "AAAA"]]}
    if place in {"key", "kid"}:
        bad[place] = half
    else:
        bad["records"] = [[half, "AAAA"]] if place == "number" else [[0, half]]
    reply = trainer.post({**body, "boxes": [bad, *body["boxes"]]})
    boxes = reply.response.json["boxes"]
    assert [receipt[4] for box in boxes for receipt in box["receipts"]] == ["held", "counted"]


def test_nobody_sets_aside_what_a_phone_of_another_training_session_brought(trainer: Trainer) -> None:
    [receipt] = trainer.deliver(trainer.phone.write(["nonsense"]))
    assert db.session.query(HeldMark).one().meeting_id is None
    stranger = accounts.account(Role.TRAINER, programme=trainer.hall.programme)
    other = make.training(programme=trainer.hall.programme, version=trainer.hall.version)
    db.session.add(Teaching(training_id=other.id, account_id=stranger.id))
    db.session.commit()
    browse = Browse(trainer.outside.app).as_account(stranger)
    assert browse.get(f"/sessions/{other.id}/held").status == 200
    reply = browse.post(f"/sessions/{other.id}/held/{receipt[3]}/setting-aside", {"reason": "Not mine"})
    assert reply.status == 404
    assert db.session.query(HeldDecision).count() == 0
