"""Weekly figures of a factory: sent, applied, compared, shown, taken back; who may."""

import io
from datetime import date, timedelta

import pytest
from flask import Flask

from app.access.actor import SYSTEM
from app.access.roles import Role
from app.effect import operations, queries
from app.effect.files.headings import WEEKLY
from app.effect.models import EffectResult, LineTraining, LineWeek
from app.effect.operations import LineSaid
from app.effect.rules import FileState
from app.factories.models import Employment, Factory
from app.factories.rules import JobRole, Sex
from app.platform.clock import now, today
from app.platform.db import db
from app.platform.refusal import NotFound, Refused
from tests.browse import Browse, Reply, fill
from tests.make import accounts, completions, courses, effect, factories
from tests.make.statements import counted

pytestmark = pytest.mark.slow


def _as(browse: Browse, role: Role, factory: Factory) -> Browse:
    place = {"factory": factory} if role is Role.FOCAL_POINT else {"programme": factory.programme}
    return browse.as_account(accounts.account(role, **place))


def _send(browser: Browse, data: bytes, **columns: str) -> Reply:
    sent = {"file": (io.BytesIO(data), "weeks.csv"), **columns}
    return browser.post("/factories/ONE/effect/file", sent, content_type="multipart/form-data")


@pytest.mark.parametrize("role", [Role.ADVISOR, Role.FOCAL_POINT])
def test_weeks_are_sent_compared_and_taken_back(browse: Browse, role: Role) -> None:
    factory = factories.factory("ONE")
    browser = _as(browse, role, factory)
    assert "No weekly figures yet" in browser.get("/factories/ONE/effect").text
    assert _send(browser, b"").status == 422
    assert "no column for" in _send(browser, b"line,week\nL1,2025-W01").text
    sent = _send(browser, effect.text() + b"\n,L01,2025-W99,30,2880,12.5,3000,9,\n")
    page = browser.get(sent.location)
    for words in ("480 weeks of lines", "12 lines", "1 rows left out", "This is not a week"):
        assert words in page.text, words
    action, data = fill(page, "/application")
    assert browser.post(action, data).location == sent.location
    assert browser.post(action, data).status == 303 and db.session.query(LineWeek).count() == 480
    effect.trained(factory)
    effect.made()
    page = browser.get("/factories/ONE/effect")
    for words in ("against lines not yet trained, were 20", "6 trained lines", "Some rows could not be used", "weeks.csv",
                  "corrected", "Weeks since the training", "95 % interval"):
        assert words in page.text, words
    action, data = fill(browser.get(sent.location), "/withdrawal")
    assert browser.post(action, data).location == sent.location
    assert "Taken back" in browser.get(sent.location).text or "taken back" in browser.get(sent.location).text
    assert "No weekly figures yet" in browser.get("/factories/ONE/effect").text
    with pytest.raises(Refused):
        operations.apply(SYSTEM, int(sent.location.rsplit("/", 1)[1]))


def test_columns_are_chosen_where_a_heading_is_not_understood(browse: Browse) -> None:
    browser = _as(browse, Role.ADVISOR, factories.factory("ONE"))
    data = effect.text(lines=2, weeks=3).replace(b"pieces", b"zzz")
    refused = _send(browser, data)
    assert refused.status == 422 and "no column for: Pieces" in refused.text
    assert _send(browser, data, column_pieces="7").status == 422
    assert "Not understood: “zzz”" in refused.text
    assert "fewer columns than the ones chosen for: Pieces" in _send(browser, data, column_pieces="ZZ").text
    assert "6 weeks of lines" in browser.get(_send(browser, data, column_pieces=" g ").location).text


def test_every_field_can_be_chosen_and_other_columns_are_named(browse: Browse) -> None:
    browser = _as(browse, Role.ADVISOR, factories.factory("ONE", name="Alder"))
    _head, *rows = effect.text("Alder", 2, 3).decode().split("\n")
    letters = dict(zip(WEEKLY, "ABJCDEFGHI", strict=True))
    data = "\n".join([",".join(f"c{place}" for place in range(10)) + ",remark", *(f"{row},2025,good" for row in rows)]).encode()
    sent = _send(browser, data, **{f"column_{name}": letter for name, letter in letters.items()})
    page = browser.get(sent.location)
    assert "6 weeks of lines" in page.text and "Nothing of these columns is kept" in page.text and "remark" in page.text


def test_names_of_lines_that_do_not_meet_are_said(browse: Browse) -> None:
    factory = factories.factory("ONE")
    factories.person(factory, line="l01")
    gone = factories.person(factory, line="l03")
    db.session.query(Employment).filter_by(person_id=gone.id).update({"ended_on": today(factory.programme.zone)})
    leader = factories.person(factory, line="Row 12")
    completions.completion(leader, courses.version("sst"), factory)
    effect.applied(factory, data=effect.text(lines=3, weeks=3))
    found = _unmatched(factory)
    assert ([each.line for each in found.trained], list(found.unled)) == (["Row 12"], ["L02", "L03"])
    page = _as(browse, Role.FOCAL_POINT, factory).get("/factories/ONE/effect")
    for words in ("Trained, but without weeks under this name", "Row 12", "Lines that nobody leads by the staff list"):
        assert words in page.text, words
    for name in ("L02", "L03"):
        operations.correct(SYSTEM, "ONE", LineSaid(name, None, None))
    assert not _unmatched(factory).unled


