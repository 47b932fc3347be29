"""The pages of factories, as somebody sees them."""

import io
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
import sqlalchemy as sa

from app.access.roles import Role
from app.factories.models import Employment, Factory, Person, RosterImport
from app.factories.operations import previewing
from app.platform.db import db
from tests.browse import Browse, Reply
from tests.factories.samples import ROSTERS, expected, roster
from tests.make import accounts, factories

HOSTILE = "<script>alert('sew')</script>"


def manager(browse: Browse, factory: Factory) -> Browse:
    return browse.as_account(accounts.account(Role.PROGRAMME_MANAGER, programme=factory.programme))


def send(browser: Browse, factory: Factory, file_name: str, data: bytes, /, **fields: str) -> Reply:
    form = {"roster": (io.BytesIO(data), file_name), **fields}
    return browser.post(f"/factories/{factory.code}/roster", form, content_type="multipart/form-data")


@contextmanager
def counted() -> Iterator[list[str]]:
    """The statements that are run meanwhile."""
    statements: list[str] = []

    def note(connection: object, cursor: object, statement: str, *rest: object) -> None:
        statements.append(statement)

    sa.event.listen(db.engine, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        sa.event.remove(db.engine, "before_cursor_execute", note)


def test_list_shows_factories_in_scope(browse: Browse) -> None:
    here, elsewhere = factories.factory(name="Golden Needle", local_name="ម្ជុលមាស"), factories.programme("BD", country="BD")
    other = factories.factory(name="Padma Stitch", programme_id=elsewhere.id)
    advisor = browse.as_account(accounts.account(Role.ADVISOR, programme=here.programme))
    reply = advisor.get("/factories")
    assert "Golden Needle" in reply.text and "ម្ជុលមាស" in reply.text
    assert "Padma" not in reply.text and elsewhere.name["en"] not in [o.text for o in reply.all("option")]
    assert advisor.get(f"/factories/{other.code}").status == 404
    everything = browse.as_account(accounts.account(Role.ADMINISTRATOR))
    assert "Padma Stitch" in everything.get("/factories").text
    assert "Golden" not in everything.get("/factories?programme=BD").text
    assert "Golden" not in everything.get("/factories?province=Nowhere").text


def test_factories_are_found_without_marks(browse: Browse) -> None:
    found = factories.factory(name="Công ty TNHH May Sông Hạc")
    administrator = browse.as_account(accounts.account(Role.ADMINISTRATOR))
    assert found.name in administrator.get("/factories?q=song hac").text
    assert found.name in administrator.get(f"/factories?q={found.code}").text
    assert "No factory fits" in administrator.get("/factories?q=Sông Hồng").text


def test_list_goes_on_page_by_page(browse: Browse) -> None:
    for number in range(51):
        factories.factory(f"P{number:02d}", name=f"Factory {number:02d}")
    administrator = browse.as_account(accounts.account(Role.ADMINISTRATOR))
    first, second = administrator.get("/factories?q=Factory"), administrator.get("/factories?q=Factory&page=2")
    assert "Factory 49" in first.text and "Factory 50" not in first.text
    assert "Factory 50" in second.text and "Factory 49" not in second.text
    assert any(a.get("href") == "/factories?q=Factory&page=2" for a in first.all("a"))


def test_people_are_searched_in_every_script(browse: Browse) -> None:
    factory = factories.factory()
    factories.person(factory, name="Nguyễn Thị Lan", local_name=None, line="Line 1")
    factories.person(factory, name="Keo Sothea", local_name="កែវ សុធា")
    factories.person(factory, name="100% Cotton", local_name=None)
    browser = manager(browse, factory)

    def names(q: str) -> str:
        return browser.get(f"/factories/{factory.code}/people", query_string={"q": q}).text

    assert "Lan" in names("Nguyen") and "Lan" in names("lan nguyen") and "Lan" in names("Nguyễn")
    assert "Sothea" in names("សុធា") and "Sothea" in names("កែ")
    assert "Cotton" in names("%") and "Sothea" not in names("%") and "Sothea" not in names("_")
    number = db.session.scalar(sa.select(Employment.employee_number).join(Person).where(Person.name == "Keo Sothea"))
    assert "Sothea" in names(number)
    assert "Nobody fits" in names("\\")


def test_people_are_filtered_by_role(browse: Browse) -> None:
    factory = factories.factory()
    factories.person(factory, "operator", name="Op One")
    factories.person(factory, name="Super One")
    reply = manager(browse, factory).get(f"/factories/{factory.code}/people?role=supervisor")
    assert "Super One" in reply.text and "Op One" not in reply.text


def test_another_factory_is_not_there(browse: Browse) -> None:
    own, twin = factories.factory(), factories.factory()
    for factory in (own, twin):
        factories.person(factory, name=f"Twin of {factory.code}", local_name=None)
    row = previewing.preview_roster(
        accounts.actor(accounts.account(Role.ADMINISTRATOR)), twin, "x.csv", b"Employee No,Name\n7,Secret Name\n"
    )
    focal = browse.as_account(accounts.account(Role.FOCAL_POINT, programme=twin.programme, factory=own))
    for page in ("", "/people", "/roster", f"/roster/{row.id}", "/coverage", "/nothing"):
        reply = focal.get(f"/factories/{twin.code}{page}")
        assert reply.status == 404 and twin.name not in reply.text, page
    for page in ("/factories", f"/factories/{own.code}", f"/factories/{own.code}/people?q=Twin"):
        assert twin.name not in focal.get(page).text and f"Twin of {twin.code}" not in focal.get(page).text
    assert focal.get(f"/factories/{own.code}/people?q=Twin").status == 200
    browser = manager(browse, factories.factory(programme_id=factories.programme("BD", country="BD").id))
    assert browser.post(f"/factories/{twin.code}/roster/{row.id}/application").status == 404
    own_manager = manager(browse, own)
    assert own_manager.get(f"/factories/{own.code}/roster/{row.id}").status == 404, "the address names another factory"
    assert own_manager.post(f"/factories/{own.code}/roster/{row.id}/application").status == 404


def test_a_roster_is_sent_looked_at_and_applied(browse: Browse, monkeypatch: pytest.MonkeyPatch) -> None:
    factory = factories.factory()
    browser = manager(browse, factory)
    path = roster("kh-golden-needle-2026-05")
    sent = send(browser, factory, path.name, path.read_bytes())
    assert sent.status == 303
    page = browser.get(sent.location)
    told = expected(path)
    for problem in told["problems"]:
        assert any(td.text == str(problem["row"]) for td in page.all("td")), problem
    assert "618" in page.text and "Tan Vibol" in page.text
    assert browser.post(f"{sent.location}/application").status == 303
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Person)) == 618
    assert browser.post(f"{sent.location}/application").status == 303
    assert db.session.scalar(sa.select(sa.func.count()).select_from(Person)) == 618
    assert "618" in browser.get(sent.location).text
    assert "618" in browser.get(f"/factories/{factory.code}").text
    next_path = roster("kh-golden-needle-2026-06")
    preview = browser.get(send(browser, factory, next_path.name, next_path.read_bytes()).location)
    boxes = [field for field in preview.all("input") if field.get("name") == "leaver"]
    changes = expected(next_path)["changes"]
    assert len(boxes) == len(changes["left"]) + len(changes["number_reused"])
    assert all(box.get("checked") is None for box in boxes), "leavers are only proposed"
    assert "Seng Dara" in preview.text and "Line 20A" in preview.text


