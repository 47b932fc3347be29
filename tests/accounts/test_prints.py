"""Cards and PIN slips of a factory: ordered, printed by a job, fetched by whoever ordered them."""

import io
import re
from datetime import timedelta
from pathlib import Path

import pypdf
import pytest
from flask import Flask

from app.access.actor import SYSTEM
from app.access.roles import Role
from app.accounts import drawing
from app.accounts import operations as accounts
from app.accounts.models import PersonCard, PersonPin, PrintOrder
from app.accounts.operations import printing
from app.accounts.prints import AGAIN, MOST_PEOPLE
from app.factories.models import Factory, Person
from app.platform.audit.models import AuditEntry
from app.platform.clock import now, telling
from app.platform.db import db
from app.platform.documents.fonts import ROOT
from app.platform.files import files
from app.platform.jobs.cli import worker_of
from app.platform.refusal import Refused
from tests.browse import Browse
from tests.make import accounts as make_accounts
from tests.make import factories


@pytest.fixture
def factory(app: Flask) -> Factory:
    """Nine people on two lines."""
    made = factories.factory("KH-GOLD", name="Golden Needle")
    for number in range(9):
        factories.person(made, name=f"Chan Thida {number}", local_name=f"ចាន់ ធីតា {number}", line="Line A" if number < 3 else "Line B")
    return made


@pytest.fixture
def office(browse: Browse, factory: Factory) -> Browse:
    return browse.as_account(make_accounts.account(Role.FOCAL_POINT, factory=factory))


def order(office: Browse, kind: str = "cards", line: int = 0, who: str = "all") -> str:
    """Order, print, and answer the address of the order."""
    path = "/factories/KH-GOLD/cards" + ("/pins" if kind == "pins" else "")
    reply = office.post(path, {f"{kind}-line": str(line), f"{kind}-who": who})
    assert reply.status == 303, reply.text
    worker_of(office.app).run_until_idle()
    return reply.location


def text_of(pdf: bytes) -> list[str]:
    return [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages]


def line_id(office: Browse, name: str) -> int:
    page = office.get("/factories/KH-GOLD/cards")
    return next(int(option.get("value")) for option in page.all("option") if option.text == name)


def test_cards_of_a_factory_are_one_pdf_with_eight_on_a_page(office: Browse, factory: Factory) -> None:
    assert "9 people work here" in office.get("/factories/KH-GOLD/cards").text
    address = order(office)
    assert "The cards are ready." in office.get(address).text
    reply = office.post(f"{address}/file")
    assert reply.response.mimetype == "application/pdf"
    assert "attachment" in reply.response.headers["Content-Disposition"]
    pages = text_of(reply.response.data)
    assert [len(re.findall(r"Chan Thida \d", page)) for page in pages] == [8, 1]
    assert "Line A" in pages[0]
    assert "Golden Needle" in pages[0]
    assert not re.search(r"\b\d{6}\b", "".join(pages)), "a PIN is never printed on a card"
    assert db.session.query(PersonCard).count() == 9
    entry = db.session.query(AuditEntry).filter_by(action="accounts.print_cards").one()
    assert len(entry.details["people"]) == 9
    assert office.post(f"{address}/file").status == 200, "cards may be fetched again within their day"


def test_only_new_and_one_line(office: Browse, factory: Factory) -> None:
    first = line_id(office, "Line A")
    address = order(office, line=first)
    assert len(text_of(office.post(f"{address}/file").response.data)) == 1
    assert db.session.query(PersonCard).count() == 3
    order(office, who="new")
    assert {len(row.people) for row in db.session.query(PrintOrder)} == {3, 6}
    refused = office.post("/factories/KH-GOLD/cards", {"cards-line": "0", "cards-who": "new"})
    assert (refused.status, "There is nobody to print for." in refused.text) == (409, True)
    tokens = {row.token for row in db.session.query(PersonCard)}
    order(office)
    assert {row.token for row in db.session.query(PersonCard)} == tokens, "printing again makes no card worthless"