def _unmatched(factory: Factory) -> queries.Unmatched:
    trained = queries.trainings([factory.id])
    return queries.unmatched(factory, queries.lines(factory.id, trained), trained)


def test_the_file_that_was_applied_last_counts_until_it_is_taken_back(browse: Browse) -> None:
    factory = factories.factory("ONE")
    effect.applied(factory, data=effect.text(lines=2, weeks=3))
    again = effect.applied(factory, "later.csv", effect.HEAD.encode() + b",l01,2025-W27,30,2880,12.5,9,1,\n")
    assert min(row.pieces for row in queries.weeks([factory.id])) == 9
    assert len(queries.weeks([factory.id])) == 6
    operations.undo(SYSTEM, again.id)
    assert again.state is FileState.UNDONE and min(row.pieces for row in queries.weeks([factory.id])) > 9


def test_lines_are_listed_as_people_count(app: Flask) -> None:
    factory = factories.factory("ONE")
    rows = "\n".join(f",Line {line},2025-W27,30,2880,12.5,3000,9," for line in (10, 2, "B", 1))
    effect.applied(factory, data=(effect.HEAD + rows).encode())
    assert [each.name for each in queries.lines(factory.id)] == ["Line 1", "Line 2", "Line 10", "Line B"]


def test_a_row_that_is_left_out_is_no_missing_week(app: Flask) -> None:
    """Of line 1 a week is written badly and one names no week; of line 2 a week is not there at all."""
    factory = factories.factory("ONE")
    rows = effect.text(lines=2, weeks=6).decode().split("\n")
    bad = [row.replace(",30,", ",n/a,") if "L01,2025-W29" in row else row.replace("L01,2025-W30", "L01,soon") for row in rows]
    effect.applied(factory, data="\n".join(bad).encode())
    assert not _missing(factory)
    other = factories.factory("TWO")
    effect.applied(other, data="\n".join(row for row in bad if "L02,2025-W29" not in row).encode())
    assert _missing(other)


def _missing(factory: Factory) -> bool:
    effect.made()
    made = queries.latest(factory.programme_id, factory.id)
    assert made and made.found and "bad_rows" in made.found["warnings"]
    return "missing_weeks" in made.found["warnings"]


def test_rows_of_other_factories_stay_out(browse: Browse) -> None:
    factory = factories.factory("ONE", name="Alder")
    both = effect.text("Alder", 2, 3) + b"\n" + effect.text("Birch", 2, 3).split(b"\n", 1)[1]
    assert len(effect.file(factory, data=both).found["rows"]) == 6
    browser = _as(browse, Role.ADVISOR, factory)
    sent = _send(browser, effect.text("Birch", 2, 3))
    assert "Is it about this factory?" in browser.get(sent.location).text


def test_trainings_come_from_completions_of_who_led_the_line(app: Flask) -> None:
    factory = factories.factory("ONE")
    version = courses.version("sst")
    leader, sewer = (
        factories.person(factory, name=name, local_name=None, role=role, line="L 01", sex=Sex.F)
        for name, role in (("Ana", JobRole.SUPERVISOR), ("Bo", JobRole.OPERATOR)))
    for person in (leader, sewer):
        completions.completion(person, version, factory)
    effect.applied(factory, data=effect.text(lines=2, weeks=3).replace(b"L01", b"l-01"))
    [first, second] = queries.lines(factory.id)
    assert (first.trained_on, first.sex, first.is_corrected) == (completions.AT.date(), Sex.F, False)
    assert second.trained_on is None
    operations.correct(SYSTEM, "ONE", LineSaid(first.key, None, None))
    assert queries.lines(factory.id)[0].trained_on is None


def test_a_training_is_corrected(browse: Browse) -> None:
    factory = factories.factory("ONE")
    effect.applied(factory, data=effect.text(lines=2, weeks=3))
    browser = _as(browse, Role.FOCAL_POINT, factory)
    page = browser.get("/factories/ONE/effect/training?line=l02")
    action, data = fill(page, "/effect/training")
    day = today(factory.programme.zone)
    late = browser.post(action, {**data, "trained_on": (day + timedelta(days=2)).isoformat()})
    assert late.status == 422 and "lies in the future" in late.text
    assert browser.post(action, {**data, "trained_on": day.isoformat(), "sex": "F"}).status == 303
    assert [(each.trained_on, each.sex) for each in queries.lines(factory.id)] == [(None, None), (day, Sex.F)]
    with pytest.raises(NotFound):
        operations.correct(SYSTEM, "ONE", LineSaid("l99", day, None))


