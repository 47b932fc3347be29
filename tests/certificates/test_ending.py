"""Under review, revoked, issued anew: what becomes of a certificate, who decides it, and who is told."""

from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.policy import default
from fractions import Fraction

import pytest
import sqlalchemy as sa
from flask import Flask

from app.access.actor import SYSTEM, Actor
from app.access.roles import Role
from app.certificates import jobs, operations
from app.certificates.models import Certificate, CertificateNote
from app.certificates.queries import of_factory
from app.certificates.rules import Reason, State, draw_from, printed
from app.certificates.shown import shown
from app.completions.models import Completion
from app.factories.models import Factory
from app.notifications.person_data import PERSON_DATA
from app.notifications.reissued import jobs as reissued
from app.platform import clock
from app.platform.audit.models import AuditEntry
from app.platform.db import db
from app.platform.files import files
from app.platform.jobs.models import Job
from app.platform.mail.models import MailMessage
from app.platform.refusal import NotFound, Refused
from tests.certificates.test_operations import Story
from tests.make import accounts, certificates, factories


def _state(certificate: Certificate) -> State:
    db.session.expire_all()
    return shown(certificate).state


def _actions(certificate: Certificate) -> list[str]:
    found = sa.select(AuditEntry.action).where(AuditEntry.subject == f"certificate:{certificate.id}")
    return [action.partition(".")[2] for action in db.session.scalars(found.order_by(AuditEntry.id))]


def _held() -> tuple[Story, Certificate]:
    """A certificate whose file somebody has, of a real completion."""
    story = Story()
    story.complete()
    return story, certificates.drawn(db.session.query(Certificate).one())


def test_a_review_begins_and_ends_and_twice_is_once(app: Flask) -> None:
    _story, certificate = _held()
    for _ in range(2):
        operations.suspend(SYSTEM, certificate.id, Reason.CHECKED, "The list of names looks strange.")
    assert _state(certificate) is State.SUSPENDED
    assert shown(certificate).reason == "What it rests on is being checked."
    assert db.session.query(Completion).one().withdrawn_at is None, "nothing is decided yet"
    assert db.session.query(CertificateNote).count() == 1
    for _ in range(2):
        operations.reinstate(SYSTEM, certificate.id)
    assert _state(certificate) is State.VALID
    assert _actions(certificate) == ["issue", "draw", "suspend", "reinstate"]


def test_revoking_is_for_good_and_what_it_certified_counts_no_more(app: Flask) -> None:
    story, certificate = _held()
    for _ in range(2):
        operations.revoke_one(SYSTEM, certificate.id, Reason.RULE_NOT_MET)
    assert _state(certificate) is State.REVOKED
    assert shown(certificate).reason == "A review found that the rule of the course was not met."
    assert db.session.query(Completion).one().withdrawn_at is not None
    story.complete()
    assert db.session.query(Certificate).count() == 1, "the same results do not bring it back"
    for verb in (lambda: operations.suspend(SYSTEM, certificate.id, Reason.CHECKED), lambda: operations.reinstate(SYSTEM, certificate.id)):
        with pytest.raises(Refused):
            verb()
    assert _actions(certificate) == ["issue", "draw", "revoke"]


def test_issued_anew_with_what_is_known_now_and_both_stay(app: Flask) -> None:
    story, old = _held()
    key, number, until = old.file_key, old.number, old.valid_until
    story.person.name = "Sok Daravuth"
    new = operations.reissue(SYSTEM, old.id, Reason.NAME)
    assert operations.reissue(SYSTEM, old.id, Reason.LOOK).id == new.id, "a second time answers the same"
    assert _state(old) is State.REPLACED
    assert (old.replaced_by_id, old.file_key, old.number, old.face["latin_name"]) == (new.id, key, number, "Sok Dara")
    assert files().get(key or "")
    assert (new.face["latin_name"], new.valid_until, new.completion_id) == ("Sok Daravuth", until, old.completion_id)
    assert _state(new) is State.VALID
    assert new.code != old.code
    assert db.session.query(Job).filter_by(kind="certificates.draw").count() == 2
    assert db.session.query(Completion).count() == 1
    story.reach("meetings", Fraction(0))
    assert (_state(old), _state(new)) == (State.REPLACED, State.REVOKED), "a correction ends the one in force"


