"""The same small world three times: a factory, its twin in the same programme, and one in another programme.

Every name of the twins holds their `mark`, so that a single byte of theirs on somebody else's page is found.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from secrets import token_bytes, token_hex
from tempfile import TemporaryDirectory

import sqlalchemy as sa
from flask import current_app

from app.access.actor import SYSTEM
from app.access.roles import Role
from app.accounts.models import Account
from app.accounts.operations import printing
from app.accounts.prints import PrintKind
from app.api.tokens.rules import TokenScope
from app.attendance.guests.models import Guest
from app.attendance.kit.letters import letters
from app.attendance.kit.models import HeldMark, KitDevice, KitReceipt
from app.attendance.kit.rules import Detail, Kind, Result
from app.attendance.reports import operations as reports
from app.attendance.sheets import operations as sheets
from app.attendance.sheets.rules import Printed, Reference
from app.attendance.sheets.rules import token as seal
from app.certificates.bundles import operations as bundles
from app.certificates.bundles.rules import BundleKind, Wanted
from app.certificates.designs.models import Design
from app.certificates.models import SigningKey
from app.certificates.of_factories import operations as operations_of_factories
from app.certificates.signing import crl, keys
from app.content.authoring import operations
from app.courses.models import CourseVersion, LessonText, PathwayVersion, Unit
from app.courses.rules import UnitKind
from app.coverage.requirements.queries.listed import by_code
from app.factories import operations as rosters
from app.factories.merging import operations as merging
from app.factories.models import Factory, Person, Programme
from app.learning_record import operations as record
from app.learning_record.evidence import operations as packs
from app.learning_record.evidence.rules import Period
from app.learning_record.operations import earlier
from app.lessons.photos import keep
from app.platform.clock import now
from app.platform.db import db
from app.platform.files import files
from app.platform.files.photos import PhotoKind, clean
from app.platform.mail.models import MailMessage
from app.quizzes import operations as quizzes
from app.quizzes.booklets.queries import printed
from app.quizzes.models import Answer, Attempt, LateAnswer, Question, QuizAllowance
from app.quizzes.rules import AttemptState, Late
from app.quizzes.sheets import operations as paper_tests
from app.reports.periods import operations as periods
from app.reports.rules.period import Span
from app.reports.sharing.rules import Aggregate
from app.sessions import operations as sessions_verbs
from app.sessions.costs import operations as costs
from app.sessions.costs.operations import Paid
from app.sessions.feeds import operations as feeds
from app.sessions.feeds.rules import FeedKind, token
from app.sessions.models import Invitation, PlanningRules, Site, TrainingSession
from app.sessions.registers.models import Qualification
from app.sessions.replies.operations import receive
from app.sessions.rules import SiteKind, TrainingState
from app.sessions.service.rules import Payer
from tests.make import (
    accounts,
    ambassadors,
    attendance,
    certificates,
    content,
    courses,
    coverage,
    deliveries,
    demand,
    designs,
    diagnostics,
    drafts,
    effect,
    external,
    factories,
    factory_certificates,
    findings,
    followups,
    headcounts,
    lessons,
    registers,
    replies,
    requirements,
    roadmap,
    rooms,
    sessions,
    sharing,
    structure,
    tokens,
    visits,
    webhooks,
)
from tests.make import quizzes as quiz_rooms
from tests.make import surveys as survey_rooms

ROSTER = "Employee number,Name,Sex,Designation\n{number},{mark} Newcomer,F,Supervisor\n"
PLAN = {
    "language": "en", "zone": "Asia/Phnom_Penh", "venue": "Hall", "capacity_in_person": "20", "capacity_virtual": "0",
    **{
        f"half_days-{number}-{name}": value
        for number in (0, 1)
        for name, value in (
            ("day", f"{sessions.monday(9) + timedelta(days=number)}"), ("starts", "08:00"), ("ends", "12:00"),
            ("modality", "in_person"),
        )
    },
}
"""A plan as the form sends it; it lacks what the sender puts in, and the course."""


PATHWAY = "twin-pathway"


@dataclass
class World:
    """One factory and everything of it that an address can name."""

    mark: str
    programme: Programme
    factory: Factory
    person: Person
    trainer: Account
    focal_point: Account
    training: TrainingSession
    numbers: dict[str, object]
    """Arguments of addresses by name, but for `code`."""
    codes: dict[str, str]
    """Arguments called `code`: by endpoint, else by how the address begins, else by blueprint, else the factory's."""

    @property
    def people(self) -> list[str]:
        """What its people are called: nobody who sees numbers only may ever read it."""
        return [f"{self.mark} {name}" for name in ("Person", "Colleague", "Once", "Twice", "Newcomer", "មនុស្ស")]


