"""What somebody learned at another factory is told by consent alone: on pages, in lists, files, mails and to programs."""

from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.policy import default

import pytest
import sqlalchemy as sa
from flask import Flask

from app.access.actor import SYSTEM
from app.access.roles import Role
from app.accounts.models import Account
from app.api.tokens.rules import TokenScope
from app.certificates.bundles.models import CertificateBundle
from app.completions.events import CourseCompleted
from app.coverage.subscribers import on_completed
from app.factories.models import Employment
from app.learning_record.operations import consenting
from app.notifications.renewals.operations import remind_renewals
from app.platform import clock
from app.platform.db import db
from app.platform.mail.models import MailMessage
from tests.browse import Browse
from tests.make import accounts, certificates, courses, coverage, factories
from tests.make.tokens import token

pytestmark = pytest.mark.slow


class Moved:
    """Somebody whose certificate of the factory before ends in forty days; a colleague's was issued here."""

    def __init__(self) -> None:
        self.old, self.new = factories.factory(name="Old Mill"), factories.factory(name="New Mill", language="en")
        self.version = courses.version("sst", titles={"en": "Leading A Line"}, validity_months=24)
        self.requirement = coverage.require(self.new.programme, self.version)
        self.until = clock.now() + timedelta(days=40)
        self.person = factories.person(self.old, name="Sok Dara", local_name=None, language="en", email="dara@people.example")
        self.certificate = self.certify(self.person, self.old, self.until)
        db.session.query(Employment).filter_by(person_id=self.person.id).update({"ended_on": clock.today("Asia/Phnom_Penh")})
        factories.employ(self.person, self.new, coverage.SUPERVISORS[0], number="N1")
        self.colleague = factories.person(self.new, name="Chan Thida", local_name=None)
        self.certify(self.colleague, self.new, self.until + timedelta(days=5))
        coverage.settle()
        self.speaker: Account = accounts.account(Role.FOCAL_POINT, factory=self.new, language="en")

    def certify(self, person: object, factory: object, until: datetime) -> object:
        made = certificates.certificate(person, factory, self.version, at=until - timedelta(days=720), valid_until=until)  # type: ignore[arg-type]
        on_completed(CourseCompleted(made.completion_id))
        return certificates.drawn(made)

    def consent(self) -> None:
        consenting.note_consent(SYSTEM, self.person.id, self.new.code)
        db.session.flush()


@pytest.fixture
def moved(app: Flask) -> Moved:
    return Moved()


def _mails() -> dict[str, str]:
    """Address -> text of the mails there."""
    found: dict[str, str] = {}
    for row in db.session.scalars(sa.select(MailMessage).where(MailMessage.kind == "certificates.renewal")):
        text = message_from_bytes(row.raw, policy=default).get_body(("plain",)).get_content()  # type: ignore[union-attr]
        found[row.recipient] = found.get(row.recipient, "") + text
    return found


def _remind(moved: Moved) -> dict[str, str]:
    tomorrow = clock.now() + timedelta(days=1)
    monday = datetime(tomorrow.year, tomorrow.month, tomorrow.day, 3, tzinfo=UTC)
    with clock.telling(monday + timedelta(days=-monday.weekday() % 7)):
        remind_renewals(moved.new.id)
    return _mails()


def test_the_weekly_mail_names_what_was_earned_here(moved: Moved) -> None:
    told = _remind(moved)
    assert "Chan Thida" in told[moved.speaker.email]
    assert "Sok Dara" not in told[moved.speaker.email]
    assert "Leading A Line" in told["dara@people.example"], "it is the person's own"


def test_the_weekly_mail_names_what_the_person_shows(moved: Moved) -> None:
    moved.consent()
    assert "Sok Dara" in _remind(moved)[moved.speaker.email]


def test_who_speaks_for_the_factory_hears_of_what_is_only_the_own(moved: Moved) -> None:
    moved.person.email = moved.speaker.email
    db.session.flush()
    _remind(moved)
    raw = [row.raw.decode() for row in db.session.scalars(sa.select(MailMessage).where(MailMessage.kind == "certificates.renewal"))]
    assert sorted("Your certificate ends soon" in each for each in raw) == [False, True]


def test_no_page_list_or_file_tells_it(moved: Moved, browse: Browse) -> None:
    focal, number, code = browse.as_account(moved.speaker), moved.certificate.number, moved.new.code
    pages = ["/certificates/renewals", f"/certificates/renewals?factory={code}", "/certificates/bundles", f"/factories/{code}", "/",
             f"/factories/{code}/certificates", f"/factories/{code}/record", f"/factories/{code}/record/print", f"/coverage/{code}"]
    for address in (*pages, f"/people/{moved.person.id}", f"/people/{moved.person.id}/transcript"):
        text = focal.get(address).response.text
        assert number not in text, address
        assert "Old Mill" not in text, address
    assert "Sok Dara" not in focal.get("/certificates/renewals").text
    assert "Leading A Line" not in focal.get(f"/people/{moved.person.id}/transcript").text
    assert focal.get(f"/certificates/{moved.certificate.id}").status == 404
    for ending in ("csv", "xlsx"):
        assert number.encode() not in focal.post("/certificates/renewals/table", {"ending": ending}).response.data
    assert number not in focal.post(f"/factories/{code}/record.csv").response.text
    focal.post(f"/factories/{code}/certificates.zip")
    [bundle] = db.session.query(CertificateBundle)
    assert moved.certificate.id not in bundle.certificates
    moved.consent()
    assert number in focal.get("/certificates/renewals").text
    assert "Leading A Line" in focal.get(f"/people/{moved.person.id}/transcript").text


def test_coverage_counts_it_and_says_no_more(moved: Moved, browse: Browse) -> None:
    focal, address = browse.as_account(moved.speaker), f"/coverage/{moved.new.code}/people?show=due"
    letter = f"/coverage/{moved.new.code}/letter"

    def row(page: str) -> str:
        rows = [" ".join("".join(tr.itertext()).split()) for tr in focal.get(page).all("tr")]
        return next(each for each in rows if "Sok Dara" in each)

    assert "learned elsewhere" in row(address)
    assert "ends soon" in row(letter)
    advisor = Browse(browse.app).as_account(accounts.account(Role.ADVISOR, programme=moved.new.programme))
    assert "learned elsewhere" not in advisor.get(address).text, "who sees both factories sees both"
    moved.consent()
    assert "learned elsewhere" not in focal.get(address).text
    assert "ends on" in row(letter)


def test_programs_read_no_more_than_people(moved: Moved, browse: Browse) -> None:
    scopes = TokenScope.COMPLETIONS_READ, TokenScope.CERTIFICATES_READ, TokenScope.PEOPLE_READ
    key = token(moved.speaker, *scopes)
    for consented in (False, True):
        if consented:
            moved.consent()
        for path in ("completions", f"completions?person={moved.person.id}", "certificates", f"people?factory={moved.new.code}"):
            text = browse.get(f"/api/v1/{path}", headers=key.header).response.text
            assert moved.old.code not in text, path
            assert moved.certificate.number not in text, path
        for path in (f"completions/{moved.certificate.completion_id}", f"certificates/{moved.certificate.id}"):
            assert browse.get(f"/api/v1/{path}", headers=key.header).status == 404
