"""What a person learned, who sees it, and that the person decides."""

import io
from datetime import date, timedelta

import pypdf
import pytest
from flask import Flask

from app.access.actor import SYSTEM
from app.access.roles import Role
from app.factories.consents.models import HistoryConsent
from app.factories.merging import operations as merging
from app.factories.models import Employment, Factory, Person
from app.factories.rules import EndReason, JobRole
from app.learning_record.operations import consenting
from app.learning_record.queries import transcripts
from app.platform import clock
from app.platform.audit.models import AuditEntry
from app.platform.db import db
from tests.browse import Browse
from tests.make import accounts, certificates, completions, courses, factories
from tests.make.statements import counted


class Moved:
    """Somebody learned at one factory and works at another now."""

    def __init__(self, **values: object) -> None:
        self.old, self.new = factories.factory(name="Old Mill"), factories.factory(name="New Mill")
        self.person: Person = factories.person(self.old, name="Sok Dara", **values)
        version = courses.version(titles={"en": "Leading A Line"})
        certificates.certificate(self.person, self.old, version)
        job = self.person_job(self.old)
        job.ended_on, job.end_reason = date(2026, 11, 22), EndReason.MOVED_FACTORY
        factories.employ(self.person, self.new, JobRole.SUPERVISOR, number="N1")
        self.page = f"/people/{self.person.id}"

    def person_job(self, factory: Factory) -> Employment:
        return db.session.query(Employment).filter_by(person_id=self.person.id, factory_id=factory.id).one()

    def focal(self, browse: Browse, factory: Factory) -> Browse:
        return browse.as_account(accounts.account(Role.FOCAL_POINT, factory=factory))


@pytest.fixture
def moved(app: Flask) -> Moved:
    return Moved(language="en")


def test_the_new_factory_sees_what_was_before_by_consent_alone(moved: Moved, browse: Browse) -> None:
    new, own = moved.focal(browse, moved.new), Browse(browse.app).as_person(moved.person.id)
    for address in (moved.page, f"{moved.page}/transcript"):
        assert "Leading A Line" not in new.get(address).text
    assert own.post("/transcript/consent", data={"shared_with": moved.new.code}).status == 303
    for address in (moved.page, f"{moved.page}/transcript"):
        assert "Leading A Line" in new.get(address).text
    assert own.post("/transcript/consent/withdrawal", data={"shared_with": moved.new.code}).status == 303
    assert "Leading A Line" not in new.get(f"{moved.page}/transcript").text
    acts = [(row.action, row.details["how"]) for row in db.session.query(AuditEntry) if row.action.startswith("record.")]
    assert acts == [("record.consent", "own_page"), ("record.withdraw_consent", "own_page")]


def test_the_old_factory_goes_on_seeing_what_was_learned_there(moved: Moved, browse: Browse) -> None:
    assert "Leading A Line" in moved.focal(browse, moved.old).get(moved.page).text


def test_a_consent_on_paper_is_written_down_and_taken_back(moved: Moved, browse: Browse) -> None:
    new, address = moved.focal(browse, moved.new), f"{moved.page}/consents/{moved.new.code}"
    assert new.post(address).status == 303
    assert new.post(address).status == 303
    page = new.get(moved.page)
    assert "Leading A Line" in page.text
    assert "on paper" in page.text
    assert new.post(f"{address}/withdrawal").status == 303
    assert "Leading A Line" not in new.get(moved.page).text
    assert db.session.query(HistoryConsent).count() == 1


def test_nobody_consents_for_another_factory(moved: Moved, browse: Browse) -> None:
    new = moved.focal(browse, moved.new)
    assert new.post(f"{moved.page}/consents/{moved.old.code}").status == 404
    stranger = factories.person(moved.old)
    assert new.post(f"/people/{stranger.id}/consents/{moved.new.code}").status == 404
    own = Browse(browse.app).as_person(moved.person.id)
    for code in (moved.old.code, "nowhere", ""):
        assert own.post("/transcript/consent", data={"shared_with": code}).status == 409
    trainer = browse.as_account(accounts.account(Role.TRAINER, programme=moved.new.programme))
    assert trainer.post(f"{moved.page}/consents/{moved.new.code}").status in {403, 404}
    assert db.session.query(HistoryConsent).count() == 0


