"""Visits of assessors are unannounced: nothing in this system is about them (DOMAIN 5.3), and busy people are only busy.

Advisors and trainers say when they are away, not why; who is not a planner does not even learn that.
"""

import enum
import inspect
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from app.access.permissions import Permission
from app.access.roles import ROLE_PERMISSIONS, Role
from app.factories.models import Factory
from app.platform.db import Base, db
from app.sessions import rules as session_rules
from app.sessions.conflicts import rules as conflict_rules
from app.sessions.conflicts.rules import Kind
from app.sessions.conflicts.wording import KINDS
from app.sessions.registers.models import Absence
from app.sessions.rules import TrainingState
from tests.browse import Browse
from tests.make import accounts, factories, registers
from tests.make import sessions as make
from tests.sessions.conflicts.days import DAYS, MONDAY

APP = Path(__file__).resolve().parents[3] / "app"
ROOMS = (APP / "sessions", APP / "notifications", APP / "wiring")
IDEA = re.compile(r"assess|unannounced|inspection|audit_visit|surprise", re.IGNORECASE)

PAST = {"finding.assessed_on"}
"""The day of what was found: one that lies ahead is refused, and is stored and shown nowhere."""


def _named_in_the_database() -> Iterator[str]:
    for table in Base.metadata.sorted_tables:
        yield table.name
        for column in table.columns:
            yield f"{table.name}.{column.name}"
            yield from (f"{table.name}.{column.name}={value}" for value in getattr(column.type, "enums", ()))


def _enums() -> Iterator[str]:
    for module in (session_rules, conflict_rules):
        for name, kind in vars(module).items():
            if inspect.isclass(kind) and issubclass(kind, enum.Enum):
                yield from (f"{name}.{member.name}={member.value}" for member in kind)


def test_no_table_column_or_state_has_a_place_for_the_visit_of_an_assessor(app: Flask) -> None:
    named = [*_named_in_the_database(), *_enums()]
    assert len(named) > 300  # the walk itself still works
    assert "absence.starts_on" in named and "Kind.TRAINER_AWAY=trainer_away" in named
    assert [each for each in named if IDEA.search(each) and "self_assess" not in each and each not in PAST] == []


def test_no_permission_is_about_one() -> None:
    told = [each for each in Permission if IDEA.search(f"{each.name} {each.value} {each.description}")]
    assert [each for each in told if each.name != "FINDINGS_IMPORT"] == []


def test_no_page_mail_feed_or_code_of_planning_speaks_of_one() -> None:
    files = [file for room in ROOMS for kind in ("*.html", "*.txt", "*.py") for file in room.rglob(kind)]
    assert len(files) > 100
    assert [str(file.relative_to(APP)) for file in files if IDEA.search(file.read_text(encoding="utf-8"))] == []


def test_leave_has_no_room_for_a_reason() -> None:
    assert {column.name for column in Absence.__table__.columns} == {"id", "account_id", "starts_on", "ends_on"}
    assert str(KINDS[Kind.TRAINER_AWAY]) == "A trainer is not available"


def test_who_may_plan_or_override_is_no_factory_and_no_advisor() -> None:
    for role in (Role.ADVISOR, Role.FOCAL_POINT, Role.GROUP_VIEWER, Role.FACTORY_AMBASSADOR, Role.CHECK_IN_HELPER, Role.PERSON):
        held = ROLE_PERMISSIONS[role]
        assert not held & {Permission.SESSIONS_PLAN, Permission.CONFLICTS_OVERRIDE, Permission.REGISTERS_MANAGE, Permission.SEATS_CONFIRM}


@pytest.fixture
def busy(app: Flask) -> tuple[Factory, int]:
    """A session of two factories against which everything speaks that is somebody else's matter."""
    own, other = factories.factory(name="Lotus Mill"), factories.factory(name="Golden Needle", rest_days=[1])
    trainer = accounts.account(Role.TRAINER, programme=factories.programme(), name="Sokha")
    made, elsewhere = (make.training(days=(DAYS,), trainers=[trainer], rooms=[own], state=TrainingState.CONFIRMED) for _ in range(2))
    elsewhere.state = TrainingState.TENTATIVE
    crew = [factories.person(other, name=f"Needle {number}", line="Line 9") for number in range(4)]
    for training, person in zip((made, made, elsewhere), crew, strict=False):
        make.seat(training, other, person)
    make.seat(made, own)
    registers.away(trainer, MONDAY)
    db.session.flush()
    return own, made.id


@pytest.mark.parametrize("role", [Role.FOCAL_POINT, Role.ADVISOR])
def test_a_factory_reads_nothing_of_others_out_of_conflicts(browse: Browse, busy: tuple[Factory, int], role: Role) -> None:
    own, training_id = busy
    place = {"factory": own} if role is Role.FOCAL_POINT else {"programme": factories.programme()}
    reader = browse.as_account(accounts.account(role, **place))
    for address in ("/", "/sessions", f"/sessions/{training_id}", f"/sessions/{training_id}/nominations", f"/factories/{own.code}"):
        page = reader.get(address)
        assert page.status in {200, 404}, address
        for words in ("speaks against", "Golden Needle, Line 9", "rests on", "not available", "would be away", "teaches at this time"):
            assert words not in page.text, address
        assert role is Role.ADVISOR or ("Golden Needle" not in page.text and "Needle 0" not in page.text)
