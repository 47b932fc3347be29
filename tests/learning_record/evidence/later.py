"""What can happen after a pack was made: none of it may be seen in a pack of the same time and day."""

from collections.abc import Callable
from datetime import timedelta

import sqlalchemy as sa

from app.access.actor import SYSTEM
from app.accounts.models import Account
from app.attendance.operations import mark
from app.attendance.rules import Evidence, Mark
from app.attendance.sheets import retention as sheets_retention
from app.attendance.sheets.models import SheetPhoto
from app.attendance.sheets.operations import withdraw_photo
from app.certificates import operations as certificates_verbs
from app.certificates import retention as certificates_retention
from app.completions.operations import annul
from app.courses.models import Course, CourseVersion
from app.courses.rules import QuizPhase
from app.factories import people as details
from app.factories.merging.operations import merge, part
from app.factories.models import Employment, Line, PersonMerge
from app.factories.rules import JobRole
from app.platform import audit, clock
from app.platform.db import db
from app.platform.files import files
from app.quizzes.models import Attempt, Question
from app.sessions.models import Seat
from app.sessions.queries import seats_of
from tests.make import attendance, certificates, evidence, factories, quizzes, requirements, results, roadmap
from tests.make.evidence import HELD, Site


def everything() -> Site:
    """A site with a test that seven took, an action and a requirement beside what each has."""
    site = evidence.site(3)
    with clock.telling(HELD):
        quiz = results.quiz(site.version, f"test-{site.factory.id}", QuizPhase.POST)
        questions = quizzes.bank(quiz.id, count=2)
        who = [*site.people, *attendance.people(site.training, 4, site.factory)]
        results.crowd(site.training, quiz.id, questions, _choose, who)
        roadmap.action(site.factory, site.version)
        for _once in range(2):
            evidence.sheet_photo(site)
        mark(site.trainer, site.meetings[1].id, site.people[0].id, Mark.PRESENT, Evidence.SIGNED_SHEET)
        requirements.requirement(site.factory.programme, site.version.course_id, f"req-{site.factory.id}")
        audit.record(SYSTEM, "attendance.close", f"factory:{site.factory.id}")
        db.session.query(Employment).filter_by(person_id=site.people[0].id).update({"line_id": _line(site).id})
    return site


def _choose(person: int, question: int) -> list[str]:
    return ["0" if (person + question) % 3 else "1"]


def _line(site: Site) -> Line:
    row = Line(factory_id=site.factory.id, name=f"Line {site.factory.id}")
    db.session.add(row)
    db.session.flush()
    return row


def corrected_mark(site: Site) -> None:
    mark(site.trainer, site.meetings[0].id, site.people[0].id, Mark.ABSENT, Evidence.CORRECTION)


def late_mark(site: Site) -> None:
    mark(site.trainer, site.meetings[1].id, site.people[1].id, Mark.LATE)


def late_photo(site: Site) -> None:
    evidence.sheet_photo(site)


def photo_taken_back(site: Site) -> None:
    withdraw_photo(site.trainer, site.meetings[0].id, _photos(site)[0])


def photo_ran_out(site: Site) -> None:
    for key in sheets_retention.forget(_photos(site)):
        files().delete(key)


def late_report(site: Site) -> None:
    evidence.report(site, site.people[1])


def _photos(site: Site) -> list[int]:
    return [row.id for row in db.session.query(SheetPhoto).filter_by(meeting_id=site.meetings[0].id).order_by(SheetPhoto.id)]


def late_attempt(site: Site) -> None:
    """Somebody's answers of that day arrive: a paper was found."""
    first = db.session.query(Attempt).filter_by(training_id=site.training.id).first()
    assert first is not None
    questions = db.session.query(Question).filter_by(unit_id=first.unit_id).order_by(Question.position).all()
    [person] = attendance.people(site.training, 1, site.factory)
    with clock.telling(HELD):
        results.attempt(site.training, first.unit_id, person, questions, [["1"], ["0"]])


def late_seat(site: Site) -> None:
    """One who was marked there is found to be of this factory."""
    seat = db.session.query(Seat).filter_by(training_id=site.training.id, person_id=site.foreign.id).one()
    seat.factory_id = site.factory.id


def lost_seat(site: Site) -> None:
    """By the hand of an operator: no verb deletes a seat."""
    db.session.query(Seat).filter_by(training_id=site.training.id, person_id=site.people[1].id).delete()