def test_what_was_revoked_by_mistake_is_issued_anew(app: Flask) -> None:
    _story, old = _held()
    operations.revoke_one(SYSTEM, old.id, Reason.IN_ERROR)
    with pytest.raises(Refused):
        operations.reissue(SYSTEM, old.id, Reason.CONTENTS)
    new = operations.reissue(SYSTEM, old.id, Reason.CONTENTS, of_revoked=True)
    assert operations.reissue(SYSTEM, old.id, Reason.CONTENTS, of_revoked=True).id == new.id
    assert (_state(old), _state(new)) == (State.REVOKED, State.VALID)
    assert db.session.query(Completion).one().withdrawn_at is None


def test_a_correction_is_not_undone_by_issuing_anew(app: Flask) -> None:
    certificate = certificates.certificate()
    db.session.get_one(Completion, certificate.completion_id).withdrawn_at = clock.now()
    operations.revoke(certificate.completion_id, Reason.CORRECTED)
    with pytest.raises(Refused):
        operations.reissue(SYSTEM, certificate.id, Reason.NAME, of_revoked=True)
    assert db.session.query(Certificate).count() == 1


def test_under_review_nothing_is_issued_anew(app: Flask) -> None:
    _story, certificate = _held()
    operations.suspend(SYSTEM, certificate.id, Reason.CHECKED)
    with pytest.raises(Refused):
        operations.reissue(SYSTEM, certificate.id, Reason.NAME)
    operations.revoke_one(SYSTEM, certificate.id, Reason.ASKED)
    assert _state(certificate) is State.REVOKED


def test_who_may(app: Flask) -> None:
    certificate = certificates.certificate()
    factory = db.session.get_one(Factory, certificate.factory_id)
    own, abroad = factory.programme, factories.programme("BD", zone="Asia/Dhaka", country="BD")

    def somebody(role: Role, **where: object) -> Actor:
        return accounts.actor(accounts.account(role, **where))

    for actor in (
        somebody(Role.TRAINER, programme=own), somebody(Role.ADVISOR, programme=own),
        somebody(Role.FOCAL_POINT, factory=factory), somebody(Role.PROGRAMME_MANAGER, programme=abroad), Actor(),
        Actor(person_id=certificate.person_id),
    ):  # fmt: skip
        for verb in (operations.suspend, operations.revoke_one, operations.reissue):
            with pytest.raises(NotFound):
                verb(actor, certificate.id, Reason.CHECKED)
        with pytest.raises(NotFound):
            operations.reinstate(actor, certificate.id)
    operations.suspend(somebody(Role.PROGRAMME_MANAGER, programme=own), certificate.id, Reason.CHECKED)
    assert _state(certificate) is State.SUSPENDED


# Waiting


def _drawn_nothing(certificate: Certificate) -> None:
    """It holds no longer: whatever the job does, there is no file."""
    jobs.draw(certificate.id).write()
    db.session.expire_all()
    assert certificate.file_key is None


@pytest.mark.parametrize(
    ("zone", "issued", "days", "expected"),
    [
        ("Asia/Phnom_Penh", datetime(2026, 11, 20, 20, tzinfo=UTC), 3, datetime(2026, 11, 23, 17, tzinfo=UTC)),
        ("Africa/Cairo", datetime(2026, 4, 22, 9, tzinfo=UTC), 2, datetime(2026, 4, 23, 22, tzinfo=UTC)),
        ("Asia/Dhaka", datetime(2028, 2, 28, 9, tzinfo=UTC), 1, datetime(2028, 2, 28, 18, tzinfo=UTC)),
        ("Asia/Dhaka", datetime(2028, 2, 28, 9, tzinfo=UTC), 0, None),
    ],
)
def test_days_of_waiting_are_those_of_the_programme(zone: str, issued: datetime, days: int, expected: datetime | None) -> None:
    assert draw_from(issued, days, zone) == expected


def test_the_file_waits_and_a_correction_meanwhile_leaves_no_trace_in_lists(app: Flask, fonts: object) -> None:
    factories.programme().certificate_wait_days = 3
    story = Story()
    story.complete()
    certificate = db.session.query(Certificate).one()
    said, job = shown(certificate), db.session.query(Job).filter_by(kind="certificates.draw").one()
    assert job.run_at == certificate.draw_from
    assert said.made_on is not None
    assert said.made_on - said.face.issued_on == timedelta(days=3)
    accounts.account(Role.FOCAL_POINT, factory=story.factory)
    story.reach("meetings", Fraction(0))
    _drawn_nothing(certificate)
    assert db.session.query(MailMessage).count() == 0, "nobody ever had it"
    story.complete()
    assert [row.id for row in db.session.scalars(of_factory(story.factory.id))] == [certificate.id + 1]


