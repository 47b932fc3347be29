"""The pages of findings."""

import io

import pytest

from app.access.roles import Role
from app.factories.models import Factory
from app.improvement.findings import shipped
from app.improvement.findings.models import Finding, FindingImport
from app.improvement.findings.reading import check
from app.improvement.findings.rules import FileState
from app.platform.db import db
from tests.browse import Browse, Reply, fill
from tests.make import accounts, courses, factories, findings
from tests.make.findings import row, text
from tests.make.statements import counted


def _as(browse: Browse, role: Role, factory: Factory) -> Browse:
    place = {"factory": factory} if role is Role.FOCAL_POINT else {"programme": factory.programme}
    return browse.as_account(accounts.account(role, **place))


def _send(browser: Browse, data: bytes, name: str = "findings.csv") -> Reply:
    return browser.post("/findings/file", {"file": (io.BytesIO(data), name)}, content_type="multipart/form-data")


def test_a_file_is_looked_at_applied_and_taken_back(browse: Browse) -> None:
    factory = factories.factory("ONE")
    browser = _as(browse, Role.ADVISOR, factory)
    assert "No findings yet" in browser.get("/findings").text
    assert _send(browser, b"").status == 422
    sent = _send(browser, text(row("ONE"), row("ONE", "WT-01-Q01", severity="??"), row("ELSEWHERE")))
    page = browser.get(sent.location)
    for words in ("2 new findings", "1 rows left out", "There is no factory with this code", "ELSEWHERE", "Will be added"):
        assert words in page.text, words
    action, data = fill(page, "/application")
    assert browser.post(action, data).location == sent.location
    assert browser.post(action, data).status == 303 and db.session.query(Finding).count() == 2
    page = browser.get(sent.location)
    assert "Applied" in page.text and "OS-01-Q01" in browser.get("/findings").text
    assert "findings.csv" in browser.get("/findings/file").text
    action, data = fill(page, "/withdrawal")
    assert browser.post(action, data).location == sent.location
    assert "Taken back" in browser.get(sent.location).text and "No findings yet" in browser.get("/findings").text
    assert db.session.query(FindingImport).one().state is FileState.UNDONE
    [one, _other] = db.session.query(Finding).order_by(Finding.id)
    assert "It no longer counts" in browser.get(f"/factories/ONE/findings/{one.id}").text


STRANGE = b"Usine;Sujet;Ref;Quand;Etat;Note\nONE;OS-01;OS-01-Q01;2026-01-31;open;Dara said so\n"
_COLUMNS = {"factory": "A", "point": "B", "question": "C", "assessed_on": "D", "status": "E"}


def test_whose_headings_are_strange_is_asked_which_column_is_which(browse: Browse) -> None:
    browser = _as(browse, Role.ADVISOR, factories.factory("ONE"))
    asked = _send(browser, STRANGE)
    assert asked.status == 422 and "Which columns are right?" in asked.text and "C · Ref" in asked.text
    action, data = fill(asked, "/findings/file")
    wrong = {**data, **_COLUMNS, "status": "", "file": (io.BytesIO(STRANGE), "strange.csv")}
    again = browser.post(action, wrong, content_type="multipart/form-data")
    assert again.status == 422 and "The file has no column for: State." in again.text
    action, data = fill(again, "/findings/file")
    assert data["question"] == "C", "what was right stays"
    right = {**data, **_COLUMNS, "file": (io.BytesIO(STRANGE), "strange.csv")}
    page = browser.get(browser.post(action, right, content_type="multipart/form-data").location)
    assert "1 new findings" in page.text and "Dara said so" not in page.text
    browser.post(*fill(page, "/application"))
    assert db.session.query(Finding).one().question == "OS-01-Q01"
    later = STRANGE.replace(b"2026-01-31;open", b"2026-03-01;closed")
    assert _as(browse, Role.ADVISOR, db.session.query(Factory).one()).post(
        "/findings/file", {"file": (io.BytesIO(later), "later.csv")}, content_type="multipart/form-data").status == 422, "another's"
    assert _send(browser, STRANGE.replace(b"Ref", b"Nr")).status == 422, "other headings"


def test_what_was_said_of_columns_counts_for_the_next_file(browse: Browse) -> None:
    browser = _as(browse, Role.ADVISOR, factories.factory("ONE"))
    action, data = fill(_send(browser, STRANGE), "/findings/file")
    right = {**data, **_COLUMNS, "file": (io.BytesIO(STRANGE), "strange.csv")}
    first = browser.post(action, right, content_type="multipart/form-data")
    assert _send(browser, STRANGE).status == 422, "not before it was applied"
    browser.post(*fill(browser.get(first.location), "/application"))
    page = browser.get(_send(browser, STRANGE.replace(b"2026-01-31;open", b"2026-03-01;closed")).location)
    assert "change what is known" in page.text
    browser.post(*fill(page, "/application"))
    assert {each.status.value for each in db.session.query(Finding)} == {"open", "closed"}


