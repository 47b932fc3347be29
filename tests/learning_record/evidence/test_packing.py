"""What lies in a pack, that it is always the same, and whose it is not."""

import csv
import io
import json
from datetime import timedelta

import pypdf
import pytest
from flask_babel import force_locale

from app.access.actor import SYSTEM
from app.attendance.operations import mark
from app.attendance.rules import Evidence, Mark
from app.certificates import operations as certificates_verbs
from app.certificates.signing import operations as keys
from app.courses.rules import QuizPhase
from app.factories.models import Employment, Person
from app.learning_record.evidence import keeping, queries
from app.learning_record.evidence.members import rosters
from app.learning_record.evidence.rules import Period
from app.platform import audit, clock
from app.platform.db import db
from app.platform.files import files
from app.platform.tables import Limits, read_tables
from app.privacy.operations import pseudonymise
from app.sessions.models import Seat
from tests.make import attendance, certificates, evidence, factories, quizzes, requirements, results
from tests.make.evidence import HELD, PERIOD, Site
from tests.make.statements import counted

pytestmark = pytest.mark.slow


def _rows(data: bytes, name: str) -> list[dict[str, str]]:
    text = evidence.opened(data).read(f"{name}.csv").decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_everything_is_there(site: Site) -> None:
    site.certificate.face = {**site.certificate.face, "course": "ជំនាញអ្នកគ្រប់គ្រង"}  # hers is in Khmer, the pack in English
    data = evidence.made(site.factory)
    names = evidence.opened(data).namelist()
    tables = [
        "roster", "sessions", "registers/register", "registers/marks", "registers/evidence", "tests", "completions", "timeline",
        "coverage/coverage", "coverage/adjustments", "actions", "log", "certificates/index",
    ]
    assert {f"{name}.{ending}" for name in tables for ending in ("csv", "xlsx")} < set(names)
    assert names[-3:] == ["summary.pdf", "manifest.json", "manifest.jws"]
    assert [row["Employee number"] for row in _rows(data, "roster")] == sorted(row["Employee number"] for row in _rows(data, "roster"))
    assert len(_rows(data, "roster")) == 2
    assert [(row["Half-day"], row["Half-day is"]) for row in _rows(data, "sessions")] == [("1", "Held"), ("2", "Planned")]
    [register, _other] = _rows(data, "registers/register")
    assert register["Mark"] == "Present"
    assert register["How it is known"] == "Roll call"
    assert register["Who said it"] == "Trainer Rithy"
    assert register["Written down at"] == "2024-03-10 10:00:00 +0700"
    course = site.version.course.code, "Supervisory Skills"
    assert (register["Course"], register["Title"]) == course
    [index] = _rows(data, "certificates/index")
    assert (index["Course"], index["For"]) == course
    assert evidence.opened(data).read(index["File"]).startswith(b"%PDF")
    assert [row["What happened"] for row in _rows(data, "completions")] == ["Course completed"]
    summary = pypdf.PdfReader(io.BytesIO(evidence.opened(data).read("summary.pdf"))).pages
    assert [f"Page {number} of {len(summary)}" in page.extract_text() for number, page in enumerate(summary, 1)] == [True] * len(summary)
    assert "2 people on the staff list" in " ".join(summary[0].extract_text().split())
    manifest = json.loads(evidence.opened(data).read("manifest.json"))
    assert (manifest["since"], manifest["until"], manifest["as_of"]) == ("2024-01-01", "2024-06-30", "2024-07-31")
    assert [member["name"] for member in manifest["members"]] == names[:-2]


def test_the_same_bytes_again_and_after_everything_that_came_later(site: Site) -> None:
    first = evidence.made(site.factory)
    assert evidence.made(site.factory) == first
    later = clock.now()
    mark(site.trainer, site.meetings[0].id, site.people[0].id, Mark.ABSENT, Evidence.CORRECTION)
    mark(site.trainer, site.meetings[1].id, site.people[1].id, Mark.LATE)
    certificates_verbs.revoke(site.certificate.completion_id, "test")
    certificates.drawn(certificates.certificate(site.people[1], site.factory, site.version))
    db.session.query(Employment).filter_by(person_id=site.people[0].id).update({"ended_on": later.date()})
    factories.person(site.factory)
    site.training.state = site.training.state.CLOSED
    audit.record(SYSTEM, "factories.change", f"factory:{site.factory.id}")
    db.session.flush()
    assert evidence.made(site.factory) == first