def test_ticked_people_have_left(browse: Browse) -> None:
    factory = factories.factory()
    gone, staying = (factories.person(factory, name=name) for name in ("Gone Away", "Staying Here"))
    browser = manager(browse, factory)
    address = send(browser, factory, "x.csv", b"Employee No,Name\n7,New One\n").location
    page = browser.get(address)
    values = [box.get("value") for box in page.all("input") if box.get("name") == "leaver"]
    employment = db.session.scalar(sa.select(Employment.id).where(Employment.person_id == gone.id))
    assert str(employment) in values and len(values) == 2
    browser.post(f"{address}/application", {"leaver": [str(employment), "999999"]})
    people = browser.get(f"/factories/{factory.code}/people").text
    assert "Gone Away" not in people and "Staying Here" in people and "New One" in people
    assert staying.name in people


@pytest.mark.parametrize("path", [p for p in ROSTERS if p.name.startswith("broken")], ids=lambda path: path.name)
def test_refused_files_say_why(browse: Browse, path: object) -> None:
    factory = factories.factory()
    browser = manager(browse, factory)
    reply = send(browser, factory, path.name, path.read_bytes())
    assert reply.status == 422
    assert "Please check this" in reply.text
    assert db.session.scalar(sa.select(sa.func.count()).select_from(RosterImport)) == 0
    if "encrypted" in path.name:
        assert "The file has a password." in reply.text
    if "wrong-columns" in path.name:
        assert {"employee_number", "name"} <= {field.get("name") for field in reply.all("select")}, "columns can be chosen"


