"""The page of the record: what it shows, its filter, its sheet, what can be taken along."""

import csv
import io
from datetime import timedelta

import pypdf
import pytest

from app.access.roles import Role
from app.courses.rules import Category
from app.coverage.requirements.rules import Kind
from app.factories.models import Factory
from app.factories.rules import JobRole, Sex
from app.learning_record.models import EntryKind
from app.learning_record.operations import CoverageRow, Participant, note, note_coverage
from app.learning_record.rules import EvidenceLevel
from app.learning_record.views import exports
from app.platform.audit.models import AuditEntry
from app.platform.db import db
from app.platform.tables import read_tables
from tests.browse import Browse
from tests.make import accounts, completions, courses, factories, requirements
from tests.make.statements import counted

AT = completions.AT
A, B, C = EvidenceLevel


def focal(browse: Browse, factory: Factory) -> Browse:
    return browse.as_account(accounts.account(Role.FOCAL_POINT, factory=factory))


def held(factory: Factory, number: int, took: list[Participant], **values: object) -> None:
    """So many people took part in something."""
    told = {"level": A, "people": len(took), "women": sum(each.sex is Sex.F for each in took), **values}
    note(
        factory_id=factory.id, kind=EntryKind.TRAINING_HELD, source=f"held:{number}:1", at=AT + timedelta(days=number),
        participants=took, **told)


def taking(factory: Factory, name: str, role: JobRole = JobRole.SUPERVISOR, sex: Sex = Sex.F, line: str = "Line 1") -> Participant:
    return Participant(factories.person(factory, role, name=name, sex=sex).id, line, role, sex)


def test_a_twin_factory_sees_nothing(browse: Browse) -> None:
    here, twin = factories.factory(), factories.factory()
    client = focal(browse, twin)
    for address in ("record", "record/print"):
        assert client.get(f"/factories/{here.code}/{address}").status == 404
    for address in ("record.csv", "record.xlsx", "record.pdf", "record/person"):
        assert client.post(f"/factories/{here.code}/{address}").status == 404


def test_filters_and_pages(browse: Browse) -> None:
    factory, version = factories.factory(), courses.version("sst")
    for number in range(60):
        note(
            factory_id=factory.id, kind=EntryKind.TRAINING_CONFIRMED, source=f"training:{number}:confirmed",
            at=AT + timedelta(days=number), course_id=version.course_id, version_id=version.id,
        )
    note(factory_id=factory.id, kind=EntryKind.ROSTER_IMPORTED, source="roster:1", at=AT)
    client, address = focal(browse, factory), f"/factories/{factory.code}/record"
    asked = ("", "?page=2", "?group=people", "?course=sst&page=2", "?since=2026-12-01&until=2026-12-02")
    assert [len(client.get(f"{address}{query}").all("time")) for query in asked] == [50, 11, 1, 10, 2]
    wrong = "?group=nonsense&course=nonsense&page=-3&since=tomorrow&level=Z&role=king&sex=X&line=gone&person=99999999999999"
    assert len(client.get(f"{address}{wrong}").all("time")) == 50
    assert "There is no such entry" in client.get(f"{address}?group=certificates").text


def test_whoever_took_part_is_found_by_line_role_sex_and_person(browse: Browse) -> None:
    factory = factories.factory()
    dara, mony = taking(factory, "Sok Dara"), taking(factory, "Chan Mony", JobRole.OPERATOR, Sex.M, "Line 2")
    held(factory, 1, [dara]), held(factory, 2, [mony]), held(factory, 3, [dara, mony])
    client, address = focal(browse, factory), f"/factories/{factory.code}/record"
    asked = ("line=Line 2", "role=operator", "sex=M", f"person={mony.person_id}", "line=Line 1&sex=M", "level=B")
    assert [len(client.get(f"{address}?{query}").all("time")) for query in asked] == [2, 2, 2, 2, 0, 0]


