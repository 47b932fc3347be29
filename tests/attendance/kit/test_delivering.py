"""What phones bring is taken down once, with a receipt for each record."""

import json
from collections.abc import Callable
from datetime import timedelta
from secrets import token_hex
from typing import Any

import pytest

from app.access.actor import SYSTEM
from app.access.roles import Role
from app.accounts.models import PersonCard, RoleGrant
from app.attendance import operations
from app.attendance.guests.models import Guest, GuestMark
from app.attendance.kit.letters import letters
from app.attendance.kit.models import HeldMark, KitDevice, KitReceipt, KitSheet
from app.attendance.kit.rules import Detail
from app.attendance.models import CurrentMark, MarkEntry
from app.attendance.rules import Evidence, Flag, Mark
from app.completions.models import UnitResult
from app.platform.audit.models import AuditEntry
from app.platform.clock import now
from app.platform.db import db
from app.sessions import operations as sessions
from app.sessions.models import Seat
from app.sessions.rules import MeetingState, SeatState, TrainingState
from tests.attendance.kit.conftest import Trainer, ids
from tests.attendance.kit.phone import Phone
from tests.make import accounts, factories


def _current() -> dict[int, Mark]:
    return {row.person_id: row.mark for row in db.session.query(CurrentMark)}


def test_a_phone_delivers_marks_signed_out(trainer: Trainer) -> None:
    meeting = trainer.hall.meetings[1].id
    written = [trainer.phone.mark(meeting, person.id, Mark.LATE) for person in trainer.hall.people]
    receipts = trainer.deliver(*written)
    assert ids(receipts) == [(each.record_id, each.digest) for each in written]
    assert [receipt[4:] for receipt in receipts] == [["counted", "", ""]] * 3
    assert [row.mark for row in db.session.query(CurrentMark)] == [Mark.LATE] * 3
    entry = db.session.query(MarkEntry).order_by(MarkEntry.counter).first()
    assert entry
    assert (entry.marker, entry.counter, entry.account_id) == (f"kit:{trainer.phone.device}", 1, trainer.hall.account.id)
    assert trainer.deliver(*written) == receipts, "the same for ever"
    assert len(set(map(tuple, trainer.deliver(written[0], written[0])))) == 1


def test_both_rights_are_in_the_receipt_and_the_delivery_in_the_log(trainer: Trainer) -> None:
    trainer.deliver(trainer.phone.mark(trainer.hall.meetings[1].id, trainer.hall.person.id))
    receipt = db.session.query(KitReceipt).one()
    sheet = db.session.get_one(KitSheet, receipt.sheet_id)
    assert (sheet.meeting_id, receipt.may) == (trainer.hall.meetings[1].id, True)
    assert [row.action for row in db.session.query(AuditEntry)].count("attendance.deliver") == 1


def test_one_id_with_another_content_is_held_and_both_are_kept(trainer: Trainer) -> None:
    meeting, (first, second, _) = trainer.hall.meetings[1].id, trainer.hall.people
    parts = trainer.phone.parts("m", meeting, first.id, "p")
    other = [*parts[:4], second.id, "a", *parts[6:]]
    one, two = trainer.phone.write(parts), trainer.phone.write(other)
    assert trainer.results(one) == ["counted"]
    for _ in range(2):
        assert trainer.results(two, one) == ["held/conflict/same_id", "counted"]
    assert trainer.results(trainer.phone.write(parts)) == ["counted"], "sealed anew, it is the same record"
    assert _current() == {first.id: Mark.PRESENT}
    assert db.session.query(KitReceipt).count() == 2
    assert json.loads(db.session.query(HeldMark).one().content["parts"]) == other


def test_an_id_that_the_site_used_for_a_mark_of_its_own_is_held(trainer: Trainer) -> None:
    meeting, (first, second, _) = trainer.hall.meetings[1].id, trainer.hall.people
    mark_id = token_hex(16)
    operations.mark(trainer.hall.trainer, meeting, first.id, Mark.LATE, mark_id=mark_id)
    kind, _, *parts = trainer.phone.parts("m", meeting, second.id, "p")
    clash, good = trainer.phone.write([kind, letters(bytes.fromhex(mark_id)), *parts]), trainer.phone.mark(meeting, second.id)
    assert trainer.results(clash, good) == ["held/conflict/same_id", "counted"]