def world(mark: str, programme: Programme, version: CourseVersion, trainer: Account | None = None) -> World:
    """A confirmed training session of one factory, with an open quiz and an attempt, a certificate, mails, a roster."""
    factory = factories.factory(name=f"{mark} Factory", local_name=f"{mark} រោងចក្រ", programme_id=programme.id)
    person = factories.person(
        factory, name=f"{mark} Person", local_name=f"{mark} មនុស្ស", email=f"{mark}@people.example"
    )
    teacher = trainer or accounts.account(
        Role.TRAINER, programme=programme, name=f"{mark} Trainer", email=f"{mark}@office.example"
    )
    speaker = accounts.account(
        Role.FOCAL_POINT, factory=factory, name=f"{mark} Speaker", email=f"{mark}@factory.example"
    )
    training = sessions.training(programme=programme, version=version, rooms=[factory], trainers=[teacher])
    seat = sessions.seat(training, factory, person)
    sessions_verbs.confirm(SYSTEM, training.id)
    unit = courses.unit(version, "post-test")
    quizzes.open_window(SYSTEM, training.id, unit.id, 30)
    attempt = quizzes.start(quiz_rooms.actor(person, training))
    window = survey_rooms.open_for(training, factory)
    paper_tests.make_forms(SYSTEM, training.id, unit.id)
    followups.planned(training, unit.id)
    certificate = certificates.certificate(person, factory, version, training_id=training.id)
    certificates.with_credential(certificates.drawn(certificate, mark.encode()))
    record.note_completion(certificate.completion_id)
    parts = _structure(mark, programme, factory, person)
    numbers = {
        "training_id": training.id, "number": 1, "person_id": person.id, "seat_id": seat.id, "unit_id": unit.id,
        "attempt_id": attempt.id, "question_id": _first_question(unit.id), "option": quiz_rooms.first_option(attempt), "certificate_id": certificate.id, "digest": certificate.file_key,
        "key_name": _signing_key(), "mail_id": _first_mail(training), "panel": "record", "unit": "lesson", "form": "evaluation", "window_id": window.id, "kind": "password", "token": rooms.opened(training, seat),
        "account_id": speaker.id, "grant_id": speaker.grants[0].id, "sign_in_id": 0, "passkey_id": 0,
        "factory_id": factory.id, "programme_id": programme.id, "group_id": factory.group_id,
        "meeting_id": training.meetings[0].id, "site_id": training.sites[1].id, "version_id": version.id,
        "log_id": _practised(mark, factory, person, version), "trainer_id": teacher.id, "helper_id": _helper(mark, training).grants[0].id,
        "guest_id": _guest(mark, training), "room_site_id": training.sites[1].id,
        **_answered(training), "sheet_photo_id": _signed(training), "sheet_code": _printed(training),
        "participant_id": _reported(mark, training),
        **_read_by_a_person(attempt),
        "check_in_id": attendance.check_in(training.meetings[0], person).id,
        "period_id": _frozen(mark, programme), "consent_id": sharing.given(factory, Aggregate.PERSONS, buyer=f"{mark} Buyer", by=speaker).consent.id,
        "cost_id": costs.add(SYSTEM, training.id, Paid(Payer.DONOR, mark, 100, "USD")).id, "indicator": "persons",
        **_held(training, person, teacher),
        "interest_id": demand.interest(factory, version.course, note=f"{mark} wish").id, "name": "picture.svg", "listed": "1-revocation", "ending": "json",
        **_certified(mark, programme, factory, version),
        **_registers(mark, programme, version, teacher),
        **_passed_on(mark, factory, person),
        **_required(mark, programme, factory, version),
        **_designed(mark, programme), **_people(mark, factory, speaker), **_calendar(speaker), **parts,
        "external_course_id": _course_elsewhere(mark, programme, factory, person), "external_iri": f"https://courses.example.org/{mark}",
        "name_id": external.other_name(person, f"{mark}@elsewhere.example").id, "numbering_id": external.numbering(factory, f"https://{mark}.example").id,
        **webhooks.sent(teacher, mark), **deliveries.sent(teacher), "id": 1, "token_id": tokens.token(speaker, TokenScope.FACTORIES_READ, name=f"{mark} program").row.id,
    }
    codes = {
        "": factory.code, "paper.scanned": printed(training.id, unit.id)[0].code, "programmes": programme.code, "groups": mark.upper(), "courses": version.course.code,
        "learn": version.course.code, "authoring": version.course.code,
        "pathways": PATHWAY, "join": training.code, "survey": training.code, "verification.verify": certificate.code, "credentials": certificate.code,
        "headcounts": factory.code, "registers": programme.code, "countries.one": programme.code, "factories.duplicates": programme.code, "factories.set_apart": programme.code,
        "indicators.settings": programme.code, "indicators.settle": programme.code,
    }
    return World(mark, programme, factory, person, teacher, speaker, training, numbers, codes)