def test_levels_stand_apart_and_corrections_count_no_more(browse: Browse) -> None:
    factory = factories.factory()
    dara, mony = taking(factory, "Sok Dara"), taking(factory, "Chan Mony", sex=Sex.M)
    held(factory, 1, [dara, mony]), held(factory, 2, [dara])
    held(factory, 3, [dara], corrects="held:1:1")
    held(factory, 4, [mony], level=B)
    held(factory, 5, [], level=C, people=60, women=40)
    page = focal(browse, factory).get(f"/factories/{factory.code}/record")
    rows = [[cell.text for cell in row.iter("td")] for row in page.all("tr") if row.find("td") is not None]
    assert rows == [["2", "2", "1", "0"], ["1", "0", "1", "0"], ["60", "40", "0", "0"]]
    assert "64" not in [cell for row in rows for cell in row]
    assert page.text.count("Corrected since") == 1


def test_a_person_is_found_without_a_name_in_the_address(browse: Browse) -> None:
    factory = factories.factory()
    dara = taking(factory, "Sok Dara")
    taking(factory, "Sok Chan"), held(factory, 1, [dara])
    client, address = focal(browse, factory), f"/factories/{factory.code}/record"
    assert client.post(f"{address}/person", data={"who": "Dara"}).location == f"{address}?person={dara.person_id}"
    page = client.get(f"{address}?person={dara.person_id}")
    assert "Entries of one person:" in page.text
    several = client.post(f"{address}/person", data={"who": "Sok"})
    assert several.status == 200
    assert len([link for link in several.all("a") if "?person=" in link.get("href", "")]) == 2
    assert client.post(f"{address}/person", data={"who": "So"}).status == 422
    assert client.post(f"{address}/person", data={"who": "Nobody"}).status == 422


def test_another_factorys_person_has_no_name_here(browse: Browse) -> None:
    here, there = factories.factory(), factories.factory()
    other = factories.person(there, name="Far Away")
    page = focal(browse, here).get(f"/factories/{here.code}/record?person={other.id}")
    assert "Far Away" not in page.text
    assert "There is no such entry" in page.text


def test_the_sheet_says_what_it_shows(browse: Browse) -> None:
    factory, version = factories.factory(name="Lotus Lane"), courses.version("sst", category=Category.OSH)
    held(factory, 1, [taking(factory, "Sok Dara")], course_id=version.course_id, version_id=version.id)
    note_coverage(factory.id, AT.date().replace(day=31, month=10), [CoverageRow(1, version.titles, 10, 7)])
    client = focal(browse, factory)
    page = client.get(f"/factories/{factory.code}/record/print?course=sst&since=2026-11-01")
    assert "Lotus Lane" in page.text
    assert "Only:" in page.text
    assert "From November 1, 2026" in page.text
    whole = client.get(f"/factories/{factory.code}/record/print")
    assert "Supervisory Skills: 7 of 10" in whole.text


def test_what_is_taken_along_is_the_same_and_logged(browse: Browse) -> None:
    factory, version = factories.factory(), courses.version("sst")
    dara = taking(factory, "=Sok Dara")
    held(factory, 1, [dara], course_id=version.course_id, version_id=version.id)
    note(factory_id=factory.id, kind=EntryKind.ROSTER_IMPORTED, source="roster:1", at=AT)
    client, address = focal(browse, factory), f"/factories/{factory.code}/record"
    told = client.post(f"{address}.csv?course=sst")
    [_header, row] = csv.reader(io.StringIO(told.response.data.decode("utf-8-sig")))
    assert (row[3], row[11], row[12], row[17]) == ("sst", "A", "1", "held:1:1")
    book = client.post(f"{address}.xlsx")
    tables = read_tables(book.response.data)
    assert [len(sheet.rows) for sheet in tables.sheets] == [3, 2]
    assert tables.sheets[1].rows[1][1] == "=Sok Dara"
    logged = db.session.query(AuditEntry).filter_by(action="record.export").order_by(AuditEntry.id).all()
    assert [entry.details["entries"] for entry in logged] == [1, 2]
    assert client.get(f"{address}.csv").status in {404, 405}