def test_the_code_holds_the_token_and_nothing_else(office: Browse, factory: Factory, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[str] = []
    monkeypatch.setattr("app.accounts.drawing.qr_svg", lambda text: drawn.append(text) or "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>")
    order(office)
    assert len(set(drawn)) == 9
    for address in drawn:
        assert re.fullmatch(r"http://localhost/card/[a-z2-7]{32}", address)


def test_slips_tell_new_pins_that_work_and_are_soon_deleted(office: Browse, factory: Factory) -> None:
    address = order(office, "pins", who="new")
    key = db.session.query(PrintOrder).one().file_key
    pages = text_of(office.post(f"{address}/file").response.data)
    pins = re.findall(r"^\d{6}$", "\n".join(pages), re.MULTILINE)
    assert len(pins) == 9
    assert db.session.query(PersonPin).count() == 9
    names = re.findall(r"Chan Thida \d", "".join(pages))
    assert len(names) == 9
    person = factory_person(names[0])
    assert any(_opens(person, pin) for pin in pins)
    worker_of(office.app).run_until_idle()
    assert office.post(f"{address}/file").status == 200, "a download that broke off can be tried again"
    with telling(now() + AGAIN):
        worker_of(office.app).run_until_idle()
    assert not _is_kept(key)
    again = office.post(f"{address}/file")
    assert (again.status, "for minutes" in again.text) == (409, True)
    assert "This file was deleted" in office.get(address).text
    assert all(pin not in str(entry.details) for entry in db.session.query(AuditEntry) for pin in pins)


def test_slips_for_everybody_spend_the_pins_before_only_when_the_paper_is_there(office: Browse, factory: Factory) -> None:
    person = factory_person("Chan Thida 0")
    accounts.set_pin(SYSTEM, person, "4711")
    office.post("/factories/KH-GOLD/cards/pins", {"pins-line": "0", "pins-who": "all"})
    assert _opens(person, "4711"), "nobody stands there without a PIN while the paper is being made"
    worker_of(office.app).run_until_idle()
    assert not _opens(person, "4711")


def test_the_job_done_twice_changes_nothing(office: Browse, factory: Factory) -> None:
    order(office, "pins")
    before = {row.person_id: row.pin_hash for row in db.session.query(PersonPin)}
    handler = office.app.extensions["jobs"][0]["accounts.print"]
    handler(order_id=db.session.query(PrintOrder).one().id).write()
    assert {row.person_id: row.pin_hash for row in db.session.query(PersonPin)} == before


def test_only_whoever_ordered_sees_and_fetches_it_and_for_one_day(office: Browse, browse: Browse, factory: Factory) -> None:
    address = order(office)
    others = [
        browse.as_account(make_accounts.account(Role.FOCAL_POINT, factory=factory)),
        browse.as_account(make_accounts.account(Role.TRAINER, programme=factory.programme)),
        browse.as_account(make_accounts.account(Role.FOCAL_POINT, factory=factories.factory())),
    ]
    for other in others:
        assert other.get(address).status == 404
        assert other.get(f"{address}/progress").status == 404
        assert other.post(f"{address}/file").status == 404
    assert browse.post(f"{address}/file").status == 401
    made = db.session.query(PrintOrder).one()
    key, made.finished_at = made.file_key, now() - timedelta(hours=24, minutes=1)
    assert office.post(f"{address}/file").status == 409
    office.app.extensions["jobs"][0]["accounts.delete_old_prints"]().write()
    assert not _is_kept(key)
    assert db.session.query(PrintOrder).one().file_key is None


def test_who_may_not_give_pins_prints_nothing(browse: Browse, factory: Factory) -> None:
    advisor = browse.as_account(make_accounts.account(Role.ADVISOR, programme=factory.programme))
    assert advisor.get("/factories/KH-GOLD/cards").status == 404
    assert advisor.post("/factories/KH-GOLD/cards", {"cards-line": "0", "cards-who": "all"}).status == 404


@pytest.mark.parametrize("form", [{}, {"cards-line": "x", "cards-who": "all"}, {"cards-line": "999999", "cards-who": "all"}, {"cards-line": "0", "cards-who": "x"}])
def test_forged_choices_print_nothing(office: Browse, factory: Factory, form: dict[str, str]) -> None:
    assert office.post("/factories/KH-GOLD/cards", form).status == 409
    assert db.session.query(PrintOrder).count() == 0


def test_a_card_is_replaced_and_revoked_on_the_page_of_the_pin(office: Browse, factory: Factory) -> None:
    person = factory_person("Chan Thida 0")
    assert "This person has no card." in office.get(f"/factories/KH-GOLD/people/{person}/pin").text
    tokens = []
    for _ in range(2):
        address = office.post(f"/factories/KH-GOLD/people/{person}/card").location
        worker_of(office.app).run_until_idle()
        assert len(text_of(office.post(f"{address}/file").response.data)) == 1
        tokens.append(db.session.query(PersonCard).filter_by(person_id=person, revoked_at=None).one().token)
    assert tokens[0] != tokens[1]
    assert "Revoke the card" in office.get(f"/factories/KH-GOLD/people/{person}/pin").text
    assert office.post(f"/factories/KH-GOLD/people/{person}/card/revocation").status == 303
    assert db.session.query(PersonCard).filter_by(person_id=person, revoked_at=None).count() == 0
    assert db.session.query(AuditEntry).filter_by(action="accounts.revoke_card").count() == 2


def test_names_that_no_font_can_draw_are_left_out_and_never_boxes(office: Browse, factory: Factory) -> None:
    factories.person(factory, name="Ny Rotha", local_name="\U0001f600 \ue000", line="Line B")
    factories.person(factory, name="\ue001\ue002", local_name=None, line="Line B")
    address = order(office)
    text = "".join(text_of(office.post(f"{address}/file").response.data))
    assert "Ny Rotha" in text
    assert text.count("Chan Thida") == 9


@pytest.mark.slow
def test_hostile_names_are_printed_as_they_stand(office: Browse, factory: Factory) -> None:
    for name in ('#read("/etc/passwd")', "$(id) `x` \\ \" ' & <b>", "A" * 300, "=1+1", "\u202eevil\u202c"):
        factories.person(factory, name=name, local_name=None, line="Line B")
    address = order(office)
    text = "".join(text_of(office.post(f"{address}/file").response.data))
    assert '#read("/etc' in text
    assert "root:" not in text


def test_a_factory_too_large_for_one_paper_prints_line_by_line(office: Browse, factory: Factory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(printing, "MOST_PEOPLE", 8)
    refused = office.post("/factories/KH-GOLD/cards", {"cards-line": "0", "cards-who": "all"})
    assert (refused.status, "Print line by line." in refused.text) == (409, True)
    order(office, line=line_id(office, "Line B"))


def factory_person(name: str) -> int:
    return db.session.query(Person).filter_by(name=name).one().id


def _opens(person_id: int, pin: str) -> bool:
    try:
        accounts.sign_in_person(person_id, pin, training_id=None, device="test")
    except Refused:
        return False
    return True


def _is_kept(key: str) -> bool:
    return Path(files().path(key)).exists()


@pytest.mark.any_engine
@pytest.mark.slow
def test_the_largest_paper_stays_within_the_memory_of_the_press() -> None:
    names = (("km", "សុខ ស្រីមុំ"), ("ar", "محمود الزعبي"), ("bn", "রহিমা খাতুন"), ("vi", ""))
    people = [
        drawing.Card(f"Person {number}", local, language, f"E{number}", "Line 1", "Scan this code.", "en", qr=drawing.code(f"x/{number:032}"))
        for number, (language, local) in enumerate(names * (MOST_PEOPLE // 4))
    ]
    sheet = drawing.Sheet("Cards", "Golden Needle", now().date())
    pdf, mended = drawing.draw(sheet, people, fonts=ROOT / "build" / "fonts")
    assert (len(pypdf.PdfReader(io.BytesIO(pdf)).pages), mended) == (MOST_PEOPLE // 8, 0)