def _signing_key() -> str:
    """Public halves of keys that sign no more."""
    if (known := db.session.query(SigningKey).first()) is not None:
        return known.name
    with TemporaryDirectory() as folder:
        made = keys.create(Path(folder) / "keys", "2026-01-01", "Seamwise", "http://localhost/crl", now())
        revoked = crl.make(keys.root(Path(folder) / "keys"), now(), 1)
    row = SigningKey(
        name=made.name, seal_chain=made.seal_chain, credential_public=made.credential_public, crl=revoked,
        made_at=now(), retired_at=now(),
    )  # fmt: skip
    db.session.add(row)
    db.session.flush()
    return row.name


def _certified(mark: str, programme: Programme, factory: Factory, version: CourseVersion) -> dict[str, object]:
    """A certificate of the factory itself."""
    rule = factory_certificates.rule(programme, version, name={"en": f"{mark} Rule"})
    certificate = factory_certificates.certificate(factory, rule)
    operations_of_factories.note_file(certificate.id, files().put(mark.encode()), None, left_out=False)
    return {"factory_certificate_id": certificate.id, "rule_number": rule.number}


def _course_elsewhere(mark: str, programme: Programme, factory: Factory, person: Person) -> int:
    """A course of somebody else that counts in the programme; the person passed it."""
    return external.passed(person, factory, external.course(programme, f"https://courses.example.org/{mark}", f"{mark} elsewhere")).course_id


def _designed(mark: str, programme: Programme) -> dict[str, object]:
    """The design of the programme, and who signs."""
    made = db.session.query(Design).filter_by(programme_id=programme.id).first()
    made = made or designs.design(programme, name=f"{mark} design", logo=True, is_published=False)
    signatory = designs.signatory(programme, f"{mark} Signatory")
    designs.sign(signatory)
    return {"design_id": made.id, "signatory_id": signatory.id}


def _signed(training: TrainingSession) -> int:
    """A photo of a signed sheet of the first half-day."""
    photo = sheets.keep_photo(SYSTEM, training.meetings[0].id, token_hex(16), lessons.photo())
    return photo.id


def _read_by_a_person(attempt: Attempt) -> dict[str, object]:
    """An open answer that waits for a reader, and one that came too late."""
    question = db.session.query(Question).filter_by(unit_id=attempt.unit_id, kind="essay").first()
    if question is None:
        texts = {"en": {"text": "Why?", "format": "plain"}}
        key = {"en": {"type": "essay", "text": "Why?", "format": "plain"}}
        question = Question(unit_id=attempt.unit_id, position=99, code="open", kind="essay", key=key, texts=texts)
        db.session.add(question)
        db.session.flush()
    read = Attempt(
        training_id=attempt.training_id, unit_id=attempt.unit_id, person_id=attempt.person_id, number=9, seed=1,
        state=AttemptState.SUBMITTED, question_ids=[question.id], started_at=now(), submitted_at=now(),
    )  # fmt: skip
    db.session.add(read)
    db.session.flush()
    answer = Answer(attempt_id=read.id, question_id=question.id, choice=["Because."], revision=1, saved_at=now())
    late = LateAnswer(attempt_id=read.id, question_id=question.id, choice=["So."], arrived_at=now(), why=Late.AFTER_TIME)
    db.session.add_all([answer, late])
    db.session.flush()
    allowed = QuizAllowance(
        training_id=attempt.training_id, unit_id=attempt.unit_id, person_id=attempt.person_id, attempts=9, at=now()
    )
    db.session.add(allowed)
    db.session.flush()
    return {"answer_id": answer.id, "late_id": late.id, "allowance_id": allowed.id}