@pytest.mark.parametrize("language", ["km", "ar", "en"])
def test_the_paper_says_what_the_sheet_says(browse: Browse, language: str) -> None:
    factory, version = factories.factory(name="Lotus Lane", local_name="ឡូតូស", language="km"), courses.version("sst")
    person = factories.person(factory, JobRole.SUPERVISOR, name="Sok Dara", local_name="سوك دارا", language="ar")
    held(factory, 1, [taking(factory, "Chan Mony")], course_id=version.course_id, version_id=version.id)
    note(
        factory_id=factory.id, kind=EntryKind.COMPLETION, source="completion:1:1", at=AT, course_id=version.course_id,
        person_id=person.id, level=A, role=JobRole.SUPERVISOR, line="Line 1")
    note_coverage(factory.id, AT.date().replace(day=31, month=10), [CoverageRow(1, version.titles, 10, 7)])
    client = browse.as_account(accounts.account(Role.FOCAL_POINT, factory=factory, language=language))
    told = client.post(f"/factories/{factory.code}/record.pdf?group=training")
    assert told.response.headers["Content-Type"] == "application/pdf"
    words = "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(told.response.data)).pages)
    for always in ("Lotus Lane", "Sok Dara", "Line 1"):
        assert always in words
    assert ("Course completed" in words) is (language == "en")
    assert "7 of 10" not in words, "the filter holds on paper too"
    assert db.session.query(AuditEntry).filter_by(action="record.export").one().details["entries"] == 2


def test_a_long_record_is_cut_on_paper_and_says_so(browse: Browse, monkeypatch: pytest.MonkeyPatch) -> None:
    factory = factories.factory()
    monkeypatch.setattr(exports, "MOST_PRINTED", 1)
    held(factory, 1, [taking(factory, "Sok Dara")]), held(factory, 2, [taking(factory, "Chan Mony")])
    told = focal(browse, factory).post(f"/factories/{factory.code}/record.pdf")
    words = "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(told.response.data)).pages)
    assert "There are older entries" in words


def test_the_end_of_a_month_tells_of_findings_to_those_alone_who_see_them(browse: Browse) -> None:
    factory, version = factories.factory(), courses.version("sst")
    own = requirements.requirement(factory.programme, version.course_id, "own")
    rule = requirements.rules(version.course_id)[Kind.FINDING]
    after = requirements.requirement(factory.programme, version.course_id, "after", rule=rule)
    rows = [CoverageRow(own.id, {"en": "For all"}, 10, 7), CoverageRow(after.id, {"en": "After a finding"}, 9, 4)]
    note_coverage(factory.id, AT.date().replace(day=31, month=10), rows)
    address = f"/factories/{factory.code}/record"
    for role, sees in ((Role.FOCAL_POINT, True), (Role.TRAINER, False)):
        may = browse.as_account(accounts.account(role, factory=factory, programme=factory.programme))
        told = [may.get(address).text, may.get(f"{address}/print").text, may.post(f"{address}.csv").response.data.decode()]
        assert ["For all: 7 of 10" in each for each in told] == [True] * 3
        assert ["After a finding" in each for each in told] == [sees] * 3


@pytest.mark.parametrize("query", ["", "?role=supervisor"])
def test_statements_do_not_grow_with_entries(browse: Browse, query: str) -> None:
    factory = factories.factory()
    client, costs = focal(browse, factory), []
    for first, number in ((0, 4), (10, 24)):
        for each in range(number):
            held(factory, first + each, [taking(factory, f"Person {first + each}")])
        with counted() as statements:
            client.get(f"/factories/{factory.code}/record{query}")
        costs.append(len(statements))
    assert costs[0] == costs[1]


def test_an_erased_person_and_a_role_that_is_gone_break_nothing(browse: Browse) -> None:
    factory = factories.factory()
    person = factories.person(factory, JobRole.OPERATOR)
    note(
        factory_id=factory.id, kind=EntryKind.COMPLETION, source="completion:1:1", at=AT, person_id=person.id,
        level=A, role=None, line="A line that was closed")
    person.name, person.local_name = "", None
    page = focal(browse, factory).get(f"/factories/{factory.code}/record")
    assert "Somebody whose name was removed" in page.text
    assert "Role not known" in page.text
    assert "A line that was closed" in page.text