def test_a_bad_record_never_keeps_the_next_one_out(trainer: Trainer) -> None:
    meeting, person = trainer.hall.meetings[1].id, trainer.hall.person.id
    phone = trainer.phone
    body = phone.body([phone.write(["nonsense"]), phone.mark(meeting, person), phone.write(phone.parts("m", meeting, person, "z"))])
    records = body["boxes"][0]["records"]
    records[1:1] = [[7, "no base64 !"], ["seven", "AAAA"], "no record", [99, records[1][1][:-8]], [2**40, "AAAA"], [1], None]
    receipts = trainer.post(body).response.json["boxes"][0]["receipts"]
    assert [receipt[4:] for receipt in receipts] == [
        ["held", "malformed", "fields"],
        *[["held", "malformed", "sealed"]] * 7,
        ["counted", "", ""],
        ["held", "malformed", "fields"],
    ]
    assert [receipt[0] for receipt in receipts] == [0, 7, "seven", None, 99, 2**40, None, None, 1, 2]
    assert trainer.post(body).response.json["boxes"][0]["receipts"] == receipts
    assert db.session.query(HeldMark).count() == 9


@pytest.mark.parametrize("kid", ["00000000", "", "ឥត"])
def test_what_is_sealed_for_another_key_is_kept_and_counts_once_the_key_is_known(trainer: Trainer, kid: str) -> None:
    written = trainer.phone.mark(trainer.hall.meetings[1].id, trainer.hall.person.id)
    body = trainer.phone.body([written])
    body["boxes"][0]["kid"] = kid
    [receipt] = trainer.post(body).response.json["boxes"][0]["receipts"]
    assert receipt[4:] == ["held", "malformed", "unknown_key"]
    assert db.session.query(HeldMark).one().content["sealed"] == written.sealed
    assert trainer.results(written) == ["counted"]


def test_a_version_that_the_site_does_not_know_is_kept(trainer: Trainer) -> None:
    written = trainer.phone.mark(trainer.hall.meetings[1].id, trainer.hall.person.id)
    reply = trainer.post({**trainer.phone.body([written]), "v": 2})
    assert reply.response.json["boxes"][0]["receipts"][0][4:] == ["held", "malformed", "version"]
    assert trainer.results(written) == ["counted"]


@pytest.mark.parametrize("key", ["", "AAAA", "BAAA" * 21 + "AAA"])
def test_a_key_that_is_no_key(trainer: Trainer, key: str) -> None:
    body = trainer.phone.body([trainer.phone.mark(trainer.hall.meetings[1].id, trainer.hall.person.id)])
    body["boxes"][0]["key"] = key
    assert trainer.post(body).response.json["boxes"][0]["receipts"][0][4:] == ["held", "malformed", "sealed"]


def test_a_record_cannot_move_to_another_phone(trainer: Trainer) -> None:
    written = trainer.phone.mark(trainer.hall.meetings[1].id, trainer.hall.person.id)
    other = Trainer(trainer.outside.app, trainer.hall, Phone())
    body = {**trainer.phone.body([written]), **other.phone.introduction}
    assert other.post(body).response.json["boxes"][0]["receipts"][0][4:] == ["held", "malformed", "sealed"]


STATES = {"closed", "draft", "cancelled", "postponed"}


def _withdraw(trainer: Trainer, _: list[Any]) -> None:
    seat = db.session.query(Seat).filter_by(person_id=trainer.hall.person.id).one()
    seat.state, seat.place = SeatState.WITHDRAWN, None


def _move(trainer: Trainer, _: list[Any], days: int = 1) -> None:
    meeting = trainer.hall.meetings[1]
    meeting.starts = meeting.starts.replace(hour=23 if meeting.starts.hour != 23 else 1) - timedelta(days=days)


def _come_early(trainer: Trainer, _: list[Any]) -> None:
    trainer.hall.meetings[1].starts_at = now() + timedelta(hours=13)


def _disable(trainer: Trainer, _: list[Any]) -> None:
    trainer.hall.account.disabled_at = now()