def _reported(mark: str, training: TrainingSession) -> int:
    """A name in the report of the first half-day's meeting."""
    rows = f"Name (Original Name),User Email,Total Duration (Minutes),Guest\n{mark} Caller,,90,Yes\n"
    report = reports.receive(SYSTEM, training.meetings[0].id, [("report.csv", rows.encode())])
    return report.participants[0].id
def _guest(mark: str, training: TrainingSession) -> int:
    """Somebody whom nobody has found in the register yet."""
    guest = Guest(key=token_hex(16), training_id=training.id, name=f"{mark} Guest", created_at=now())
    db.session.add(guest)
    db.session.flush()
    return guest.id


def _printed(training: TrainingSession) -> str:
    """What the code on the sheet of the first half-day says."""
    reference = Reference(Printed.SHEET, training.meetings[0].id, training.sites[1].id)
    return seal(reference, current_app.config["SECRET_KEY"])
def _held(training: TrainingSession, person: Person, teacher: Account) -> dict[str, object]:
    """A mark that a phone brought too late."""
    device = KitDevice(
        code=letters(token_bytes(16)), account_id=teacher.id, pass_hash="0" * 64, made_at=now(), seen_at=now(), until=now(),
        revoked_at=None,
    )  # fmt: skip
    db.session.add(device)
    db.session.flush()
    meeting = training.meetings[0].id
    receipt = KitReceipt(
        record_id=token_hex(16), claim="", digest="0" * 64, device_id=device.id, account_id=teacher.id, kind=Kind.MARK,
        meeting_id=meeting, person_id=person.id, counter=1, device_at=None, result=Result.HELD, detail=Detail.NO_SHEET,
        sheet_id=None, may=False, at=now(),
    )  # fmt: skip
    db.session.add(receipt)
    db.session.flush()
    content = {"parts": "[]"}
    db.session.add(HeldMark(receipt_id=receipt.id, device_id=device.id, meeting_id=meeting, person_id=person.id, content=content, note=""))
    db.session.flush()
    return {"receipt_id": receipt.id, "device_id": device.id}


def _calendar(speaker: Account) -> dict[str, object]:
    """The calendar that who speaks for the factory subscribes to."""
    feed = feeds.subscribe(accounts.actor(speaker), FeedKind.FACTORY)
    secret = token(feed.id, feed.version, current_app.config["SECRET_KEY"])
    return {"calendar": "factory", "feed_id": feed.id, "secret": secret}


def _people(mark: str, factory: Factory, speaker: Account) -> dict[str, object]:
    """Further people of the factory: two that were one, a roster with a newcomer, cards for all of them."""
    colleague, once, twice = (
        factories.person(factory, name=f"{mark} {name}", local_name=None) for name in ("Colleague", "Once", "Twice")
    )
    text = ROSTER.format(number=f"{mark}1", mark=mark).encode()
    orderer = accounts.actor(speaker)
    return {
        "import_id": rosters.preview_roster(SYSTEM, factory, f"{mark}.csv", text).id,
        "other_id": colleague.id,
        "merge_id": merging.merge(SYSTEM, once.id, twice.id).id,
        "bundle_id": bundles.order(orderer, BundleKind.ZIP, Wanted(factory=factory.code)).id,
        "pack_id": packs.order(orderer, factory.code, Period(date(2024, 1, 1), date(2024, 6, 30), date(2024, 7, 31))).id,
        "order_id": printing.order_prints(orderer, factory, PrintKind.CARDS, None, only_new=False).id,
    }