def test_trainings_held_elsewhere_are_sent_as_a_file(browse: Browse) -> None:
    factory = factories.factory("ONE", name="Alder")
    effect.applied(factory, data=effect.text(lines=3, weeks=3))
    browser, here = _as(browse, Role.FOCAL_POINT, factory), "/factories/ONE/effect/trainings"
    action, _data = fill(browser.get(here), "/trainings")

    def send(text: str, **columns: str) -> Reply:
        sent = {"file": (io.BytesIO(text.encode()), "trained.csv"), **columns}
        return browser.post(action, sent, content_type="multipart/form-data")

    tomorrow = today(factory.programme.zone) + timedelta(days=1)
    wrong = send(f"line,trained_on,supervisor_sex\nL01,2025-07-08,F\nL02,soon,M\nL09,2025-07-08,M\nL03,{tomorrow},")
    for words in ("Nothing was taken over", "not a date", "soon", "no weeks of this line", "lies in the future"):
        assert wrong.status == 422 and words in wrong.text, words
    assert "Give each column a heading" in send("L01,2025-07-08").text
    assert "about this factory" in send("factory,line,trained_on\nBirch,L01,2025-07-08").text
    several = send("line,trained_on,course\nL01,2025-07-08,A\nL02,2025-07-08,B")
    assert several.status == 422 and "nothing tells which of them" in several.text and "“A”, “B”" in several.text
    assert "no column for: Course" in send("line,trained_on\nL01,2025-07-08", course="A").text
    assert [each.trained_on for each in queries.lines(factory.id)] == [None] * 3
    good = "factory,leads,trained_on,supervisor_sex\nAlder,L01,2025-07-08,F\nBirch,L09,soon,\nAlder,l01,2025-07-01,F\nAlder,L02,2025-07-08,M\nAlder,L03,,\nAlder,L08,no,"
    assert send(good, column_line="B").location == "/factories/ONE/effect"
    assert "The trainings of 2 lines are saved" in browser.get("/factories/ONE/effect").text
    told = [(date(2025, 7, 1), Sex.F), (date(2025, 7, 8), Sex.M), (None, None)]
    assert [(each.trained_on, each.sex) for each in queries.lines(factory.id)] == told
    rows = db.session.query(LineTraining).count()
    assert send("line,trained_on\nL02,2025-07-08").status == 303
    assert "Nothing changed" in browser.get("/factories/ONE/effect").text
    assert db.session.query(LineTraining).count() == rows == 2


def test_all_factories_of_a_programme_together(browse: Browse) -> None:
    one = factories.factory("ONE")
    two = factories.factory("TWO", programme=one.programme)
    for factory in (one, two):
        effect.applied(factory)
        effect.trained(factory)
    browser = _as(browse, Role.ADVISOR, one)
    page = browser.get("/effect")
    action, data = fill(page, f"/programmes/{one.programme.code}/effect")
    assert browser.post(action, data).status == 303
    effect.made()
    page = browser.get("/effect")
    assert "12 trained lines" in page.text and "6 trained lines" in page.text
    assert "not what training does everywhere" in page.text
    own = _as(browse, Role.FOCAL_POINT, two).get("/effect")
    operations.correct(SYSTEM, "TWO", LineSaid("L02", None, None))
    old = browser.get("/effect").text
    assert "12 trained lines" not in old and old.count("nothing can be said until") == 3, "of other trainings"
    assert "6 trained lines" in old, "the other factory is as it was"
    effect.made()
    assert "11 trained lines" in browser.get("/effect").text, "the programme was compared again, too"
    assert "12 trained lines" not in own.text and two.name in own.text, "a factory sees its own alone"


def test_a_comparison_is_made_once_and_says_from_what(app: Flask) -> None:
    factory = factories.factory("ONE")
    effect.applied(factory)
    effect.made()
    first = db.session.query(EffectResult).one()
    operations.finish(first.id, "other", {})
    db.session.refresh(first)
    assert first.inputs_sha256 != "other"
    operations.compare(SYSTEM, "ONE")
    effect.made()
    marks = {each.inputs_sha256 for each in db.session.query(EffectResult)}
    assert len(marks) == 1, "the same weeks and trainings"
    assert now() >= first.made_at


def test_strangers_see_nothing(browse: Browse) -> None:
    factory, other = factories.factory("ONE"), factories.factory("TWO")
    found = effect.file(factory)
    browser = _as(browse, Role.FOCAL_POINT, other)
    for address in ("/factories/ONE/effect", "/factories/ONE/effect/file", f"/factories/ONE/effect/files/{found.id}",
                    f"/factories/TWO/effect/files/{found.id}", "/factories/ONE/effect/training"):
        assert browser.get(address).status == 404, address
    assert browser.post("/factories/ONE/effect/comparison", {}).status == 404


def test_the_page_reads_a_fixed_number_of_statements(browse: Browse) -> None:
    factory = factories.factory("ONE")
    browser = _as(browse, Role.ADVISOR, factory)
    effect.applied(factory, data=effect.text(lines=2, weeks=3))
    with counted() as few:
        browser.get("/factories/ONE/effect")
    effect.applied(factory, data=effect.text(lines=20, weeks=30))
    with counted() as many:
        browser.get("/factories/ONE/effect")
    assert len(many) == len(few)
    assert len([each for each in many if "FROM line_training" in each]) == 1, "what is known of trainings is read once"