_CHANGES: dict[str, Callable[[Trainer, list[Any]], Any]] = {
    "withdrawn": _withdraw,
    "stranger": lambda trainer, parts: parts.__setitem__(4, factories.person(trainer.hall.factory).id),
    "nobody": lambda _, parts: parts.__setitem__(4, 987654),
    "moved": _move,
    "moved_within_the_day": lambda trainer, parts: _move(trainer, parts, days=0),
    "early": _come_early,
    "no_half_day": lambda _, parts: parts.__setitem__(2, 987654),
    "disabled": _disable,
    "role_lost": lambda trainer, _: db.session.query(RoleGrant).filter_by(account_id=trainer.hall.account.id).delete(),
    "no_sheet": lambda _trainer, _parts: db.session.query(KitSheet).delete(),
    "other_sheet": lambda _, parts: parts.__setitem__(3, "AAAAAA"),
}


@pytest.mark.parametrize(
    ("change", "held"),
    [
        ("withdrawn", "held/unknown-person/seat_withdrawn"),
        ("stranger", "held/unknown-person/no_seat"),
        ("nobody", "held/unknown-person/no_person"),
        ("closed", "held/closed-session/closed"),
        ("draft", "held/conflict/not_confirmed"),
        ("postponed", "held/conflict/postponed"),
        ("half_day_postponed", "held/conflict/postponed"),
        ("moved", "held/conflict/moved"),
        ("moved_within_the_day", "counted"),
        ("early", "held/conflict/too_early"),
        ("cancelled", "after_cancellation"),
        ("half_day_cancelled", "after_cancellation"),
        ("no_half_day", "held/malformed/meeting"),
        ("disabled", "held/forbidden/account"),
        ("role_lost", "held/forbidden/right_lost"),
        ("no_sheet", "held/forbidden/no_sheet"),
        ("other_sheet", "held/forbidden/no_sheet"),
    ],
)
def test_what_happened_meanwhile(trainer: Trainer, change: str, held: str) -> None:
    hall, meeting = trainer.hall, trainer.hall.meetings[1]
    parts = trainer.phone.parts("m", meeting.id, hall.person.id, "p")
    if change in STATES:
        hall.training.state = TrainingState(change)
    elif change.startswith("half_day_"):
        meeting.state = MeetingState(change.removeprefix("half_day_"))
    else:
        _CHANGES[change](trainer, parts)
    written = trainer.phone.write(parts)
    assert trainer.results(written) == [held]
    hall.training.state, meeting.state = TrainingState.CONFIRMED, MeetingState.PLANNED
    assert trainer.results(written) == [held], "the same for ever, whatever happens later"
    counted = not held.startswith("held")
    assert db.session.query(MarkEntry).count() == counted
    assert db.session.query(HeldMark).count() == (not counted)


def test_marks_after_a_cancellation_are_flagged_and_count_for_nothing(trainer: Trainer) -> None:
    sessions.cancel_meeting(SYSTEM, trainer.hall.training.id, 2)
    trainer.deliver(trainer.phone.mark(trainer.hall.meetings[1].id, trainer.hall.person.id))
    assert db.session.query(MarkEntry).one().flag is Flag.AFTER_CANCELLATION
    assert [row.share for row in db.session.query(UnitResult)] == [0]


@pytest.mark.parametrize("days", [-400, 0, 400])
def test_the_clock_of_the_phone_changes_nothing(trainer: Trainer, days: int) -> None:
    time = int((now() + timedelta(days=days)).timestamp())
    meeting, person = trainer.hall.meetings[1].id, trainer.hall.person.id
    late = trainer.phone.mark(meeting, person, Mark.LATE, time=time)
    again = trainer.phone.mark(meeting, person, Mark.PRESENT, time=time - 5 * 86400)
    assert trainer.results(again, late) == ["counted"] * 2
    assert _current() == {person: Mark.PRESENT}, "the later counter, not the later clock"
    entry = db.session.query(CurrentMark).one()
    assert entry.evidence is Evidence.ROLL_CALL


@pytest.mark.parametrize("time", [None, 1e30, -1e15, True, "now", 10**400])
def test_a_clock_that_says_nothing(trainer: Trainer, time: object) -> None:
    assert trainer.results(trainer.phone.mark(trainer.hall.meetings[1].id, trainer.hall.person.id, time=time)) in (
        ["counted"], ["held/malformed/fields"],
    )  # fmt: skip