def test_a_correction_is_in_the_pack_of_a_later_day(site: Site) -> None:
    with clock.telling(HELD + timedelta(days=200)):
        mark(site.trainer, site.meetings[0].id, site.people[0].id, Mark.ABSENT, Evidence.CORRECTION)
    [before, _other] = _rows(evidence.made(site.factory), "registers/register")
    later = Period(PERIOD.since, PERIOD.until, PERIOD.at + timedelta(days=90))
    data = evidence.made(site.factory, later)
    assert before["Mark"] == "Present"
    assert {row["Mark"] for row in _rows(data, "registers/register")} == {"Present", "Absent"}
    assert len(_rows(data, "registers/marks")) == 3


def test_nobody_of_another_factory_and_nobody_who_was_not_there_then(site: Site) -> None:
    left, came = factories.person(site.factory, name="Left Before"), factories.person(site.factory, name="Came After")
    db.session.query(Employment).filter_by(person_id=left.id).update(
        {"started_on": PERIOD.since - timedelta(days=90), "ended_on": PERIOD.since})
    db.session.query(Employment).filter_by(person_id=came.id).update({"started_on": PERIOD.until + timedelta(days=1)})
    with clock.telling(HELD):
        for person in (left, came):
            attendance.seat(site.training, person, site.factory)
            mark(site.trainer, site.meetings[0].id, person.id, Mark.PRESENT)
    data = evidence.made(site.factory)
    archive = evidence.opened(data)
    said = b"".join(archive.read(name) for name in archive.namelist() if name.endswith(".csv"))
    for foreign in (site.foreign.name, "Left Before", "Came After"):
        assert foreign.encode() not in said
    assert site.people[0].name.encode() in said


def test_cells_are_no_formulas_and_workbooks_say_the_same(site: Site) -> None:
    site.people[0].name = "=HYPERLINK(1)"
    db.session.flush()
    archive = evidence.opened(evidence.made(site.factory))
    assert b"'=HYPERLINK(1)" in archive.read("roster.csv")
    [sheet] = read_tables(archive.read("roster.xlsx"), Limits()).sheets
    assert any("=HYPERLINK(1)" in map(str, row) for row in sheet.rows)


def test_statements_do_not_grow_with_people(site: Site) -> None:
    def cost() -> int:
        db.session.flush()
        db.session.expire_all()
        with counted() as statements:
            evidence.made(site.factory)
        return len(statements)

    evidence.made(site.factory)
    few = cost()
    with clock.telling(HELD):
        for person in attendance.people(site.training, 10, site.factory):
            mark(site.trainer, site.meetings[0].id, person.id, Mark.PRESENT)
    assert cost() == few


def test_questions_have_figures_of_five_people_and_never_answers_or_words(site: Site) -> None:
    quiz = results.quiz(site.version, "last-test", QuizPhase.POST)
    questions = quizzes.bank(quiz.id, count=2)
    few = [*site.people, *attendance.people(site.training, 2, site.factory)]

    def took(people: list[Person]) -> None:
        with clock.telling(HELD + timedelta(hours=6)):
            for place, person in enumerate(people):
                results.attempt(site.training, quiz.id, person, questions, [["0" if place % 2 else "1"], None])

    took([*few, site.foreign])
    [row] = _rows(evidence.made(site.factory), "tests")
    assert (row["Note"], row["People"]) == ("Fewer than five people: no figures.", "")
    took(attendance.people(site.training, 1, site.factory))
    later = Period(PERIOD.since, PERIOD.until, PERIOD.at + timedelta(days=1))
    data = evidence.made(site.factory, later)
    assert [(row["Question"], row["People"]) for row in _rows(data, "tests")] == [("1", "5"), ("2", "")]
    assert _rows(data, "tests")[1]["Note"] == "All did the same: no figures."
    assert b"What do you do" not in evidence.opened(data).read("tests.csv")
    # What was said of the first day is kept.
    assert len(_rows(evidence.made(site.factory), "tests")) == 1


def test_after_other_keys_only_the_signature_is_another(site: Site) -> None:
    first = evidence.opened(evidence.made(site.factory))
    keys.rotate(SYSTEM)
    second = evidence.opened(evidence.made(site.factory))
    assert [name for name in first.namelist() if first.read(name) != second.read(name)] == ["manifest.jws"]


def test_in_arabic_it_says_the_same_numbers_in_its_own_words(site: Site) -> None:
    with force_locale("ar"):
        about = queries.about(queries.factory(site.factory.id), PERIOD, "ar")
        data = evidence.written(about)
    assert evidence.opened(data).namelist() == evidence.opened(evidence.made(site.factory)).namelist()
    assert json.loads(evidence.opened(data).read("manifest.json"))["language"] == "ar"