def test_no_file_is_a_plain_sentence(browse: Browse) -> None:
    factory = factories.factory()
    browser = manager(browse, factory)
    assert "Choose a file." in browser.post(f"/factories/{factory.code}/roster", {}).text


def test_columns_are_chosen_anew(browse: Browse) -> None:
    factory = factories.factory()
    browser = manager(browse, factory)
    data = b"Employee No,Name,Alias,Line\n1,Real Name,Other Name,Line 1\n"
    address = send(browser, factory, "x.csv", data).location
    page = browser.get(address)
    fields = {field.get("name"): field for field in page.all("select")}
    assert [o.text for o in fields["name"].iter("option")] == [
        "Not in this list", "A · Employee No", "B · Name", "C · Alias", "D · Line",
    ]
    seen = {f.get("name"): f.get("value") or "" for f in page.all("input") if f.get("name") in {"seen_sheet", "seen_row", "header_row"}}
    again = send(browser, factory, "x.csv", data, **seen, employee_number="A", name="C", line="")
    assert again.status == 303 and again.location != address
    preview = browser.get(again.location).text
    assert "Other Name" in preview and "Real Name" not in preview and "Line 1" not in preview


def test_hostile_names_are_text(browse: Browse) -> None:
    factory = factories.factory(name=f"Factory {HOSTILE}")
    browser = manager(browse, factory)
    data = f'Employee No,Name,Line\n1,"{HOSTILE}","{HOSTILE}"\n2,=HYPERLINK("x"),\n'.encode()
    address = send(browser, factory, f"{HOSTILE}.csv", data).location
    pages = [browser.get(address)]
    browser.post(f"{address}/application")
    pages += [browser.get(a) for a in (address, "/factories", f"/factories/{factory.code}/people", f"/factories/{factory.code}/roster")]
    for page in pages:
        assert "alert('sew')" in page.text
        assert not any("alert('sew')" in (script.text or "") for script in page.all("script"))


@pytest.mark.parametrize("address", ["/factories", "/factories/{code}", "/factories/{code}/people", "/factories/{code}/roster"])
def test_statements_do_not_grow(browse: Browse, address: str) -> None:
    factory = factories.factory()
    browser = manager(browse, factory)

    def statements(rows: int) -> int:
        for number in range(rows):
            factories.person(factory)
            factories.factory()
            previewing.preview_roster(
                accounts.actor(accounts.account(Role.ADMINISTRATOR)), factory, "x.csv", f"Employee No,Name\n{number},N\n".encode()
            )
        browser.get(address.format(code=factory.code))
        with counted() as run:
            assert browser.get(address.format(code=factory.code)).status == 200
        return len(run)

    few, many = statements(5), statements(45)
    assert few == many <= 25


def test_who_may_not_import_sees_no_roster(browse: Browse) -> None:
    factory = factories.factory()
    advisor = browse.as_account(accounts.account(Role.ADVISOR, programme=factory.programme))
    assert advisor.get(f"/factories/{factory.code}/roster").status == 404
    assert "Roster" not in advisor.get(f"/factories/{factory.code}").text
    assert browse.get(f"/factories/{factory.code}").location.startswith("/sign-in")