def test_a_mark_replaces_what_its_phone_had_in_view_and_no_other(trainer: Trainer) -> None:
    meeting, (first, second, _) = trainer.hall.meetings[1].id, trainer.hall.people
    operations.mark(trainer.hall.trainer, meeting, first.id, Mark.ABSENT)
    operations.mark(trainer.hall.trainer, meeting, second.id, Mark.ABSENT)
    day = trainer.download()
    people = {row[0]: row for row in next(s for s in day["sheets"] if s["meeting"] == meeting)["people"]}
    assert people[first.id][6] == "a"
    trainer.deliver(
        trainer.phone.mark(meeting, first.id, Mark.LATE, people[first.id][7]),
        trainer.phone.mark(meeting, second.id, Mark.LATE),
    )
    rows = {row.person_id: row for row in db.session.query(CurrentMark)}
    assert (rows[first.id].mark, rows[first.id].is_disputed) == (Mark.LATE, False)
    assert rows[second.id].is_disputed


def test_somebody_who_turned_out_to_be_another_entry_is_marked_as_that_person(trainer: Trainer) -> None:
    alias = factories.person(trainer.hall.factory)
    alias.merged_into_id = trainer.hall.person.id
    assert trainer.results(trainer.phone.mark(trainer.hall.meetings[1].id, alias.id, Mark.LATE)) == ["counted"]
    assert _current() == {trainer.hall.person.id: Mark.LATE}


@pytest.mark.parametrize("form", ["{}", "https://learn.example/card/{}", " {} "])
def test_a_card_says_whose_it_is(trainer: Trainer, form: str) -> None:
    token = "abcdefgh234567abcdefgh234567abcd"
    db.session.add(PersonCard(person_id=trainer.hall.person.id, token=token, issued_at=now(), revoked_at=None))
    meeting = trainer.hall.meetings[1].id
    written = trainer.phone.write(trainer.phone.parts("c", meeting, form.format(token), "p"))
    unknown = trainer.phone.write(trainer.phone.parts("c", meeting, "nobody's", "p"))
    assert trainer.results(written, unknown) == ["counted", "held/unknown-person/card"]
    assert db.session.query(CurrentMark).one().evidence is Evidence.CARD


def test_somebody_at_the_door_whom_nobody_knows(trainer: Trainer) -> None:
    meeting, guest = trainer.hall.meetings[1].id, trainer.phone.bits(16)
    extra = {"name": "សុខ ដារ៉ា", "number": "77", "factory": trainer.hall.factory.id}
    first = trainer.phone.write(trainer.phone.parts("g", meeting, guest, "p", None, extra))
    later = trainer.phone.write(trainer.phone.parts("g", meeting, guest, "l", None, extra))
    strange = trainer.phone.write(trainer.phone.parts("g", meeting, trainer.phone.bits(16), "p", None, {"name": "X", "factory": 9876}))
    nameless = trainer.phone.write(trainer.phone.parts("g", meeting, trainer.phone.bits(16), "p"))
    assert trainer.results(later, first, strange, nameless) == [
        "counted", "counted", "held/malformed/fields", "held/malformed/fields",
    ]  # fmt: skip
    assert trainer.results(first, later) == ["counted"] * 2
    assert [row.name for row in db.session.query(Guest)] == ["សុខ ដារ៉ា"]
    assert db.session.query(GuestMark).count() == 2


def test_a_ticked_sheet_is_weaker_than_a_roll_call(trainer: Trainer) -> None:
    meeting, person = trainer.hall.meetings[1].id, trainer.hall.person.id
    trainer.deliver(trainer.phone.mark(meeting, person, Mark.PARTIAL, None, {"by": "sheet", "minutes": 95}))
    row = db.session.query(CurrentMark).one()
    assert (row.evidence, row.minutes) == (Evidence.SIGNED_SHEET, 95)


def test_the_pass_belongs_to_one_account(trainer: Trainer) -> None:
    other = accounts.account(Role.TRAINER, programme=trainer.hall.programme)
    written = trainer.phone.mark(trainer.hall.meetings[1].id, trainer.hall.person.id)
    as_other = trainer.outside.as_account(other)
    assert as_other.post("/kit/devices", json=trainer.phone.introduction).status == 409
    assert as_other.get(f"/kit/day?device={trainer.phone.device}").status == 404
    assert as_other.post("/kit/records", json=trainer.phone.body([written])).status == 200, "carried, not said, by the other"
    assert db.session.query(MarkEntry).one().account_id == trainer.hall.account.id