def test_the_findings_of_a_factory_with_their_training_and_history(browse: Browse) -> None:
    factory = factories.factory("ONE")
    course = courses.version("seminar-working-time")
    findings.applied(
        row("ONE", "WT-02-Q01", severity="low", day="2026-01-01"), row("ONE", "WT-02-Q01", day="2026-03-01"),
        row("ONE", "OS-06-Q01", severity="critical"), row("ONE", "CO-01-Q01", status="closed"))
    browser = _as(browse, Role.FOCAL_POINT, factory)
    page = browser.get("/factories/ONE/findings")
    for words in ("Overtime", "Human resources, Planning", "Review four weeks", "Toilets, water and canteen", "Critical: 1",
                  "No course in the catalogue is about this point"):
        assert words in page.text, words
    assert "CO-01-Q01" not in page.text
    assert "CO-01-Q01" in browser.get("/factories/ONE/findings?status=all").text
    assert "WT-02-Q01" not in browser.get("/factories/ONE/findings?theme=OS").text
    assert "Nothing fits" in browser.get("/factories/ONE/findings?theme=FA").text
    now = db.session.query(Finding).filter_by(question="WT-02-Q01", is_current=True).one()
    history = browser.get(f"/factories/ONE/findings/{now.id}")
    for words in ("Mar 1, 2026", "Jan 1, 2026", "Earlier", "Counts", course.titles["en"]):
        assert words in history.text, words
    earlier = db.session.query(Finding).filter_by(question="WT-02-Q01", is_current=False).one()
    assert "Something later is known" in browser.get(f"/factories/ONE/findings/{earlier.id}").text


def test_the_table_can_be_taken_away_and_is_read_again(browse: Browse) -> None:
    factory = factories.factory("ONE")
    findings.applied(row("ONE"), row("ONE", "WT-01-Q01", severity="critical", status="in_progress"))
    browser = _as(browse, Role.ADVISOR, factory)
    for address in ("/findings/table.csv", "/factories/ONE/findings/table.csv"):
        data = browser.get(address).response.data
        found = check(data, "x.csv", shipped.catalogue(), {"import_date": "2026-06-30", "factories": ["ONE"]})
        assert {(each.question, each.status.value) for each in found.rows} == {
            ("OS-01-Q01", "open"), ("WT-01-Q01", "in_progress")} and not found.problems
    assert b"WT-01" not in browser.get("/findings/table.csv?theme=OS").response.data


def test_the_list_is_filtered_by_its_address_in_a_fixed_number_of_statements(browse: Browse) -> None:
    one, two = factories.factory("ONE", name="First Mill"), factories.factory("TWO", name="Second Mill")
    findings.applied(row("ONE", severity="low"), row("TWO", "FL-01-Q01", severity="critical"), row("TWO", status="closed"))
    browser = _as(browse, Role.PROGRAMME_MANAGER, one)
    page = browser.get("/findings").text
    assert page.index("FL-01-Q01") < page.index("OS-01-Q01"), "the gravest first"
    for address, names in (
        ("theme=FL", {"Second"}), ("severity=low", {"First"}), ("status=closed", {"Second"}), ("factory=ONE", {"First"}),
        (f"programme={one.programme.code}", {"First", "Second"}), ("programme=NOBODY", set()), ("severity=odd&status=odd", {"First", "Second"}),
    ):
        page = browser.get(f"/findings?{address}").text
        assert {name for name in ("First", "Second") if f"{name} Mill" in page} == names, address
    with counted() as few:
        browser.get("/findings")
    findings.applied(*(row(code, f"OS-03-Q{number:02}") for code in ("ONE", "TWO") for number in range(60)))
    db.session.commit()
    with counted() as many:
        assert "Next" in browser.get("/findings").text
    assert len(many) == len(few)
    with counted() as factory_page:
        assert browser.get(f"/factories/{two.code}/findings").status == 200
    findings.applied(*(row("TWO", f"OS-05-Q{number:02}") for number in range(60)))
    db.session.commit()
    with counted() as larger:
        assert "Next" in browser.get(f"/factories/{two.code}/findings").text
    assert len(larger) == len(factory_page)


@pytest.mark.parametrize("role", [Role.FOCAL_POINT, Role.ADVISOR])
def test_the_findings_of_another_factory_are_not_there(browse: Browse, role: Role) -> None:
    own = factories.factory("OWN")
    other = factories.factory("OTHER", **({} if role is Role.FOCAL_POINT else {"programme_id": factories.programme("ZZ").id}))
    theirs = findings.finding(other)
    browser = _as(browse, role, own)
    for address in (f"/factories/OTHER/findings/{theirs.id}", f"/factories/OWN/findings/{theirs.id}", "/factories/OTHER/findings",
                    "/factories/OTHER/findings/table.csv"):
        assert browser.get(address).status == 404, address
    assert "OS-08-Q01" not in browser.get("/findings").text
    assert b"OS-08" not in browser.get("/findings/table.csv").response.data


def test_a_factory_sends_no_findings_and_a_trainer_sees_none(browse: Browse) -> None:
    factory = factories.factory("ONE")
    found = findings.read(row("ONE"))
    speaker = _as(browse, Role.FOCAL_POINT, factory)
    assert _send(speaker, text(row("ONE"))).status in {403, 404}
    assert speaker.post(f"/findings/files/{found.id}/application").status in {403, 404}
    assert speaker.get("/findings").status == 200 and "Send a file" not in speaker.get("/findings").text
    trainer = _as(browse, Role.TRAINER, factory)
    assert trainer.get("/findings").status in {403, 404}
    assert trainer.get("/factories/ONE/findings").status in {403, 404}
    assert db.session.query(Finding).count() == 0


def test_a_day_to_come_is_shown_to_nobody(browse: Browse) -> None:
    factory = factories.factory("ONE")
    browser = _as(browse, Role.ADVISOR, factory)
    sent = _send(browser, text(row("ONE", day="2099-05-14")))
    page = browser.get(sent.location).text
    assert "The day lies in the future" in page
    speaker = _as(browse, Role.FOCAL_POINT, factory)
    for address in ("/findings", "/factories/ONE/findings", "/factories/ONE", "/findings/table.csv"):
        assert "2099" not in speaker.get(address).response.get_data(as_text=True), address
    assert db.session.query(Finding).count() == 0