def test_where_there_is_no_file_the_list_says_why(site: Site) -> None:
    """Each as of the day: what was drawn or withdrawn after it changes nothing."""
    with clock.telling(HELD):
        people = [*attendance.people(site.training, 2, site.factory), site.people[1]]
        gone, missing, own = (certificates.certificate(person, site.factory, site.version, at=HELD) for person in people)
    with clock.telling(HELD + timedelta(days=2)):
        for each in (gone, missing):
            certificates.drawn(each)
        certificates_verbs.revoke(gone.completion_id, "test")
    certificates.drawn(own)
    certificates_verbs.revoke(site.certificate.completion_id, "test")
    files().delete(missing.file_key or "")
    data = evidence.made(site.factory)
    assert {row["Number"]: row["File"] for row in _rows(data, "certificates/index")} == {
        site.certificate.number: f"certificates/{site.certificate.number}.pdf",
        own.number: "No file: it had not been made by 2024-07-31.",
        gone.number: "No file: a revoked certificate is not handed out.",
        missing.number: "No file: it is no longer kept.",
    }
    assert evidence.made(site.factory) == data
    kept = keeping.kept(evidence.about(site.factory))
    assert kept is not None
    assert kept._cell({"file": "certificates/1.pdf"}, ()) == ""  # a pack of before is as it was


def test_someone_erased_has_no_name_in_packs_that_are_made_afterwards(site: Site) -> None:
    person, name = site.people[1], site.people[1].name
    assert name.encode() in evidence.opened(evidence.made(site.factory)).read("roster.csv")
    pseudonymise(SYSTEM, person.id)
    archive = evidence.opened(evidence.made(site.factory))
    assert name.encode() not in b"".join(archive.read(each) for each in archive.namelist() if each.endswith(".csv"))


def test_the_log_tells_of_sessions_registers_certificates_and_rules_and_of_no_neighbour(site: Site) -> None:
    """Both factories sit in one training session: what was done to all is told, what was done to the neighbour is not."""
    own, foreign, meeting = site.people[0], site.foreign, site.meetings[0]
    seats = {person.id: db.session.query(Seat).filter_by(person_id=person.id).one() for person in (own, foreign)}
    neighbour = seats[foreign.id].factory
    with clock.telling(HELD + timedelta(days=2)):
        for person in (own, foreign):
            mark(site.trainer, meeting.id, person.id, Mark.LATE, Evidence.CORRECTION)
            audit.record(SYSTEM, "sessions.settle_seat", f"seat:{seats[person.id].id}")
        audit.record(SYSTEM, "attendance.close", f"meeting:{meeting.id}", absent=3)
        audit.record(SYSTEM, "attendance.settle_check_in", f"meeting:{meeting.id}", people=[own.id, foreign.id])
        audit.record(SYSTEM, "sessions.reserve", f"training:{site.training.id}", factory=site.factory.id, seats=2)
        audit.record(SYSTEM, "sessions.reserve", f"training:{site.training.id}", factory=neighbour.id, seats=5)
        audit.record(SYSTEM, "costs.add", f"training:{site.training.id}")
        audit.record(SYSTEM, "requirements.waive", f"factory:{site.factory.id}")
        audit.record(SYSTEM, "headcounts.declare", f"factory:{site.factory.id}")
        audit.record(SYSTEM, "headcounts.declare", f"factory:{neighbour.id}")
        audit.record(SYSTEM, "requirements.next_version", f"requirement:{requirements.requirement(site.factory.programme, site.version.course_id).id}")
        certificates.certificate(foreign, neighbour, site.version, at=HELD)
    with clock.telling(HELD + timedelta(days=200)):  # after the time: a later day knows it
        mark(site.trainer, meeting.id, own.id, Mark.ABSENT, Evidence.CORRECTION)
        certificates_verbs.revoke(site.certificate.completion_id, "test")
    rows = _rows(evidence.made(site.factory), "log")
    numbers = {each.number.text for each in rosters.workers(evidence.about(site.factory))}
    assert {row["Employee number"] for row in rows} <= {*numbers, ""}
    told = [(row["What was done"], row["About"], bool(row["Employee number"])) for row in rows]
    half_day = f"{site.training.code} / 1"
    for action, about, names in (
        ("attendance.correct", half_day, True), ("attendance.settle_check_in", half_day, True), ("attendance.close", half_day, False),
        ("sessions.settle_seat", site.training.code, True), ("sessions.reserve", site.training.code, False), ("requirements.waive", "", False),
        ("headcounts.declare", "", False), ("certificates.issue", site.certificate.number, True), ("requirements.next_version", "skills", False),
    ):
        assert told.count((action, about, names)) == 1, action
    assert not any(action.startswith("costs") for action, *_rest in told)
    later = _rows(evidence.made(site.factory, Period(PERIOD.since, PERIOD.until, PERIOD.at + timedelta(days=90))), "log")
    actions = [row["What was done"] for row in later]
    assert actions.count("attendance.correct") == 2
    assert "certificates.revoke" in actions