def _structure(mark: str, programme: Programme, factory: Factory, person: Person) -> dict[str, object]:
    """A group, a holiday, a line, a committee with a member."""
    structure.group(mark.upper(), factory, name=f"{mark} Group")
    committee = structure.committee(factory)
    day = date(2026, 5, 1 + sum(map(ord, mark)) % 28)
    return {
        "holiday_id": structure.holiday(programme, day, name={"en": f"{mark} Day"}).id,
        "line_id": structure.line(factory, f"{mark} Line").id,
        "committee_id": committee.id,
        "member_id": structure.member(committee, person).id,
        "headcount_id": headcounts.headcount(factory, source=mark).id,
        "earlier_id": _earlier(mark, factory, person),
        "file_id": headcounts.file(factory, f"{mark}.csv").id,
        "finding_id": findings.finding(factory).id,
        "action_id": roadmap.action(factory).id,
        "diagnostic_id": diagnostics.filled(factory).id, "theme": "OS", "point": "OS-08",
        "service_id": visits.service(factory).id,
        "week_file_id": _weeks(mark, factory),
        "finding_import_id": findings.file(factory, f"{mark}-findings.csv").id,
    }


def _frozen(mark: str, programme: Programme) -> int:
    """A period of long ago, with its figures."""
    day = date(2020, 1, 1 + sum(map(ord, mark)) % 28)
    made = periods.open_period(SYSTEM, programme.code, f"{mark} period", Span(day, day))
    periods.freeze(SYSTEM, made.id)
    return made.id


def _weeks(mark: str, factory: Factory) -> int:
    """A file of weeks that was only looked at, after one that was applied."""
    effect.applied(factory, f"{mark}-weeks.csv", effect.text(lines=2, weeks=3))
    return effect.file(factory, f"{mark}-more.csv", effect.text(lines=2, weeks=4)).id


def _registers(mark: str, programme: Programme, version: CourseVersion, trainer: Account) -> dict[str, object]:
    """A room, an interpreter, a host account, a break; what the trainer may teach, and leave in a far year."""
    pause = {"name": {"en": f"{mark} Lunch"}, "starts": "12:00", "ends": "13:00", "days": [7]}
    db.session.query(PlanningRules).filter_by(programme_id=programme.id).delete()
    registers.rules(programme, breaks=[pause])
    qualification = db.session.query(Qualification).filter_by(programme_id=programme.id, account_id=trainer.id).first()
    return {
        "room_id": registers.room(programme=programme, name=f"{mark} Room").id, "times": "1200-1300",
        "interpreter_id": registers.interpreter(programme=programme, name=f"{mark} Interpreter").id,
        "host_id": registers.host(programme=programme, name=f"{mark} Host").id,
        "qualification_id": (qualification or registers.qualified(trainer, version, programme)).id,
        "absence_id": registers.away(trainer, date(2036, 1, 1)).id,
    }


def _passed_on(mark: str, factory: Factory, person: Person) -> dict[str, object]:
    """An ambassador, a session that she held for a colleague, a sample of it, a drill."""
    pathway = db.session.query(PathwayVersion).filter_by(fingerprint=PATHWAY).one()
    trainer = ambassadors.ambassador(factory, person, pathway)
    colleague = factories.person(factory, name=f"{mark} Colleague", local_name=None)
    held = ambassadors.session(factory, (colleague,), trainer, topic=f"{mark} topic", photo=mark)
    sample = ambassadors.sample(factory, (held, None), (held, colleague))
    return {
        "ambassador_id": trainer.id, "cascade_id": held.id, "sample_id": sample.id, "item_id": sample.items[0].id,
        "drill_id": ambassadors.drill(factory, photo=mark).id,
    }


def _required(mark: str, programme: Programme, factory: Factory, version: CourseVersion) -> dict[str, object]:
    """What the programme requires, a waiver that the factory has, and a draft."""
    required = by_code(programme.id, version.course.code)
    assert required is not None
    worker = factories.person(factory, name=f"{mark} Colleague", local_name=f"{mark} មនុស្ស")
    drafted = requirements.draft(programme, version.course_id, mark.lower())
    waiver = requirements.waiver(factory, required, worker)
    return {"requirement_id": required.id, "requirement_draft_id": drafted.id, "waiver_id": waiver.id, "requirement_kind": "role", "pack": "programme"}