def test_a_pass_runs_out_can_be_taken_away_and_lasts_again(trainer: Trainer) -> None:
    body = trainer.phone.body([trainer.phone.mark(trainer.hall.meetings[1].id, trainer.hall.person.id)])
    assert trainer.post({**body, "pass": Phone().word}).status == 401
    assert trainer.post({**body, "device": Phone().device}).status == 401
    assert trainer.post({**body, "pass": None}).status == 401
    device = db.session.query(KitDevice).one()
    device.until = now() - timedelta(seconds=1)
    assert trainer.post(body).status == 401
    assert trainer.introduce().status == 200
    assert db.session.query(KitDevice).one().until > now() + timedelta(days=29)
    assert trainer.post(body).status == 200


def test_an_exported_file_delivers_exactly_its_records(trainer: Trainer) -> None:
    phone, meeting = trainer.phone, trainer.hall.meetings[1].id
    first, second = phone.mark(meeting, trainer.hall.person.id), phone.mark(meeting, trainer.hall.people[1].id)
    proven = phone.proven([first])
    assert "pass" not in proven
    tampered = {**proven, "boxes": phone.body([first, second])["boxes"]}
    assert trainer.post(tampered).status == 401
    stranger = trainer.outside.as_account(accounts.account(Role.TRAINER, programme=factories.programme()))
    assert stranger.post("/kit/records", json=proven).status == 200
    assert _current() == {trainer.hall.person.id: Mark.PRESENT}


@pytest.mark.any_engine
@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400), (b"{", 400), (b"\xff\xfe", 400), (b"[" * 200_000, 400), (b"[]", 422), (b"null", 422), (b"{}", 422),
        (b'{"v":1,"device":"x","pass":"y","boxes":[]}', 422), (b'{"v":1,"boxes":5}', 422), (b'{"v":true,"boxes":[]}', 422),
        (b'{"v":1,"boxes":[5]}', 422), (b'{"v":1,"boxes":[{"key":"a","kid":5,"records":[]}]}', 422),
        (b" " * (10 * 1024 * 1024), 413),
    ],
)  # fmt: skip
def test_hostile_requests_take_nothing_down(trainer: Trainer, body: bytes, status: int) -> None:
    assert trainer.outside.post("/kit/records", body, content_type="application/json").status == status
    assert db.session.query(KitReceipt).count() == 0


def test_ten_thousand_records_are_too_many(trainer: Trainer) -> None:
    body = trainer.phone.body([])
    body["boxes"][0]["records"] = [[0, "A"]] * 10_000
    assert trainer.post(body).status == 413
    body["boxes"][0]["records"] = [[0, "A"]] * 501
    assert trainer.post(body).status == 413
    body["boxes"] = [{"key": "", "kid": "", "records": []}] * 501
    assert trainer.post(body).status == 413
    assert db.session.query(KitReceipt).count() == 0


def test_every_reason_has_words_and_every_detail_a_reason() -> None:
    assert {detail.reason.value for detail in Detail} == {
        "unknown-person", "closed-session", "conflict", "malformed", "forbidden",
    }  # fmt: skip


def test_nothing_changes_receipts(trainer: Trainer) -> None:
    trainer.deliver(trainer.phone.mark(trainer.hall.meetings[1].id, trainer.hall.person.id))
    receipt = db.session.query(KitReceipt).one()
    with pytest.raises(Exception, match="append-only"), db.session.begin_nested():
        db.session.query(KitReceipt).filter_by(id=receipt.id).update({"counter": 9})


def test_a_queue_sent_twice_by_a_clock_seven_minutes_off_is_one_mark_and_both_times_are_kept(trainer: Trainer) -> None:
    said = (now() - timedelta(minutes=7)).replace(microsecond=0)
    written = trainer.phone.mark(trainer.hall.meetings[1].id, trainer.hall.person.id, time=int(said.timestamp()))
    assert trainer.deliver(written) == trainer.deliver(written), "the same receipt"
    entry = db.session.query(MarkEntry).one()
    assert entry.device_at == said
    assert timedelta(minutes=6) < entry.at - entry.device_at < timedelta(minutes=9)
