"""Files of findings that are read, applied and taken back: `app.improvement.findings.operations`."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
import sqlalchemy as sa

from app.access.actor import SYSTEM
from app.access.roles import Role
from app.factories.models import Factory
from app.improvement.findings import events, operations, queries, stored
from app.improvement.findings.models import Finding, FindingImport
from app.improvement.findings.reading import read as reading
from app.improvement.findings.rules import Effect, FileState
from app.learning_record.models import EntryKind, RecordEntry
from app.platform import bus
from app.platform.audit.models import AuditEntry
from app.platform.bus import Event
from app.platform.clock import today
from app.platform.db import db
from app.platform.refusal import NotFound, Refused
from app.platform.tables.limits import Limits
from tests.counts import IS_LONG
from tests.make import accounts, factories, findings
from tests.make.findings import row

pytestmark = pytest.mark.usefixtures("app")


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Event]]:
    """What is published, besides being handled."""
    heard: list[Event] = []
    publish = bus.publish

    def listen(event: Event) -> None:
        heard.append(event)
        publish(event)

    monkeypatch.setattr(operations, "publish", listen)
    return heard


def _current(factory: Factory) -> dict[str, tuple[str, str]]:
    rows = db.session.scalars(sa.select(Finding).where(Finding.factory_id == factory.id, Finding.is_current))
    return {each.question: (each.status.value, each.assessed_on.isoformat()) for each in rows}


def _all() -> int:
    return db.session.query(Finding).count()


def test_a_preview_changes_nothing_and_the_same_file_gives_the_same() -> None:
    factory = factories.factory("ONE")
    first = findings.read(row("ONE"), row("ONE", "OS-01-Q02"), row("NOBODY"))
    assert findings.read(row("ONE"), row("ONE", "OS-01-Q02"), row("NOBODY")).id == first.id
    kept = stored.kept(first.found)
    assert len(kept.rows) == 2 and [each.code for each in kept.problems] == ["unknown_factory"] and kept.left_out == 1
    assert _all() == 0 and _current(factory) == {} and first.applied is None
    assert [each.id for each in queries.factories_of(first.id)] == [factory.id]


def test_the_latest_day_counts_whichever_file_comes_first() -> None:
    factory = factories.factory("ONE")
    done = findings.applied(row("ONE", day="2026-03-01", status="in_progress"))
    assert done.applied == {"new": 1, "changed": 0, "older": 0, "known": 0}
    done = findings.applied(
        row("ONE", day="2026-01-01"), row("ONE", day="2026-03-01", status="in_progress"),
        row("ONE", day="2026-04-01", status="closed"), row("ONE", "WT-01-Q01"))
    assert done.applied == {"new": 1, "changed": 1, "older": 1, "known": 1}
    assert _current(factory) == {"OS-01-Q01": ("closed", "2026-04-01"), "WT-01-Q01": ("open", "2026-01-31")}
    assert _all() == 4, "what was known is not written twice, and nothing is taken away"
    done = findings.applied(row("ONE", day="2026-04-01", status="open"))
    assert _current(factory)["OS-01-Q01"] == ("open", "2026-04-01"), "of one day what is said last counts"


def test_applying_twice_writes_once_and_says_so_in_the_log() -> None:
    factories.factory("ONE")
    found = findings.applied(row("ONE"))
    assert operations.apply(SYSTEM, found.id).id == found.id and _all() == 1
    actions = db.session.scalars(sa.select(AuditEntry.action).order_by(AuditEntry.id)).all()
    assert actions == ["findings.preview", "findings.apply"]
    again = findings.applied(row("ONE"), name="sent again.csv")
    assert (again.applied or {})["known"] == 1 and _all() == 1


def test_taking_back_brings_the_former_state_back_and_keeps_the_rows(told: list[Event]) -> None:
    factory = factories.factory("ONE")
    first = findings.applied(row("ONE"))
    second = findings.applied(row("ONE", day="2026-05-01", status="closed"), row("ONE", "OS-02-Q01"))
    told.clear()
    with pytest.raises(Refused, match="later file"):
        operations.undo(SYSTEM, first.id)
    assert operations.undo(SYSTEM, second.id).state is FileState.UNDONE
    assert _current(factory) == {"OS-01-Q01": ("open", "2026-01-31")} and _all() == 3
    operations.undo(SYSTEM, second.id)
    by_question = {each.question: each for each in db.session.query(Finding).order_by(Finding.id.desc())}
    assert told == [
        events.FindingChanged(by_question["OS-01-Q01"].id), events.FindingChanged(by_question["OS-02-Q01"].id),
        events.FindingsUndone(second.id)]
    with pytest.raises(Refused, match="taken back"):
        operations.apply(SYSTEM, second.id)
    operations.undo(SYSTEM, first.id)
    assert _current(factory) == {} and _all() == 3
    fresh = findings.applied(row("ONE"), name="again.csv")
    assert (fresh.applied or {})["new"] == 1, "what was taken back is not known any more"


def test_a_file_that_was_only_looked_at_cannot_be_taken_back() -> None:
    factories.factory("ONE")
    found = findings.read(row("ONE"))
    assert operations.undo(SYSTEM, found.id).state is FileState.PREVIEWED


def test_everybody_hears_what_changed(told: list[Event]) -> None:
    factories.factory("ONE")
    found = findings.applied(row("ONE"), row("ONE", "WT-01-Q01"))
    ids = sorted(db.session.scalars(sa.select(Finding.id)))
    assert told == [*map(events.FindingChanged, ids), events.FindingsImported(found.id)]
    told.clear()
    later = findings.applied(row("ONE", day="2025-06-01"), row("ONE", "WT-01-Q01"))
    assert told == [events.FindingsImported(later.id)], "nothing that counts has changed"


def test_the_learning_record_of_each_factory_says_how_many() -> None:
    one, two = factories.factory("ONE"), factories.factory("TWO")
    found = findings.applied(row("ONE"), row("ONE", "OS-01-Q02", status="closed"), row("TWO"))
    nothing = findings.applied(row("TWO"), name="nothing new.csv")
    assert db.session.query(RecordEntry).count() == 2, "a file that said nothing new is no entry"
    operations.undo(SYSTEM, nothing.id)
    operations.undo(SYSTEM, found.id)
    entries = {(each.factory_id, each.kind): each for each in db.session.query(RecordEntry)}
    assert entries[one.id, EntryKind.FINDINGS_IMPORTED].details == {"open": 1, "closed": 1}
    assert entries[two.id, EntryKind.FINDINGS_IMPORTED].details == {"open": 1}
    assert {key for key in entries if key[1] is EntryKind.FINDINGS_UNDONE} == {
        (one.id, EntryKind.FINDINGS_UNDONE), (two.id, EntryKind.FINDINGS_UNDONE)}


def test_factories_out_of_sight_are_as_unknown_as_those_that_do_not_exist() -> None:
    here, there = factories.factory("HERE"), factories.factory("THERE")
    advisor = accounts.actor(accounts.account(Role.ADVISOR, programme=here.programme))
    elsewhere = factories.factory("ELSEWHERE", programme_id=factories.programme("ZZ").id)
    found = findings.read(row("HERE"), row("ELSEWHERE"), row("NOWHERE"), actor=advisor)
    problems = [(each.code, each.value) for each in stored.kept(found.found).problems]
    assert problems == [("unknown_factory", "ELSEWHERE"), ("unknown_factory", "NOWHERE")]
    wide = findings.read(row("HERE"), row("ELSEWHERE"))
    with pytest.raises(NotFound):
        operations.apply(advisor, wide.id)
    with pytest.raises(NotFound):
        operations.undo(advisor, wide.id)
    assert _current(elsewhere) == {} and _current(there) == {}
    assert operations.apply(advisor, found.id).state is FileState.APPLIED


def test_a_file_that_speaks_of_no_factory_in_sight_belongs_to_who_sent_it() -> None:
    programme = factories.factory("HERE").programme
    one, two = (accounts.actor(accounts.account(Role.ADVISOR, programme=programme)) for _ in range(2))
    found = findings.read(row("NOWHERE"), actor=one)
    assert queries.finding_import(one, found.id) and [each.id for each in queries.files(one)] == [found.id]
    with pytest.raises(NotFound):
        queries.finding_import(two, found.id)
    assert not queries.files(two)


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Pacific/Midway"])
def test_no_day_that_has_not_come_where_the_factory_is_is_ever_kept(zone: str) -> None:
    factories.factory("FAR", programme_id=factories.programme("FA", zone=zone).id)
    day = today(zone)
    found = findings.read(row("FAR", day=day), row("FAR", "OS-01-Q02", day=day + timedelta(days=1)))
    kept = stored.kept(found.found)
    assert [each.assessed_on for each in kept.rows] == [day]
    assert [each.code for each in kept.problems] == ["date_in_future"]
    assert max(each.assessed_on for each in stored.kept(found.found).rows) <= today(zone)


def test_whoever_sees_several_zones_keeps_no_day_that_has_not_come_in_one_of_them() -> None:
    for code, zone in (("EAST", "Pacific/Kiritimati"), ("WEST", "Pacific/Midway")):
        factories.factory(code, programme_id=factories.programme(code[:2], zone=zone).id)
    east, west = today("Pacific/Kiritimati"), today("Pacific/Midway")
    assert west < east
    kept = stored.kept(findings.read(row("WEST", day=east), row("EAST", day=west)).found)
    assert [each.assessed_on for each in kept.rows] == [west]


def test_refused_files_leave_nothing() -> None:
    for data, words in ((b"", "empty"), (b"a,b\n1,2", "no column"), (findings.HEAD.encode(), "no findings")):
        with pytest.raises(operations.FindingsRefused, match=words):
            operations.preview(SYSTEM, "x.csv", data)
    assert db.session.query(FindingImport).count() == 0


def test_remarks_are_stored_nowhere() -> None:
    factories.factory("ONE")
    text = "factory,theme,point,question,date,status,Remarks\nONE,OS,OS-01,OS-01-Q01,2026-01-31,open,Mrs. Whistleblower"
    found = operations.apply(SYSTEM, operations.preview(SYSTEM, "x.csv", text.encode()).id)
    assert stored.kept(found.found).ignored == ("Remarks",)
    assert "Whistleblower" not in str(found.found) + str(db.session.query(AuditEntry.details).all())


@pytest.mark.slow
def test_thousands_of_rows_are_one_bounded_import(monkeypatch: pytest.MonkeyPatch) -> None:
    """As many as a file may have; usually a fiftieth of that."""
    monkeypatch.setattr(reading, "_LIMITS", Limits() if IS_LONG else Limits(rows=400))
    names = [f"F{number:03}" for number in range(100 if IS_LONG else 2)]
    programme = factories.programme("BIG")
    for name in names:
        factories.factory(name, programme_id=programme.id)
    rows = [row(name, f"OS-01-Q{number:03}") for name in names for number in range(199)]
    done = findings.applied(*rows)
    assert (done.applied or {})["new"] == len(rows) == _all() == 199 * len(names)
    assert db.session.query(Finding).filter(Finding.is_current).count() == len(rows)
    with pytest.raises(operations.FindingsRefused, match="too large"):
        findings.read(*rows, *rows[:200])


def test_the_plan_of_a_file_says_what_would_become_of_each_row() -> None:
    factory = factories.factory("ONE")
    findings.applied(row("ONE", day="2026-03-01"))
    found = findings.read(row("ONE", day="2026-02-01"), row("ONE", day="2026-05-01"), row("ONE", "WT-01-Q01"))
    decided = operations.planned(stored.kept(found.found).rows, [factory.id])
    assert [(said.assessed_on, effect) for said, effect in decided] == [
        (date(2026, 1, 31), Effect.NEW), (date(2026, 2, 1), Effect.OLDER), (date(2026, 5, 1), Effect.CHANGED)]