def joined(site: Site) -> None:
    merge(SYSTEM, site.people[2].id, site.people[1].id)


def parted(site: Site) -> None:
    found = db.session.query(PersonMerge).filter_by(winner_id=site.people[2].id).order_by(PersonMerge.id.desc()).first()
    if found is not None and found.undone_at is None and len(_seats(site, found)) == 2:
        part(SYSTEM, found.id)


def _seats(site: Site, of: PersonMerge) -> dict[int, Seat]:
    return seats_of(site.training.id, [of.winner_id, of.loser_id])


def renamed_person(site: Site) -> None:
    details.correct(SYSTEM, site.people[0].id, {"name": "Another Name", "local_name": "ឈ្មោះ"})


def other_sex(site: Site) -> None:
    details.correct(SYSTEM, site.people[0].id, {"sex": "M"})


def other_number(site: Site) -> None:
    job = db.session.query(Employment).filter_by(person_id=site.people[0].id).one()
    job.employee_number = job.number_key = f"n{job.id}"


def moved_person(site: Site) -> None:
    db.session.query(Employment).filter_by(person_id=site.people[0].id).update(
        {"ended_on": HELD.date(), "role": JobRole.OPERATOR, "line_id": None})


def new_person(site: Site) -> None:
    factories.person(site.factory)


def renamed_factory(site: Site) -> None:
    site.factory.name, site.factory.local_name = "Another Factory", "រោងចក្រ"


def other_code(site: Site) -> None:
    site.factory.code = f"{site.factory.code}X"


def renamed_programme(site: Site) -> None:
    site.factory.programme.name = {"en": "Another Programme"}


def renamed_line(site: Site) -> None:
    db.session.query(Line).filter_by(factory_id=site.factory.id).update({"name": f"Hall {site.factory.id}"})


def renamed_course(site: Site) -> None:
    db.session.execute(sa.update(CourseVersion).where(CourseVersion.id == site.version.id).values(titles={"en": "Another title"}))
    db.session.execute(sa.update(Course).where(Course.id == site.version.course_id).values(code=f"other-{site.factory.id}"))
    db.session.expire_all()


def renamed_trainer(site: Site) -> None:
    db.session.query(Account).filter_by(id=site.trainer.account_id).update({"name": "Trainer Sophea"})


def renamed_training(site: Site) -> None:
    site.training.code, site.training.state = f"T-{site.factory.id}", site.training.state.CLOSED


def moved_half_day(site: Site) -> None:
    for name in ("starts_at", "ends_at", "starts", "ends"):
        setattr(site.meetings[0], name, getattr(site.meetings[0], name) + timedelta(days=1))


def other_rule(site: Site) -> None:
    requirements.requirement(site.factory.programme, site.version.course_id, f"later-{site.factory.id}")


def revoked_certificate(site: Site) -> None:
    certificates_verbs.revoke(site.certificate.completion_id, "test")


def replaced_certificate(site: Site) -> None:
    db.session.refresh(site.certificate)
    if site.certificate.revoked_at is None:
        certificates_verbs.reissue(SYSTEM, site.certificate.id, "wrong_name")


def late_certificate(site: Site) -> None:
    certificates.drawn(certificates.certificate(site.people[1], site.factory, site.version))


def ran_out(site: Site) -> None:
    """Its time is over: the name goes, and the file."""
    for key in certificates_retention.forget([site.certificate.id]):
        files().delete(key)


def withdrawn_completion(site: Site) -> None:
    annul(SYSTEM, site.certificate.completion_id)


def action_dropped(site: Site) -> None:
    db.session.execute(sa.text("UPDATE roadmap_action SET theme = 'FP', course_id = NULL WHERE factory_id = :id"), {"id": site.factory.id})


def logged(site: Site) -> None:
    audit.record(SYSTEM, "factories.change", f"factory:{site.factory.id}")


Deed = Callable[[Site], None]
DEEDS: tuple[Deed, ...] = (
    corrected_mark, late_mark, late_photo, photo_taken_back, photo_ran_out, late_report, late_attempt, late_seat, lost_seat, joined, parted, renamed_person, other_sex, other_number, moved_person,
    new_person, renamed_factory, other_code, renamed_programme, renamed_line, renamed_course, renamed_trainer, renamed_training,
    moved_half_day, other_rule, revoked_certificate, replaced_certificate, late_certificate, withdrawn_completion, action_dropped, logged,
)  # fmt: skip