def test_the_draw_asks_again_whether_the_completion_holds(app: Flask, fonts: object) -> None:
    certificate = certificates.certificate()
    db.session.get_one(Completion, certificate.completion_id).withdrawn_at = clock.now()
    _drawn_nothing(certificate)


# Mails


def _mails() -> list[tuple[str, str, str]]:
    """Recipient, subject and text of each mail, as it travels."""
    rows = db.session.scalars(sa.select(MailMessage).order_by(MailMessage.id)).all()
    read = [message_from_bytes(row.raw, policy=default) for row in rows]
    return [(row.recipient, str(m["Subject"]), m.get_body(("plain",)).get_content()) for row, m in zip(rows, read, strict=True)]


def test_the_factory_and_the_person_are_told_once_of_each_change(app: Flask) -> None:
    factory = factories.factory()
    person = factories.person(factory, name="Sok Dara", local_name=None, email="Dara@People.example", language="en")
    speaker = accounts.account(Role.FOCAL_POINT, factory=factory, language="en")
    certificate = certificates.drawn(certificates.certificate(person, factory))
    number = certificate.number
    for _ in range(2):
        operations.suspend(SYSTEM, certificate.id, Reason.CHECKED)
    for _ in range(2):
        operations.reinstate(SYSTEM, certificate.id)
    new = certificates.drawn(operations.reissue(SYSTEM, certificate.id, Reason.NAME))
    operations.revoke_one(SYSTEM, new.id, Reason.ASKED)
    for _ in range(2):
        reissued.tell_factory(factory.id).write()
    told = _mails()
    first, anew, last = (
        [f"Certificate {number} is under review", f"Certificate {number} holds again"],
        f"Certificate {number} was issued anew", f"Certificate {new.number} was revoked",
    )  # fmt: skip
    for reader, subjects in (
        (speaker.email, [*first, last, "1 certificate was issued anew"]), ("dara@people.example", [*first, anew, last]),
    ):  # fmt: skip
        assert [subject for to, subject, _text in told if to == reader] == subjects
    assert len(told) == 8
    replaced = next(text for to, subject, text in told if to == speaker.email and "anew" in subject)
    for words in ("Sok Dara", number, new.number, "The name was corrected.", f"http://localhost/certificates/{certificate.id}"):
        assert words in replaced, words
    revoked = next(text for to, subject, text in told if to == "dara@people.example" and "revoked" in subject)
    assert f"/verify/{printed(new.code)}" in revoked
    assert "The person whom it names asked for it." in revoked


def test_many_that_are_issued_anew_are_one_list_to_the_factory(app: Flask) -> None:
    factory = factories.factory()
    speaker = accounts.account(Role.FOCAL_POINT, factory=factory, language="en")
    made = [
        certificates.drawn(certificates.certificate(factories.person(factory, name=name), factory))
        for name in ("Sok Dara", "Chan Thida", "Keo Sophea")
    ]
    new = [operations.reissue(SYSTEM, one.id, Reason.CONTENTS) for one in made]
    kept = db.session.query(Job).filter_by(kind="notifications.certificates_reissued").all()
    assert 1 <= len(kept) <= 2, "one for each half hour"
    for job in kept:
        reissued.tell_factory(**job.payload).write()
    [(to, subject, text)] = _mails()
    assert (to, subject) == (speaker.email, "3 certificates were issued anew")
    for words in ("Sok Dara", "Chan Thida", "Keo Sophea", *(one.number for one in (*made, *new))):
        assert words in text, words


def test_in_the_language_of_the_reader(app: Flask) -> None:
    factory = factories.factory()
    accounts.account(Role.FOCAL_POINT, factory=factory, language="ar")
    certificate = certificates.drawn(certificates.certificate(factories.person(factory), factory))
    operations.suspend(SYSTEM, certificate.id, Reason.CHECKED)
    [mail] = db.session.query(MailMessage)
    assert message_from_bytes(mail.raw, policy=default).get_body(("html",)).get_content().find('dir="rtl"') > 0


def test_erasing_a_person_takes_the_mails_that_name_it(app: Flask) -> None:
    factory = factories.factory()
    person = factories.person(factory)
    accounts.account(Role.FOCAL_POINT, factory=factory)
    operations.suspend(SYSTEM, certificates.drawn(certificates.certificate(person, factory)).id, Reason.CHECKED)
    PERSON_DATA.erase([person.id])
    assert db.session.query(MailMessage).one().raw == b""