def test_a_consent_ends_with_the_work(moved: Moved, browse: Browse) -> None:
    new = moved.focal(browse, moved.new)
    new.post(f"{moved.page}/consents/{moved.new.code}")
    job = moved.person_job(moved.new)
    job.ended_on, job.end_reason = date(2026, 11, 23), EndReason.LEFT
    db.session.flush()
    assert "Leading A Line" not in new.get(moved.page).text
    own = Browse(browse.app).as_person(moved.person.id)
    assert "You do not work there any more" in own.get("/transcript").text


def test_a_consent_does_not_come_back_with_a_person_who_is_hired_again(
    moved: Moved, browse: Browse
) -> None:
    new = moved.focal(browse, moved.new)
    new.post(f"{moved.page}/consents/{moved.new.code}")
    job = moved.person_job(moved.new)
    job.ended_on, job.end_reason = clock.now().date() + timedelta(days=10), EndReason.LEFT
    again = factories.employ(moved.person, moved.new, JobRole.SUPERVISOR, number="N2")
    again.started_on = job.ended_on
    db.session.flush()
    assert "Leading A Line" in new.get(moved.page).text, "another role or line is the same work"
    again.started_on += timedelta(days=1)
    db.session.flush()
    assert "Leading A Line" not in new.get(moved.page).text
    assert "Leading A Line" not in new.get(f"{moved.page}/transcript").text
    own = Browse(browse.app).as_person(moved.person.id)
    assert "This factory does not see what you learned elsewhere." in own.get("/transcript").text
    later = clock.now() + timedelta(days=12)
    with clock.telling(later):
        consenting.note_consent(SYSTEM, moved.person.id, moved.new.code)
        consenting.note_consent(SYSTEM, moved.person.id, moved.new.code)
    db.session.flush()
    assert "Leading A Line" in new.get(moved.page).text
    rows = db.session.query(HistoryConsent).order_by(HistoryConsent.id)
    assert [each.withdrawn_at is None for each in rows] == [False, True]


def test_the_own_page_shows_everything(moved: Moved, browse: Browse) -> None:
    own = browse.as_person(moved.person.id)
    page = own.get("/transcript")
    assert "Leading A Line" in page.text
    assert "New Mill" in page.text
    assert "Old Mill" in page.text
    assert browse.as_account(accounts.account(Role.ADMINISTRATOR)).get("/transcript").status == 404


@pytest.mark.parametrize("language", ["km", "ar", "en"])
def test_the_paper_is_in_the_language_of_the_person(app: Flask, browse: Browse, language: str) -> None:
    moved = Moved(language=language, local_name="سوك دارا" if language == "ar" else "សុខ ដារ៉ា")
    found = browse.as_person(moved.person.id).get("/transcript.pdf")
    assert found.response.headers["Content-Type"] == "application/pdf"
    told = pypdf.PdfReader(io.BytesIO(found.response.data))
    words = "".join(page.extract_text() for page in told.pages)
    assert "Leading A Line" in words
    assert ("Completed courses" in words) is (language == "en")
    old = moved.focal(browse, moved.old)
    assert old.get(f"{moved.page}/transcript.pdf").response.data == found.response.data


def test_statements_of_a_transcript_do_not_grow(moved: Moved, browse: Browse) -> None:
    old, costs = moved.focal(browse, moved.old), []
    for _ in range(2):
        for _ in range(3):
            completions.completion(moved.person, courses.version(), moved.old)
        with counted() as statements:
            old.get(f"{moved.page}/transcript")
        costs.append(len(statements))
    assert costs[0] == costs[1]


def test_a_transcript_does_not_read_the_records_of_others(moved: Moved) -> None:
    with counted() as statements:
        transcripts.own_transcript(moved.person.id)
    if db.session.get_bind().dialect.name != "sqlite":
        return
    connection = db.session.connection()
    for asked in statements:
        values = tuple(None for _ in range(asked.count("?")))
        plan = [row[-1] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {asked}", values)]
        assert not any(step.startswith("SCAN") for step in plan), plan


def test_merged_entries_have_one_transcript(moved: Moved, browse: Browse) -> None:
    twin = factories.person(moved.old, name="Sok Dara")
    certificates.certificate(twin, moved.old, courses.version(titles={"en": "Fire Safety"}))
    browse_new = moved.focal(browse, moved.new)
    browse_new.post(f"{moved.page}/consents/{moved.new.code}")
    merging.merge(SYSTEM, winner_id=moved.person.id, loser_id=twin.id)
    page = browse_new.get(f"{moved.page}/transcript").text
    assert "Fire Safety" in page
    assert "Leading A Line" in page
