"""Packs: what is wrong in them is said with its line, and what they ask becomes drafts, once."""

from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask

from app.access.actor import SYSTEM
from app.access.roles import Role
from app.content.check import checked
from app.content.cli import CONTENT
from app.content.packs import operations
from app.content.packs.cli import requirements as commands
from app.content.packs.reading import pack_problems, packs
from app.content.problems import Severity
from app.coverage.requirements import documents
from app.coverage.requirements import operations as requirements_verbs
from app.coverage.requirements.models import RequirementDraft
from app.coverage.requirements.queries import listed
from app.coverage.requirements.rules import Kind, SourceKind
from app.factories.models import Programme
from app.platform.clock import today
from app.platform.db import db
from tests.browse import Browse
from tests.make import accounts, courses, factories

PACK = """\
id: "bd"
country: "BD"
titles: {en: "Bangladesh"}
requirements:
  - id: "teams"
    titles: {en: "Fire teams"}
    kind: quota
    courses: ["fire"]
    roles: [operator]
    percent: 18
    source_kind: law
    source: "Labour Rules"
    checked: "2026-11-25"
    review_by: "2999-05-01"
"""


def courses_of_packs() -> set[str]:
    return {code for pack in packs() for asked in pack.requirements for code in asked.courses}


def with_courses() -> Programme:
    for code in courses_of_packs():
        courses.version(code)
    return factories.programme("VN", zone="Asia/Ho_Chi_Minh", country="VN", languages=["vi"])


def test_what_ships_is_sound() -> None:
    problems = [each for each in checked(CONTENT)[1] if "/requirements/" in each.file and each.severity is Severity.ERROR]
    assert problems == [] and {pack.id for pack in packs()} == {"programme", "bd", "vn"}
    kinds = {asked.kind for pack in packs() for asked in pack.requirements}
    assert kinds == set(Kind)
    laws = [asked for pack in packs() for asked in pack.requirements if asked.source_kind is SourceKind.LAW]
    assert len(laws) == 8 and all(asked.source and asked.review_by for asked in laws)


def test_the_six_groups_have_their_hours_and_proofs() -> None:
    [pack] = [each for each in packs() if each.id == "vn"]
    assert [(each.hours, each.proof, each.months) for each in pack.requirements] == [
        (16, "certificate", 24), (48, "certificate", 24), (24, "card", 24), (16, "record_book", 12), (56, "certificate", 24),
        (4, "certificate", 24),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("was", "becomes", "says"),
    [
        ('id: "bd"', 'id: "bb"', "1: id is bb, but the file is called bd"),
        ('"fire"', '"water"', "5: teams: there is no course water"),
        ("percent: 18", "percent: 0", "5: teams: percent: from 1 to 100"),
        ("kind: quota", "kind: law", "5: teams: hours is missing"),
        ("kind: quota", "kind: quotas", "7: requirements.0.kind"),
        ("roles: [operator]", "roles: []", "5: teams: without roles it needs a note"),
        ("roles: [operator]", "roles: [sewer]", "requirements.0.roles.0"),
        ("2999-05-01", "2020-05-01", "the day of the review is over"),
        ("2999-05-01", "soon", "requirements.0.review_by"),
        ("percent: 18", "percent: 18\n    points: [ZZ-01]", "there is no point ZZ-01"),
        ("percent: 18", "percent: 18\n    paid: true", "requirements.0.paid"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_with_its_line(tmp_path: Path, was: str, becomes: str, says: str) -> None:
    assert was in PACK
    (tmp_path / "bd.yaml").write_text(PACK.replace(was, becomes, 1), "utf-8")
    assert any(says in str(each) for each in pack_problems(tmp_path, {"fire"})), pack_problems(tmp_path, {"fire"})


def test_nothing_else_belongs_there(tmp_path: Path) -> None:
    (tmp_path / "bd.yaml").write_text(PACK, "utf-8")
    assert pack_problems(tmp_path, {"fire"}) == []
    (tmp_path / "note.txt").write_text("x", "utf-8")
    assert ["does not belong here" in str(each) for each in pack_problems(tmp_path, {"fire"})] == [True]
    assert packs(tmp_path / "nowhere") == []


def test_a_pack_becomes_drafts_once_and_changes_become_next_versions(app: Flask) -> None:
    programme = with_courses()
    [pack] = [each for each in packs() if each.id == "vn"]
    made = operations.take(SYSTEM, "VN", pack)
    assert len(made) == 6 and operations.take(SYSTEM, "VN", pack) == []
    first = next(each for each in made if each.code == "osh-group-1")
    assert documents.rule(first.rule).hours == 16 and first.title["vi"] and str(first.review_on) == "2027-05-01"
    requirement = requirements_verbs.publish(SYSTEM, first.id)
    assert operations.take(SYSTEM, "VN", pack) == []
    newer = pack.model_copy(update={"requirements": (pack.requirements[0].model_copy(update={"hours": 20.0}),)})
    [again] = operations.take(SYSTEM, "VN", newer)
    assert again.requirement_id == requirement.id and again.starts_on == today("Asia/Ho_Chi_Minh") + timedelta(days=1)
    assert listed.requirements(programme.id, today("UTC"))[0].requirement.code == "osh-group-1"


def test_courses_that_are_not_published_are_left_for_somebody_to_choose(app: Flask) -> None:
    factories.programme()
    [pack] = [each for each in packs() if each.id == "programme"]
    drafts = operations.take(SYSTEM, "KH", pack)
    assert documents.rule(drafts[0].rule).courses == ()


def test_a_manager_takes_a_pack_over_in_the_browser(browse: Browse) -> None:
    programme = with_courses()
    manager = browse.as_account(accounts.account(Role.PROGRAMME_MANAGER, programme=programme))
    assert "Decree 44/2016" in manager.get("/programmes/VN/requirements").text
    page = manager.get("/programmes/VN/requirements/packs/vn")
    assert "Not legal advice." in page.text and "16 hours" in page.text
    assert manager.get("/programmes/VN/requirements/packs/bd").status == 404
    taken = manager.post("/programmes/VN/requirements/packs/vn")
    assert taken.status == 303 and "6 drafts wait for you." in manager.get(taken.location).text
    for draft in db.session.query(RequirementDraft).all():
        assert manager.get(f"/programmes/VN/requirements/drafts/{draft.id}").status == 200
    assert "drafted" in manager.get("/programmes/VN/requirements/packs/vn").text
    trainer = browse.as_account(accounts.account(Role.TRAINER, programme=programme))
    assert trainer.get("/programmes/VN/requirements/packs/vn").status == 404


def test_the_command_line_takes_a_pack_over(app: Flask) -> None:
    with_courses()
    run = app.test_cli_runner()
    done = run.invoke(commands, ["take", "VN", "vn"])
    assert done.exit_code == 0 and "osh-group-1" in done.output
    assert run.invoke(commands, ["take", "VN", "none"]).exit_code == 1
    assert run.invoke(commands, ["take", "NONE", "vn"]).exit_code == 1