def _practised(mark: str, factory: Factory, person: Person, version: CourseVersion) -> int:
    """A log of a practice task, with a photo."""
    kept = {"text": f"{mark} tried it", "photo_key": keep(clean(lessons.photo(mark=mark))), "photo_kind": PhotoKind.JPEG}
    lessons.begun(person, version, "lesson")
    return lessons.log(person, version, factory, "practice", **kept).id


def _helper(mark: str, training: TrainingSession) -> Account:
    return accounts.account(
        Role.CHECK_IN_HELPER, training=training, name=f"{mark} Helper", email=f"{mark}@helpers.example"
    )


def _answered(training: TrainingSession) -> dict[str, object]:
    """The first entry in a calendar, whose recipient proposed another time from the wrong address."""
    entry = db.session.query(Invitation).filter_by(meeting_id=training.meetings[0].id).order_by(Invitation.id).first()
    assert entry is not None
    replies.propose(entry)
    return {"invitation_id": entry.id, "incoming_id": receive(replies.answer(entry, sender="x@y.example")).id}


def _first_mail(training: TrainingSession) -> int | None:
    about = MailMessage.about == f"training:{training.id}"
    return db.session.scalars(sa.select(MailMessage.id).where(about)).first()


def twins() -> tuple[World, World, World]:
    """The own factory, another of the same programme - seated in the own training session as well -, and one abroad."""
    version = courses.version("twin-course", forms=survey_rooms.FORMS)
    content.attach(version)
    courses.media(version, "picture.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>")
    courses.pathway(PATHWAY, [{"course": "twin-course"}])
    writing = {
        "draft": _draft(), "language": "en", "layout": "morning", "part": "guide", "quiz": "test",
        "question_kind": "single",
    }
    courses.media(version, "aloud.mp3", b"ID3")
    for question in quiz_rooms.bank(courses.unit(version, "post-test").id):
        quiz_rooms.read_aloud(question, "aloud.mp3")
        quiz_rooms.show_picture(question, "picture.svg")
    db.session.add(LessonText(unit_id=courses.unit(version, "lesson").id, locale="en", html="<p>Plan.</p>"))
    task = {"code": "practice", "kind": UnitKind.PRACTICE, "position": 9, "minutes": 9, "titles": {"en": "Try"}, "objectives": {}}
    db.session.add(Unit(version_id=version.id, **task))
    here = factories.programme()
    abroad = factories.programme(
        "BD", zone="Asia/Dhaka", languages=["bn"], country="BD", name={"en": "Zqabroad Programme"}
    )
    for programme in (here, abroad):
        coverage.require(programme, version)
    own = world("Ownmark", here, version)
    other = world("Zqfactory", here, version)
    far = world("Zqabroad", abroad, version)
    for each in (own, other, far):
        each.numbers.update(writing)
    sessions.seat(own.training, other.factory, other.person)
    room = {"kind": SiteKind.FACTORY_ROOM, "name": other.factory.name, "factory_id": other.factory.id}
    db.session.add(Site(training_id=own.training.id, **room))
    other.training.state = TrainingState.CLOSED  # an open one is offered to every factory of its programme
    db.session.commit()
    return own, other, far


def _draft() -> int:
    """Courses belong to no programme, and so do their drafts: there is one for all worlds."""
    draft = drafts.draft()
    operations.write_file(SYSTEM, draft.id, "media/picture.svg", drafts.SVG.encode(), seen=0)
    return draft.id


def _first_question(unit_id: int) -> int:
    question = quiz_rooms.Question
    return db.session.scalars(sa.select(question.id).where(question.unit_id == unit_id)).first() or 0


def _earlier(mark: str, factory: Factory, person: Person) -> int:
    """A list of earlier trainings that was only looked at."""
    text = f"Employee No,Name,Training,Date\n,{person.name},{mark} course,2026-03-12\n"
    return earlier.preview_earlier(SYSTEM, factory.code, f"{mark}.csv", text.encode()).id
