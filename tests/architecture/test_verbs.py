"""Every verb, called by every role about the own factory, another one and another programme, past all doors.

A view that forgot to ask, a job or a command line must not do for somebody what the verb would refuse. A new verb whose
first argument is the actor needs a row in `VERBS` - its permission, and its arguments from a world - or, when it is not
about a thing of somebody's, a reason in `NOT_ASKED`.
"""

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest

import app as product
from app.access.actor import Actor
from app.access.permissions import Permission as May
from app.access.roles import ROLE_PERMISSIONS, Role
from app.accounts.operations import Wanted
from app.accounts.prints import PrintKind
from app.api.xapi.people.rules import Name
from app.attendance.guests.operations import GuestMarking
from app.attendance.rules import Mark
from app.attendance.sheets.operations import Tick
from app.certificates.bundles.rules import BundleKind
from app.certificates.bundles.rules import Wanted as Bundled
from app.certificates.designs.content import Content
from app.certificates.designs.operations import SignatoryFacts
from app.certificates.of_factories.operations.ruling import Settings as FactoryRuleSettings
from app.certificates.rules import Reason
from app.content.packs.reading import packs
from app.courses.models import CourseVersion
from app.coverage.proposals.proposing import Wanted as WantedRuns
from app.coverage.queries import required
from app.coverage.requirements.operations import Waived
from app.coverage.requirements.rules import Said, WaiverReason
from app.effect.operations import LineSaid
from app.factories.models import Factory, Programme
from app.factories.operations.employing import Hire, Terms
from app.factories.rules import CommitteeKind, EndReason, FactoryStatus, JobRole, LineKind, Side, TermKind
from app.factories.structure.rules import EngagementMode, SupportTier
from app.factories.structure.settings import FactorySettings, GroupSettings, HolidaySettings, ProgrammeSettings
from app.improvement.ambassadors.rules import AmbassadorKind, Verdict
from app.improvement.cascade.operations import Said as Session
from app.improvement.cascade.rules import Heads, Why
from app.improvement.cascade.samples.rules import Found
from app.improvement.drills.operations import Said as Drill
from app.improvement.drills.rules import DrillKind, Shift
from app.improvement.roadmap.rules import DropReason
from app.learning_record.evidence.rules import Period
from app.learning_record.operations.earlier import Decision as EarlierDecision
from app.learning_record.queries import Wanted as RecordWanted
from app.notifications.messages.operations import Message
from app.notifications.messages.rules import Audience
from app.notifications.rules import Way
from app.platform.db import db
from app.platform.refusal import NotFound, Refused
from app.quizzes.allowed.operations import Wanted as Allow
from app.quizzes.surveys.rules import SurveyPhase
from app.reports.rules.facts import Split as Split_
from app.reports.rules.period import Ending, Every, Span
from app.reports.sharing import operations as operations_of_sharing
from app.reports.sharing.operations import Wanted as Show
from app.reports.sharing.rules import Aggregate
from app.sessions.costs.operations import Paid
from app.sessions.demand.operations import Wish
from app.sessions.links.rules import Provider
from app.sessions.operations import Places, Plan, PlannedHalfDay, Settings, Split
from app.sessions.registers.settings import (
    BreakSettings,
    HostSettings,
    InterpreterSettings,
    RoomSettings,
    RulesSettings,
)
from app.sessions.rules import Modality
from app.sessions.rules.waiting import Step
from app.sessions.rules.wall_time import HalfDay
from app.sessions.service.rules import Kind, Payer
from tests.architecture.visiting import OWN, REACH, Worlds, actor_of, undone
from tests.make import (
    designs,
    diagnostics,
    drafts,
    effect,
    headcounts,
    lessons,
    quizzes,
    requirements,
    roadmap,
    sharing,
    visits,
)
from tests.make.surveys import BEST
from tests.make.twins import PATHWAY, World

pytestmark = [pytest.mark.slow, pytest.mark.every_run]

PAID = Paid(Payer.DONOR, "", 5, "USD")
DAY = date(2026, 6, 1)
TODAY = date.today()
SHOWN = Show("A buyer", sharing.quarter(), [Aggregate.COVERAGE], TODAY + timedelta(days=9))
TOMORROW = TODAY + timedelta(days=1)
HEADS = b"factory,as_of,source,role,sex,people\nMill,2026-02-28,HR,operator,F,5\n"
ROSTER = b"Employee number,Name\n9,Somebody\n"
_MONDAY = datetime.combine(date.today() + timedelta(days=30), time(8))
WHEN = HalfDay(_MONDAY, _MONDAY + timedelta(hours=4), "Asia/Phnom_Penh")
ACTION = roadmap.plan(due_on=TODAY + timedelta(days=30))
VISIT = visits.said()
GUEST = {"email": "zoe@guests.example", "name": "Zoe", "language": "en"}


@dataclass(frozen=True)
class Verb:
    """What it needs, and how it is called about a world."""

    may: May
    arguments: Callable[[World], tuple[Any, ...]]
    named: Callable[[World], dict[str, Any]] = lambda _world: {}
    refusal: type[Refused] = NotFound
    """A sentence instead of a 404, where what is chosen is refused and not what is looked for."""


def _ids(*names: str, then: tuple[Any, ...] = ()) -> Callable[[World], tuple[Any, ...]]:
    return lambda world: (*(world.numbers[name] for name in names), *then)


def _at(key: str, *names: str, then: tuple[Any, ...] = ()) -> Callable[[World], tuple[Any, ...]]:
    """The code of the factory (""), the programme or the group, then numbers, then what is the same for all."""
    return lambda world: (world.codes[key], *(world.numbers[name] for name in names), *then)


def _factory(*then: Any) -> Callable[[World], tuple[Any, ...]]:
    return lambda world: (db.session.get_one(Factory, world.numbers["factory_id"]), *then)


def _factory_settings(_world: World) -> tuple[FactorySettings]:
    return (FactorySettings("NEW-1", "New", None, "en", "Kandal", None, None, None, None, None, FactoryStatus.ACTIVE),)


def _required(world: World) -> Said:
    return requirements.said(_course(world), "another", starts_on=TOMORROW)


def _course(world: World) -> int:
    return db.session.get_one(CourseVersion, world.numbers["version_id"]).course_id


def _plan(world: World) -> tuple[Plan]:
    n = world.numbers
    half_days = (PlannedHalfDay(WHEN, Modality.IN_PERSON),)
    return (
        Plan(
            programme_id=n["programme_id"], version_id=n["version_id"], language="en", half_days=half_days,
            trainer_ids=(n["trainer_id"],), capacity_in_person=5, capacity_virtual=0, venue="Hall", factory_ids=(),
            remote=False,
        ),
    )


def _place(role: Role, **places: str) -> Callable[[World], Wanted]:
    return lambda world: Wanted(role, **{name: world.numbers[key] for name, key in places.items()})


_speaks, _views = _place(Role.FOCAL_POINT, factory_id="factory_id"), _place(Role.GROUP_VIEWER, group_id="group_id")
_PROGRAMME = ProgrammeSettings("NEW", {"en": "New"}, "KH", "Asia/Phnom_Penh", (7,), ("en",), 6)
_SEWS = Terms(JobRole.OPERATOR, None, None)
_SPLIT = Split(starts_on=TODAY + timedelta(days=90), stays="A", goes="B")
_SESSION = Session("a" * 32, TODAY - timedelta(days=2), "osh", 45, heads=Heads(9))
_DRILL = Drill("b" * 32, DrillKind.FIRE, TODAY - timedelta(days=2), Shift.DAY, 9)
_HOLIDAY = HolidaySettings(date(2026, 12, 24), {"en": "Eve"}, is_provisional=False)

_RULE = FactoryRuleSettings({"en": "R"}, (), 12, 14)
TRAININGS = b"Employee No,Name,Training,Date\n9,Somebody,OSH,2026-03-12\n"


def _wanted(world: World) -> tuple[Any, ...]:
    factory = db.session.get_one(Factory, world.numbers["factory_id"])
    return factory, RecordWanted(factory.id, (), "UTC")


def _consent(world: World) -> tuple[Any, ...]:
    return world.numbers["person_id"], world.codes[""]


VERBS = {
    "learning_record.operations.consenting.note_consent": Verb(May.PEOPLE_EDIT, _consent),
    "learning_record.operations.consenting.note_withdrawal_of_consent": Verb(May.PEOPLE_EDIT, _consent),
    "learning_record.operations.earlier.apply_earlier": Verb(
        May.ROSTERS_IMPORT, _at("", "earlier_id", then=(EarlierDecision(),))
    ),
    "learning_record.operations.earlier.preview_earlier": Verb(
        May.ROSTERS_IMPORT, _at("", then=("a.csv", TRAININGS))
    ),
    "learning_record.operations.earlier.undo_earlier": Verb(May.ROSTERS_IMPORT, _at("", "earlier_id")),
    "learning_record.operations.exporting.export": Verb(May.FACTORIES_READ, _wanted),
    "certificates.of_factories.operations.checking.check_factory": Verb(May.CERTIFICATES_MANAGE, _at("")),
    "certificates.of_factories.operations.ending.reinstate": Verb(
        May.CERTIFICATES_MANAGE, _ids("factory_certificate_id")
    ),
    "certificates.of_factories.operations.ending.revoke": Verb(
        May.CERTIFICATES_MANAGE, _ids("factory_certificate_id", then=("Made up.",))
    ),
    "certificates.of_factories.operations.ending.suspend": Verb(
        May.CERTIFICATES_MANAGE, _ids("factory_certificate_id", then=("A complaint.",))
    ),
    "certificates.of_factories.operations.ruling.change_rule": Verb(
        May.CERTIFICATES_MANAGE, _at("programmes", "rule_number", then=(_RULE,))
    ),
    "certificates.of_factories.operations.ruling.end_rule": Verb(
        May.CERTIFICATES_MANAGE, _at("programmes", "rule_number")
    ),
    "certificates.of_factories.operations.ruling.make_rule": Verb(
        May.CERTIFICATES_MANAGE, _at("programmes", then=(_RULE,))
    ),
    "certificates.operations.ending.revoke_one": Verb(
        May.CERTIFICATES_MANAGE, _ids("certificate_id"), lambda _w: {"reason": Reason.ASKED}
    ),
    "certificates.operations.reissuing.reissue": Verb(
        May.CERTIFICATES_MANAGE, _ids("certificate_id"), lambda _w: {"reason": Reason.NAME}
    ),
    "certificates.operations.reviewing.reinstate": Verb(May.CERTIFICATES_MANAGE, _ids("certificate_id")),
    "certificates.operations.reviewing.suspend": Verb(
        May.CERTIFICATES_MANAGE, _ids("certificate_id"), lambda _w: {"reason": Reason.CHECKED}
    ),
    "accounts.operations.cards.revoke_card": Verb(May.PEOPLE_PIN, _ids("person_id")),
    "accounts.operations.granting.grant": Verb(
        May.ACCOUNTS_INVITE, lambda w: (w.numbers["account_id"], _speaks(w))
    ),
    "accounts.operations.granting.invite": Verb(
        May.ACCOUNTS_INVITE, lambda _w: (), lambda w: {**GUEST, "wanted": _views(w)}, refusal=Refused
    ),
    "accounts.operations.granting.refuse_ungrantable": Verb(
        May.ACCOUNTS_INVITE, lambda w: (_speaks(w),), refusal=Refused
    ),
    "accounts.operations.granting.withdraw": Verb(May.ACCOUNTS_INVITE, _ids("account_id", "grant_id")),
    "accounts.operations.granting.withdraw_helper": Verb(May.HELPERS_APPOINT, _ids("training_id", "helper_id")),
    "accounts.operations.managing.account_in_scope": Verb(May.ACCOUNTS_INVITE, _ids("account_id")),
    "accounts.operations.managing.disable": Verb(May.ACCOUNTS_INVITE, _ids("account_id")),
    "accounts.operations.managing.enable": Verb(May.ACCOUNTS_INVITE, _ids("account_id")),
    "accounts.operations.managing.resend_invitation": Verb(May.ACCOUNTS_INVITE, _ids("account_id")),
    "accounts.operations.managing.reset_factors": Verb(May.ACCOUNTS_INVITE, _ids("account_id")),
    "accounts.operations.people.give_new_pin": Verb(May.PEOPLE_PIN, _ids("person_id")),
    "accounts.operations.people.set_pin": Verb(May.PEOPLE_PIN, _ids("person_id", then=("123456",))),
    "accounts.operations.printing.order_prints": Verb(
        May.PEOPLE_PIN, _factory(PrintKind.CARDS, None), lambda _w: {"only_new": False}
    ),
    "accounts.operations.printing.replace_card": Verb(
        May.PEOPLE_PIN, lambda w: (*_factory()(w), w.numbers["person_id"])
    ),
    "certificates.bundles.operations.export_list": Verb(
        May.CERTIFICATES_DOWNLOAD, lambda w: (Bundled(factory=w.codes[""]),), refusal=Refused
    ),
    "certificates.bundles.operations.order": Verb(
        May.CERTIFICATES_DOWNLOAD, lambda w: (BundleKind.ZIP, Bundled(factory=w.codes[""])), refusal=Refused
    ),
    "learning_record.evidence.operations.order": Verb(
        May.EVIDENCE_TAKE, lambda w: (w.codes[""], Period(date(2023, 1, 1), date(2023, 6, 30), date(2023, 7, 31)))
    ),
    "attendance.guests.operations.adding.add": Verb(
        May.PEOPLE_EDIT, _ids("training_id", "guest_id", "factory_id", then=(Hire("Zoe", None, None, "Z-1"), 0))
    ),
    "attendance.guests.operations.loading.hold": Verb(May.ATTENDANCE_MARK, _ids("training_id", "guest_id")),
    "attendance.guests.operations.noting.note": Verb(
        May.ATTENDANCE_MARK, _ids("meeting_id", then=(GuestMarking("a" * 32, Mark.PRESENT, "Zoe"),))
    ),
    "attendance.guests.operations.resolving.reopen": Verb(May.ATTENDANCE_MARK, _ids("training_id", "guest_id", then=(0,))),
    "attendance.guests.operations.resolving.resolve": Verb(
        May.ATTENDANCE_MARK, _ids("training_id", "guest_id", "person_id", then=(0,))
    ),
    "attendance.guests.operations.resolving.set_aside": Verb(
        May.ATTENDANCE_MARK, _ids("training_id", "guest_id", then=(0,))
    ),
    "attendance.guests.operations.walking.seat_and_mark": Verb(
        May.ATTENDANCE_MARK, _ids("meeting_id", "person_id", "factory_id", "site_id", then=(Mark.PRESENT, "b" * 32))
    ),
    "attendance.checkin.operations.cards.scan": Verb(May.ATTENDANCE_MARK, _ids("meeting_id", then=("a" * 32,))),
    "attendance.checkin.operations.settling.confirm": Verb(May.ATTENDANCE_MARK, _ids("meeting_id", "check_in_id")),
    "attendance.checkin.operations.settling.confirm_all": Verb(May.ATTENDANCE_MARK, _ids("meeting_id", then=([1],))),
    "attendance.checkin.operations.settling.refuse": Verb(May.ATTENDANCE_MARK, _ids("meeting_id", "check_in_id")),
    "attendance.operations.closing.close": Verb(May.ATTENDANCE_MARK, _ids("meeting_id")),
    "attendance.operations.closing.reopen": Verb(May.ATTENDANCE_MARK, _ids("meeting_id")),
    "attendance.kit.operations.held.export_held": Verb(May.ATTENDANCE_MARK, _ids("training_id")),
    "attendance.kit.operations.held.set_aside": Verb(
        May.ATTENDANCE_MARK, _ids("training_id", "receipt_id", then=("Why.",))
    ),
    "attendance.kit.operations.held.take_down_held": Verb(
        May.ATTENDANCE_MARK, _ids("training_id", "receipt_id")
    ),
    "attendance.kit.operations.held.take_down_all": Verb(May.ATTENDANCE_MARK, _ids("training_id")),
    "attendance.operations.loading.hold": Verb(May.ATTENDANCE_MARK, _ids("meeting_id")),
    "attendance.operations.marking.mark": Verb(
        May.ATTENDANCE_MARK, _ids("meeting_id", "person_id", then=(Mark.PRESENT,))
    ),
    "attendance.operations.marking.mark_all_present": Verb(May.ATTENDANCE_MARK, _ids("meeting_id")),
    "attendance.rooms.operations.checking.spot_check": Verb(
        May.ATTENDANCE_MARK, _ids("meeting_id", "room_site_id", "person_id", then=("c" * 32,)), lambda _: {"is_there": True}
    ),
    "attendance.rooms.operations.connecting.connect": Verb(May.ATTENDANCE_DECLARE, _ids("meeting_id", "room_site_id")),
    "attendance.rooms.operations.connecting.disconnect": Verb(May.ATTENDANCE_DECLARE, _ids("meeting_id", "room_site_id")),
    "attendance.rooms.operations.declaring.declare": Verb(
        May.ATTENDANCE_DECLARE, _ids("meeting_id", "room_site_id", "person_id", then=(Mark.PRESENT, "d" * 32))
    ),
    "attendance.rooms.operations.declaring.declare_all": Verb(May.ATTENDANCE_DECLARE, _ids("meeting_id", "room_site_id")),
    "attendance.rooms.operations.loading.hold_room": Verb(May.ATTENDANCE_DECLARE, _ids("meeting_id", "room_site_id")),
    "attendance.rooms.operations.walking.note_guest": Verb(
        May.ATTENDANCE_DECLARE, _ids("meeting_id", "room_site_id", then=(GuestMarking("c" * 32, Mark.PRESENT, "Zoe"),))
    ),
    "attendance.rooms.operations.walking.seat_and_declare": Verb(
        May.ATTENDANCE_DECLARE, _ids("meeting_id", "room_site_id", "person_id", then=(Mark.PRESENT, "e" * 32))
    ),
    "attendance.sheets.operations.photos.keep_photo": Verb(
        May.ATTENDANCE_MARK, _ids("meeting_id", then=("ab" * 16, lessons.photo()))
    ),
    "attendance.sheets.operations.photos.withdraw_photo": Verb(May.ATTENDANCE_MARK, _ids("meeting_id", "sheet_photo_id")),
    "attendance.reports.operations.deciding.confirm_exact": Verb(May.ATTENDANCE_MARK, _ids("meeting_id")),
    "attendance.reports.operations.deciding.decide": Verb(
        May.ATTENDANCE_MARK, _ids("meeting_id", "participant_id", then=(None,))
    ),
    "attendance.reports.operations.marking.apply": Verb(May.ATTENDANCE_MARK, _ids("meeting_id")),
    "attendance.reports.operations.receiving.receive": Verb(
        May.ATTENDANCE_MARK, _ids("meeting_id", then=([("report.csv", b"")],))
    ),
    "attendance.sheets.operations.signing.note_signatures": Verb(
        May.ATTENDANCE_MARK, lambda w: (w.numbers["meeting_id"], "ab" * 16, {w.numbers["person_id"]: Tick(True)})
    ),
    "certificates.designs.operations.designs.archive": Verb(May.CERTIFICATES_DESIGN, _ids("design_id")),
    "certificates.designs.operations.designs.create": Verb(
        May.CERTIFICATES_DESIGN, _at("programmes", then=(None, "New"))
    ),
    "certificates.designs.operations.designs.rename": Verb(May.CERTIFICATES_DESIGN, _ids("design_id", then=("New",))),
    "certificates.designs.operations.designs.restore": Verb(May.CERTIFICATES_DESIGN, _ids("design_id")),
    "certificates.designs.operations.drafts.discard": Verb(May.CERTIFICATES_DESIGN, _ids("design_id", then=("1.1",))),
    "certificates.designs.operations.drafts.publish": Verb(May.CERTIFICATES_DESIGN, _ids("design_id", then=("1.1",))),
    "certificates.designs.operations.drafts.remove_logo": Verb(May.CERTIFICATES_DESIGN, _ids("design_id", then=("1.1",))),
    "certificates.designs.operations.drafts.save": Verb(
        May.CERTIFICATES_DESIGN, _ids("design_id", then=("1.1", Content()))
    ),
    "certificates.designs.operations.drafts.set_logo": Verb(
        May.CERTIFICATES_DESIGN, _ids("design_id", then=("1.1", designs.LOGO, "Logo"))
    ),
    "certificates.designs.operations.loading.hold": Verb(May.CERTIFICATES_DESIGN, _ids("design_id")),
    "certificates.designs.operations.loading.hold_signatory": Verb(May.CERTIFICATES_DESIGN, _ids("signatory_id")),
    "certificates.designs.operations.previews.ask": Verb(
        May.CERTIFICATES_DESIGN, _ids("design_id", then=(Content(), "en", "usual"))
    ),
    "certificates.designs.operations.signatories.add_signatory": Verb(
        May.CERTIFICATES_DESIGN, _at("programmes", then=(SignatoryFacts({"en": "A"}, {"en": "B"}, DAY),))
    ),
    "certificates.designs.operations.signatories.change_signatory": Verb(
        May.CERTIFICATES_DESIGN, _ids("signatory_id", then=(1, SignatoryFacts({"en": "A"}, {"en": "B"}, DAY)))
    ),
    "certificates.designs.operations.signatories.remove_signature": Verb(
        May.CERTIFICATES_DESIGN, _ids("signatory_id", then=(1,))
    ),
    "certificates.designs.operations.signatories.set_signature": Verb(
        May.CERTIFICATES_DESIGN, _ids("signatory_id", then=(1, designs.LOGO))
    ),
    "content.authoring.operations.archiving.archive_course": Verb(May.COURSES_PUBLISH, _at("courses", then=("Why.",))),
    "content.authoring.operations.archiving.restore_course": Verb(May.COURSES_PUBLISH, _at("courses")),
    "content.authoring.operations.ending.discard": Verb(May.COURSES_AUTHOR, _ids("draft")),
    "content.authoring.operations.ending.publish_draft": Verb(May.COURSES_PUBLISH, _ids("draft", then=("New.",))),
    "content.authoring.operations.facts.change_unit": Verb(
        May.COURSES_AUTHOR,
        lambda w: (w.numbers["draft"], drafts.facts(), "lesson", drafts.facts().units[0]), lambda _w: {"seen": 1},
    ),
    "content.authoring.operations.facts.remove_form": Verb(
        May.COURSES_AUTHOR, lambda w: (w.numbers["draft"], drafts.facts(), "none"), lambda _w: {"seen": 1}
    ),
    "content.authoring.operations.facts.remove_unit": Verb(
        May.COURSES_AUTHOR, lambda w: (w.numbers["draft"], drafts.facts(), "lesson"), lambda _w: {"seen": 1}
    ),
    "content.authoring.operations.facts.write_facts": Verb(
        May.COURSES_AUTHOR, lambda w: (w.numbers["draft"], drafts.facts()), lambda _w: {"seen": 1}
    ),
    "content.authoring.operations.loading.hold": Verb(May.COURSES_AUTHOR, _ids("draft")),
    "content.authoring.operations.loading.require": Verb(May.COURSES_AUTHOR, lambda _w: (May.COURSES_AUTHOR,)),
    "content.authoring.operations.starting.start_blank": Verb(May.COURSES_AUTHOR, lambda _w: (drafts.BLANK,)),
    "content.authoring.operations.starting.start_from": Verb(May.COURSES_AUTHOR, _ids("version_id")),
    "content.authoring.operations.starting.start_from_zip": Verb(
        May.COURSES_AUTHOR, lambda _w: (drafts.zip_of(drafts.FILES),)
    ),
    "content.authoring.operations.quizzes.write_bank": Verb(
        May.COURSES_AUTHOR, _ids("draft", then=("test", b"::x:: y {T}")), lambda _w: {"seen": 1}
    ),
    "content.authoring.operations.translating.begin_language": Verb(
        May.COURSES_AUTHOR, lambda w: (w.numbers["draft"], drafts.facts(), "ar"), lambda _w: {"seen": 1}
    ),
    "content.authoring.operations.translating.review_language": Verb(
        May.COURSES_AUTHOR, lambda w: (w.numbers["draft"], drafts.facts(), "km", DAY), lambda _w: {"seen": 1}
    ),
    "content.authoring.operations.translating.write_translated_facts": Verb(
        May.COURSES_AUTHOR, lambda w: (w.numbers["draft"], drafts.facts(), "km"),
        lambda _w: {"seen": 1, "is_current": True},
    ),
    "content.authoring.operations.translating.write_translation": Verb(
        May.COURSES_AUTHOR, _ids("draft", then=("km/lesson.md", b"# x")), lambda _w: {"seen": 1, "is_current": True}
    ),
    "content.authoring.operations.writing.remove_file": Verb(
        May.COURSES_AUTHOR, _ids("draft", then=("km/lesson.md",)), lambda _w: {"seen": 1}
    ),
    "content.authoring.operations.writing.write_file": Verb(
        May.COURSES_AUTHOR, _ids("draft", then=("en/guide.md", b"# x")), lambda _w: {"seen": 0}
    ),
    "content.authoring.operations.writing.write_files": Verb(
        May.COURSES_AUTHOR, _ids("draft", then=({"en/guide.md": b"# x"}, {}))
    ),
    "content.packs.operations.take": Verb(
        May.REQUIREMENTS_MANAGE, lambda w: (w.codes["programmes"], packs()[0])
    ),
    "coverage.proposals.operations.make_runs": Verb(
        May.SESSIONS_PLAN, lambda w: (_wanted_runs(w), "0" * 32), lambda _w: {"announce": False}
    ),
    "coverage.requirements.operations.drafts.begin": Verb(
        May.REQUIREMENTS_MANAGE, lambda w: (w.numbers["programme_id"], _required(w))
    ),
    "coverage.requirements.operations.drafts.begin_next": Verb(May.REQUIREMENTS_MANAGE, _ids("requirement_id")),
    "coverage.requirements.operations.drafts.discard": Verb(May.REQUIREMENTS_MANAGE, _ids("requirement_draft_id")),
    "coverage.requirements.operations.drafts.propose": Verb(
        May.REQUIREMENTS_MANAGE, lambda w: (w.numbers["requirement_id"], _required(w))
    ),
    "coverage.requirements.operations.drafts.write": Verb(
        May.REQUIREMENTS_MANAGE, lambda w: (w.numbers["requirement_draft_id"], _required(w))
    ),
    "coverage.requirements.operations.versions.create": Verb(
        May.REQUIREMENTS_MANAGE, lambda w: (w.numbers["programme_id"], _required(w))
    ),
    "coverage.requirements.operations.versions.end": Verb(
        May.REQUIREMENTS_MANAGE, _ids("requirement_id", then=(TOMORROW,))
    ),
    "coverage.requirements.operations.versions.publish": Verb(
        May.REQUIREMENTS_MANAGE, _ids("requirement_draft_id")
    ),
    "coverage.requirements.operations.versions.publish_next": Verb(
        May.REQUIREMENTS_MANAGE, lambda w: (w.numbers["requirement_id"], _required(w), 2)
    ),
    "coverage.requirements.operations.waivers.end_waiver": Verb(
        May.WAIVERS_MANAGE, _at("", "waiver_id", then=(TOMORROW,))
    ),
    "coverage.requirements.operations.waivers.waive": Verb(
        May.WAIVERS_MANAGE,
        lambda w: (
            w.codes[""],
            Waived(
                w.numbers["requirement_id"], None, WaiverReason.CLOSING, "", TODAY, TOMORROW
            ),
        ),
    ),
    "effect.operations.apply": Verb(May.EFFECT_IMPORT, _ids("week_file_id")),
    "effect.operations.compare": Verb(May.EFFECT_IMPORT, _at("")),
    "effect.operations.compare_all": Verb(May.EFFECT_IMPORT, _at("programmes")),
    "effect.operations.correct": Verb(May.EFFECT_IMPORT, _at("", then=(LineSaid("L01", TODAY, None),))),
    "effect.operations.correct_all": Verb(May.EFFECT_IMPORT, _factory(b"line,trained_on\nL01,2025-07-08")),
    "effect.operations.preview": Verb(May.EFFECT_IMPORT, _factory("a.csv", effect.text(lines=2, weeks=3))),
    "effect.operations.undo": Verb(May.EFFECT_IMPORT, _ids("week_file_id")),
    "factories.headcounts.operations.apply": Verb(May.HEADCOUNTS_IMPORT, _ids("file_id")),
    "factories.headcounts.operations.declare": Verb(May.HEADCOUNTS_IMPORT, _at("", then=(headcounts.said(),))),
    "factories.headcounts.operations.preview": Verb(May.HEADCOUNTS_IMPORT, _factory("a.csv", HEADS)),
    "factories.headcounts.operations.read": Verb(May.HEADCOUNTS_IMPORT, _factory("a.csv", HEADS)),
    "factories.merging.operations.merge": Verb(May.PEOPLE_MERGE, _ids("person_id", "other_id")),
    "factories.merging.operations.part": Verb(May.PEOPLE_MERGE, _ids("merge_id")),
    "factories.merging.operations.preview": Verb(May.PEOPLE_MERGE, _ids("person_id", "other_id")),
    "factories.merging.operations.set_apart": Verb(May.PEOPLE_MERGE, _ids("person_id", "other_id")),
    "factories.operations.applying.apply_roster": Verb(May.ROSTERS_IMPORT, _ids("import_id")),
    "factories.operations.employing.change_work": Verb(May.PEOPLE_EDIT, _at("", "person_id", then=(_SEWS, TODAY))),
    "factories.operations.employing.end_work": Verb(
        May.PEOPLE_EDIT, _at("", "person_id", then=(EndReason.LEFT, TODAY))
    ),
    "factories.operations.employing.hire": Verb(
        May.PEOPLE_EDIT, _at("", then=(Hire("Zoe", None, None, "Z-1"), _SEWS, TODAY))
    ),
    "factories.operations.moving.came_from": Verb(May.PEOPLE_MERGE, _at("", "person_id", "other_id")),
    "factories.operations.previewing.preview_roster": Verb(May.ROSTERS_IMPORT, _factory("a.csv", ROSTER)),
    "factories.operations.previewing.read_roster": Verb(May.ROSTERS_IMPORT, _factory("a.csv", ROSTER)),
    "factories.operations.receiving.receive_roster": Verb(May.ROSTERS_IMPORT, _factory("a.csv", ROSTER)),
    "factories.operations.receiving.start_applying": Verb(
        May.ROSTERS_IMPORT, _ids("import_id", then=(frozenset(), frozenset()))
    ),
    "factories.operations.undoing.undo_roster": Verb(May.ROSTERS_IMPORT, _ids("import_id")),
    "factories.structure.operations.committees.add_member": Verb(
        May.COMMITTEES_MANAGE, _at("", "committee_id", "other_id", then=(Side.WORKER, DAY))
    ),
    "factories.structure.operations.committees.change_committee": Verb(
        May.COMMITTEES_MANAGE, _at("", "committee_id", then=(DAY, None))
    ),
    "factories.structure.operations.committees.correct_side": Verb(
        May.COMMITTEES_SIDE, _at("", "committee_id", "member_id", then=(Side.MANAGEMENT,))
    ),
    "factories.structure.operations.committees.create_committee": Verb(
        May.COMMITTEES_MANAGE, _at("", then=(CommitteeKind.SAFETY, DAY, None))
    ),
    "factories.structure.operations.committees.end_membership": Verb(
        May.COMMITTEES_MANAGE, _at("", "committee_id", "member_id", then=(DAY,))
    ),
    "factories.structure.operations.factories.begin_term": Verb(
        May.FACTORIES_MANAGE, _at("", then=(TermKind.SUPPORT_TIER, "standard", DAY))
    ),
    "factories.structure.operations.factories.change_factory": Verb(
        May.FACTORIES_MANAGE, lambda w: (w.codes[""], *_factory_settings(w))
    ),
    "factories.structure.operations.factories.create_factory": Verb(
        May.FACTORIES_MANAGE, lambda w: (w.codes["programmes"], *_factory_settings(w))
    ),
    "factories.structure.operations.groups.change_group": Verb(
        May.PROGRAMMES_MANAGE,
        lambda w: (w.codes["groups"], GroupSettings("X", "X", None, frozenset({w.numbers["factory_id"]}))),
    ),
    "factories.structure.operations.groups.create_group": Verb(
        May.PROGRAMMES_MANAGE, lambda w: (GroupSettings("X", "X", None, frozenset({w.numbers["factory_id"]})),)
    ),
    "api.xapi.people.operations.name_people": Verb(May.FACTORIES_MANAGE, _at("")),
    "api.xapi.people.operations.add_name": Verb(
        May.FACTORIES_MANAGE, _ids("person_id", then=(Name("https://e.org", "7"),))
    ),
    "api.xapi.people.operations.end_name": Verb(May.FACTORIES_MANAGE, _ids("person_id", "name_id")),
    "api.xapi.people.operations.add_numbering": Verb(May.FACTORIES_MANAGE, _at("", then=("https://e.org",))),
    "api.xapi.people.operations.end_numbering": Verb(May.FACTORIES_MANAGE, _at("", "numbering_id")),
    "api.xapi.courses.operations.register_course": Verb(
        May.PROGRAMMES_MANAGE, _at("programmes", then=("https://courses.example.org/new", "A course"))
    ),
    "api.xapi.courses.operations.end_course": Verb(May.PROGRAMMES_MANAGE, _at("programmes", "external_iri")),
    "factories.structure.operations.holidays.add_holiday": Verb(
        May.PROGRAMMES_MANAGE, _at("programmes", then=(_HOLIDAY,))
    ),
    "factories.structure.operations.holidays.change_holiday": Verb(
        May.PROGRAMMES_MANAGE, _at("programmes", "holiday_id", then=(_HOLIDAY,))
    ),
    "factories.structure.operations.holidays.remove_holiday": Verb(
        May.PROGRAMMES_MANAGE, _at("programmes", "holiday_id")
    ),
    "factories.structure.operations.lines.add_line": Verb(
        May.FACTORIES_MANAGE, _at("", then=("Line 9", LineKind.LINE))
    ),
    "factories.structure.operations.lines.change_line": Verb(
        May.FACTORIES_MANAGE, _at("", "line_id", then=("Line 9", LineKind.LINE))
    ),
    "factories.structure.operations.lines.close_line": Verb(May.FACTORIES_MANAGE, _at("", "line_id", then=(DAY,))),
    "factories.structure.operations.lines.reopen_line": Verb(May.FACTORIES_MANAGE, _at("", "line_id")),
    "factories.structure.operations.programmes.change_programme": Verb(
        May.PROGRAMMES_MANAGE, _at("programmes", then=(_PROGRAMME,))
    ),
    "factories.structure.operations.programmes.create_programme": Verb(
        May.PROGRAMMES_CREATE, lambda _w: (_PROGRAMME,)
    ),
    "improvement.findings.operations.apply": Verb(May.FINDINGS_IMPORT, _ids("finding_import_id")),
    "improvement.findings.operations.undo": Verb(May.FINDINGS_IMPORT, _ids("finding_import_id")),
    "improvement.roadmap.operations.adding.add": Verb(May.ROADMAP_WRITE, _at("", then=(ACTION,))),
    "improvement.roadmap.operations.adding.add_for_finding": Verb(May.ROADMAP_WRITE, _at("", "finding_id")),
    "improvement.roadmap.operations.adding.change": Verb(May.ROADMAP_WRITE, _ids("action_id", then=(ACTION,))),
    "improvement.services.operations.log": Verb(May.VISITS_LOG, _at("", then=(VISIT,))),
    "improvement.services.operations.correct": Verb(
        May.VISITS_LOG, _ids("service_id", then=(visits.said(minutes=5),))
    ),
    "improvement.services.operations.withdraw": Verb(May.VISITS_LOG, _ids("service_id")),
    "improvement.roadmap.operations.moving.mark_step": Verb(
        May.ROADMAP_WRITE, _ids("action_id"), lambda _w: {"is_done": True}
    ),
    "improvement.roadmap.operations.ending.close": Verb(May.ROADMAP_CLOSE, _ids("action_id")),
    "improvement.roadmap.operations.ending.drop": Verb(
        May.ROADMAP_CLOSE, _ids("action_id", then=(DropReason.MISTAKE,))
    ),
    "improvement.ambassadors.operations.appoint": Verb(
        May.AMBASSADORS_APPOINT,
        _at("", "person_id", then=(AmbassadorKind.AMBASSADOR, PATHWAY, date(2025, 3, 1), date(2025, 4, 1))),
    ),
    "improvement.ambassadors.operations.decide": Verb(May.PRACTICE_CONFIRM, _ids("log_id", then=(Verdict.CONFIRMED,))),
    "improvement.ambassadors.operations.end_term": Verb(
        May.AMBASSADORS_APPOINT, _ids("ambassador_id", then=(date(2036, 1, 1),))
    ),
    "improvement.cascade.operations.correct": Verb(
        May.CASCADE_WRITE, _at("", "cascade_id", then=(_SESSION, Why.OTHER))
    ),
    "improvement.cascade.operations.enter": Verb(May.CASCADE_WRITE, _at("", then=(_SESSION,))),
    "improvement.cascade.operations.withdraw": Verb(May.CASCADE_WRITE, _at("", "cascade_id", then=(Why.NOT_HELD,))),
    "improvement.cascade.samples.operations.draw": Verb(
        May.CASCADE_VALIDATE, _at("", then=("c" * 32,)), lambda _w: {"sessions": 1, "people": 1}
    ),
    "improvement.cascade.samples.operations.note_found": Verb(
        May.CASCADE_VALIDATE, _at("", "sample_id", "item_id", then=(Found.CONFIRMED, TODAY - timedelta(days=2)))
    ),
    "improvement.diagnostics.operations.add_for_need": Verb(May.ROADMAP_WRITE, _ids("diagnostic_id", "point")),
    "improvement.diagnostics.operations.fill": Verb(
        May.DIAGNOSTICS_FILL, _at("", "theme", then=(diagnostics.answers(),))
    ),
    "improvement.drills.operations.enter": Verb(May.DRILLS_WRITE, _at("", then=(_DRILL,))),
    "improvement.drills.operations.withdraw": Verb(May.DRILLS_WRITE, _at("", "drill_id")),
    "lessons.operations.practising.withdraw": Verb(May.LESSONS_LEARN, _ids("log_id")),
    "notifications.messages.operations.send_message": Verb(
        May.SESSIONS_PLAN, _ids("training_id", then=(Message(Audience.BOOKED, "Hello", "Come.", "0" * 32),))
    ),
    "notifications.operations.telling.note_told": Verb(
        May.SEATS_NOMINATE, lambda w: (w.numbers["training_id"], w.codes[""], Way.CHAT)
    ),
    "privacy.operations.export_person": Verb(May.PRIVACY_MANAGE, _ids("person_id")),
    "privacy.operations.pseudonymise": Verb(May.PRIVACY_MANAGE, _ids("person_id")),
    "quizzes.aloud.operations.hand_in_all": Verb(May.QUIZZES_OPEN, _ids("training_id", "unit_id")),
    "quizzes.aloud.operations.note_shown": Verb(May.QUIZZES_OPEN, _ids("training_id", "unit_id", then=(1, {}))),
    "quizzes.aloud.operations.read_out": Verb(May.QUIZZES_OPEN, _ids("training_id", "unit_id", then=([],))),
    "quizzes.allowed.operations.allow": Verb(
        May.QUIZZES_OPEN,
        lambda w: (*_ids("training_id", "unit_id")(w), Allow(w.numbers["person_id"], None, attempts=5, why="x")),
    ),
    "quizzes.allowed.operations.disallow": Verb(May.QUIZZES_OPEN, _ids("training_id", "unit_id", "allowance_id")),
    "quizzes.operations.answering.answer": Verb(
        May.QUIZZES_TAKE, _ids("attempt_id", "question_id", then=(["x"], 0))
    ),
    "quizzes.operations.last_codes.enter_codes": Verb(
        May.QUIZZES_OPEN, _ids("training_id", "unit_id", "person_id", then=("7KP2QX",))
    ),
    "quizzes.operations.last_codes.enter_words": Verb(
        May.QUIZZES_OPEN, _ids("training_id", "unit_id", "person_id", then=("7KP2QX", "green"))
    ),
    "quizzes.operations.observing.note_observed": Verb(
        May.QUIZZES_OPEN, _ids("training_id", "person_id", "question_id", then=((), 0))
    ),
    "quizzes.surveys.operations.answering.answer_evaluation": Verb(
        May.QUIZZES_TAKE, _ids("training_id", then=("evaluation", "en", BEST))
    ),
    "quizzes.surveys.operations.paper.enter_sheet": Verb(
        May.QUIZZES_OPEN, _ids("training_id", "window_id", then=(1, "en", {"plan": "1"}))
    ),
    "quizzes.surveys.operations.paper.note_handed_in": Verb(
        May.QUIZZES_OPEN, lambda w: (w.numbers["training_id"], "evaluation", [w.numbers["person_id"]])
    ),
    "quizzes.surveys.operations.windows.close_survey": Verb(May.QUIZZES_OPEN, _ids("training_id", "window_id")),
    "quizzes.surveys.operations.windows.open_evaluation": Verb(
        May.QUIZZES_OPEN, _ids("training_id", then=("evaluation",))
    ),
    "quizzes.surveys.operations.windows.open_survey": Verb(
        May.QUIZZES_OPEN, lambda w: (w.numbers["training_id"], "workers", w.numbers["factory_id"], SurveyPhase.POST, 4)
    ),
    "quizzes.operations.submission.submit": Verb(May.QUIZZES_TAKE, _ids("attempt_id")),
    "quizzes.operations.windows.close_window": Verb(May.QUIZZES_OPEN, _ids("training_id", "unit_id")),
    "quizzes.sheets.operations.decide": Verb(
        May.QUIZZES_OPEN, _ids("training_id", "unit_id", "person_id", then=({}, "0" * 32))
    ),
    "quizzes.sheets.operations.drop": Verb(May.QUIZZES_OPEN, _ids("training_id", "unit_id", "person_id")),
    "quizzes.sheets.operations.enter": Verb(
        May.QUIZZES_OPEN, _ids("training_id", "unit_id", "person_id", then=(0, {}, "0" * 32))
    ),
    "quizzes.sheets.operations.make_forms": Verb(May.QUIZZES_OPEN, _ids("training_id", "unit_id")),
    "quizzes.operations.windows.open_window": Verb(May.QUIZZES_OPEN, _ids("training_id", "unit_id", then=(5,))),
    "quizzes.regrading.operations.keys.change_key": Verb(
        May.COURSES_PUBLISH, _ids("question_id", then=(None,)), lambda _w: {"why": "x", "shown": "", "understood": False}
    ),
    "quizzes.regrading.operations.by_hand.grade_answer": Verb(
        May.QUIZZES_GRADE, _ids("training_id", "unit_id", "answer_id", then=(2,))
    ),
    "quizzes.regrading.operations.late.decide_late": Verb(
        May.QUIZZES_GRADE, _ids("training_id", "late_id"), lambda _w: {"counts": True, "why": "x"}
    ),
    "quizzes.regrading.operations.reopening.reopen": Verb(
        May.QUIZZES_GRADE, _ids("training_id", "attempt_id"), lambda _w: {"why": "x"}
    ),
    "quizzes.results.operations.export_results": Verb(May.ITEMS_READ, _ids("training_id", "unit_id")),
    "quizzes.results.operations.read_answers": Verb(May.ITEMS_READ, _ids("training_id", "unit_id", "attempt_id")),
    "sessions.demand.operations.declare": Verb(
        May.INTEREST_DECLARE, lambda w: (w.codes[""], w.codes["courses"], Wish(9, None, None, "en", ""))
    ),
    "sessions.demand.operations.plan": Verb(May.SESSIONS_PLAN, _ids("interest_id", "training_id")),
    "sessions.demand.operations.withdraw": Verb(May.INTEREST_DECLARE, _ids("interest_id")),
    "sessions.links.operations.choosing.choose": Verb(
        May.SESSIONS_PLAN, _ids("training_id", "number", then=(Provider.JITSI,))
    ),
    "sessions.links.operations.choosing.try_again": Verb(May.SESSIONS_PLAN, _ids("training_id", "number")),
    "sessions.conflicts.operations.accept": Verb(May.SESSIONS_PLAN, _ids("training_id", then=([], "Urgent."))),
    "sessions.registers.operations.hosts.add_host": Verb(
        May.REGISTERS_MANAGE, _at("programmes", then=(HostSettings("New", "Jitsi", None),))
    ),
    "sessions.registers.operations.hosts.change_host": Verb(
        May.REGISTERS_MANAGE, _at("programmes", "host_id", then=(HostSettings("New", "Jitsi", None),))
    ),
    "sessions.registers.operations.interpreters.add_interpreter": Verb(
        May.SESSIONS_PLAN, _at("programmes", then=(InterpreterSettings("New", None, ("en",), None),))
    ),
    "sessions.registers.operations.interpreters.change_interpreter": Verb(
        May.SESSIONS_PLAN, _at("programmes", "interpreter_id", then=(InterpreterSettings("New", None, ("en",), None),))
    ),
    "sessions.registers.operations.rooms.add_room": Verb(
        May.SESSIONS_PLAN, _at("programmes", then=(RoomSettings("New", "", "", None, None, None),))
    ),
    "sessions.registers.operations.rooms.change_room": Verb(
        May.SESSIONS_PLAN, _at("programmes", "room_id", then=(RoomSettings("New", "", "", None, None, None),))
    ),
    "sessions.registers.operations.ruling.add_break": Verb(
        May.REGISTERS_MANAGE, _at("programmes", then=(BreakSettings({"en": "Tea"}, time(15), time(16), (1,)),))
    ),
    "sessions.registers.operations.ruling.change_rules": Verb(
        May.REGISTERS_MANAGE, _at("programmes", then=(RulesSettings(3, 30, 180, (1,), time(20), time(7)),))
    ),
    "sessions.registers.operations.ruling.remove_break": Verb(
        May.REGISTERS_MANAGE, _at("programmes", then=("1200-1300",))
    ),
    "sessions.registers.operations.trainers.add_leave": Verb(
        May.SESSIONS_PLAN, _at("programmes", "trainer_id", then=(DAY, DAY))
    ),
    "sessions.registers.operations.trainers.disqualify": Verb(
        May.REGISTERS_MANAGE, _at("programmes", "trainer_id", "qualification_id")
    ),
    "sessions.registers.operations.trainers.qualify": Verb(
        May.REGISTERS_MANAGE,
        lambda w: (w.codes["programmes"], w.numbers["trainer_id"], w.codes["courses"], DAY, None),
    ),
    "sessions.registers.operations.trainers.remove_leave": Verb(
        May.SESSIONS_PLAN, _at("programmes", "trainer_id", "absence_id")
    ),
    "sessions.registers.operations.trainers.say_languages": Verb(
        May.SESSIONS_PLAN, _at("programmes", "trainer_id", then=(["en"],))
    ),
    "sessions.operations.copying.copy": Verb(May.SESSIONS_PLAN, _ids("training_id", then=(TODAY + timedelta(days=90),))),
    "sessions.operations.copying.repeat": Verb(
        May.SESSIONS_PLAN, _ids("training_id"), lambda _w: {"weeks": 2, "times": 2}
    ),
    "sessions.operations.half_days.add_half_day": Verb(
        May.SESSIONS_PLAN, _ids("training_id", then=(PlannedHalfDay(WHEN, Modality.IN_PERSON),))
    ),
    "sessions.operations.half_days.edit_meeting": Verb(
        May.SESSIONS_PLAN, _ids("training_id", "number", then=(Settings(),))
    ),
    "sessions.operations.helping.appoint": Verb(
        May.HELPERS_APPOINT, _ids("training_id"), lambda _w: {**GUEST, "role": Role.CHECK_IN_HELPER}
    ),
    "sessions.operations.helping.dismiss": Verb(May.HELPERS_APPOINT, _ids("training_id", "helper_id")),
    "sessions.operations.loading.hold": Verb(May.SESSIONS_READ, _ids("training_id")),
    "sessions.operations.loading.to_plan": Verb(May.SESSIONS_PLAN, _ids("training_id")),
    "sessions.operations.meetings.cancel_meeting": Verb(May.SESSIONS_PLAN, _ids("training_id", "number")),
    "sessions.operations.meetings.change_link": Verb(
        May.SESSIONS_PLAN, _ids("training_id", "number", then=("https://meet.example/9",))
    ),
    "sessions.operations.meetings.move_meeting": Verb(
        May.SESSIONS_PLAN, _ids("training_id", "number", then=(WHEN,))
    ),
    "sessions.operations.nominations.nominate": Verb(
        May.SEATS_NOMINATE,
        lambda w: (w.numbers["training_id"], *_factory()(w), [w.numbers["other_id"]], w.numbers["site_id"]),
    ),
    "sessions.operations.planning.change_trainers": Verb(
        May.SESSIONS_PLAN, lambda w: (w.numbers["training_id"], [w.numbers["trainer_id"]])
    ),
    "sessions.operations.planning.schedule": Verb(May.SESSIONS_PLAN, _plan),
    "sessions.operations.sites.add_factory_room": Verb(
        May.SESSIONS_PLAN, _ids("training_id", "factory_id", then=(None,))
    ),
    "sessions.operations.sites.add_remote": Verb(May.SESSIONS_PLAN, _ids("training_id")),
    "sessions.operations.sites.add_venue": Verb(May.SESSIONS_PLAN, _ids("training_id", then=("Hall", None))),
    "sessions.operations.sites.give_focal_point": Verb(
        May.SESSIONS_PLAN, _ids("training_id", "site_id", then=(None,))
    ),
    "sessions.operations.sites.remove_site": Verb(May.SESSIONS_PLAN, _ids("training_id", "site_id")),
    "sessions.operations.splitting.split": Verb(May.SESSIONS_PLAN, _ids("training_id", then=(_SPLIT,))),
    "sessions.operations.states.announce": Verb(May.SESSIONS_PLAN, _ids("training_id")),
    "sessions.operations.places.change_places": Verb(
        May.SESSIONS_PLAN, _ids("training_id", then=(Places(capacity_in_person=9, capacity_virtual=9),))
    ),
    "sessions.operations.seats.joining.join": Verb(May.SEATS_NOMINATE, _ids("training_id", "seat_id", "site_id")),
    "sessions.operations.seats.joining.join_at": Verb(
        May.SEATS_NOMINATE, _ids("training_id", "seat_id", "number", "site_id")
    ),
    "sessions.operations.seats.loading.to_ask": Verb(
        May.SEATS_NOMINATE, lambda w: (w.numbers["training_id"], *_factory()(w))
    ),
    "sessions.operations.seats.loading.to_settle": Verb(May.SEATS_CONFIRM, _ids("training_id")),
    "sessions.operations.seats.loading.to_speak": Verb(May.SEATS_NOMINATE, _ids("training_id", "seat_id")),
    "sessions.operations.seats.ordering.put": Verb(May.SEATS_CONFIRM, _ids("training_id", "seat_id", then=(Step.UP,))),
    "sessions.operations.seats.reserving.reserve": Verb(
        May.SEATS_NOMINATE, lambda w: (w.numbers["training_id"], *_factory()(w), w.numbers["site_id"], 1)
    ),
    "sessions.operations.seats.settling.book": Verb(May.SEATS_CONFIRM, _ids("training_id", "seat_id")),
    "sessions.operations.seats.settling.book_all": Verb(May.SEATS_CONFIRM, _ids("training_id")),
    "sessions.operations.seats.settling.decline": Verb(May.SEATS_CONFIRM, _ids("training_id", "seat_id", then=("No",))),
    "sessions.operations.seats.swapping.swap": Verb(May.SEATS_NOMINATE, _ids("training_id", "seat_id", "other_id")),
    "sessions.operations.seats.swapping.walk_in": Verb(
        May.ATTENDANCE_MARK,
        lambda w: (w.numbers["training_id"], *_factory()(w), w.numbers["other_id"], w.numbers["site_id"]),
    ),
    "sessions.operations.seats.withdrawing.accept": Verb(May.SEATS_NOMINATE, _ids("training_id", "seat_id")),
    "sessions.operations.seats.withdrawing.accept_own": Verb(May.SEATS_OWN, _ids("training_id")),
    "sessions.operations.seats.withdrawing.withdraw": Verb(May.SEATS_NOMINATE, _ids("training_id", "seat_id")),
    "sessions.operations.seats.withdrawing.withdraw_own": Verb(May.SEATS_OWN, _ids("training_id")),
    "sessions.operations.states.cancel": Verb(May.SESSIONS_PLAN, _ids("training_id", then=("Flood",))),
    "sessions.operations.states.close": Verb(May.SESSIONS_PLAN, _ids("training_id")),
    "sessions.operations.states.confirm": Verb(May.SESSIONS_PLAN, _ids("training_id")),
    "reports.deliveries.operations.subscribe": Verb(
        May.REPORTS_READ, _at("programmes", then=(Every.MONTH, Split_.SEX, Ending.XLSX))
    ),
    "reports.periods.operations.freeze": Verb(May.REPORTS_FREEZE, _ids("period_id")),
    "reports.periods.operations.open_period": Verb(
        May.REPORTS_FREEZE, _at("programmes", then=("A year", Span(DAY, DAY)))
    ),
    "reports.periods.operations.settle": Verb(May.REPORTS_FREEZE, _at("programmes", then=([], 80))),
    "reports.sharing.operations.consent": Verb(May.SHARING_CONSENT, _at("", then=(SHOWN, operations_of_sharing.mark([]), "c" * 32))),
    "reports.sharing.operations.end": Verb(May.SHARING_CONSENT, _at("", "consent_id")),
    "reports.sharing.operations.preview": Verb(May.SHARING_CONSENT, _at("", then=(SHOWN,))),
    "sessions.costs.operations.add": Verb(May.COSTS_WRITE, _ids("training_id", then=(PAID,))),
    "sessions.costs.operations.correct": Verb(May.COSTS_WRITE, _ids("cost_id", then=(replace(PAID, amount=9),))),
    "sessions.costs.operations.remove": Verb(May.COSTS_WRITE, _ids("cost_id")),
    "sessions.service.operations.begin_cycle": Verb(May.SERVICE_MANAGE, _at("", then=(DAY,))),
    "sessions.service.operations.charge": Verb(
        May.SESSIONS_PLAN, _ids("training_id", then=(Kind.SEATS, Payer.BRAND))
    ),
    "sessions.service.operations.grant": Verb(
        May.SERVICE_MANAGE, _at("", then=(Kind.SEATS, 1, Payer.BRAND, ""))
    ),
    "sessions.service.operations.set_mode": Verb(
        May.SERVICE_MANAGE, _at("programmes", then=("Kandal", EngagementMode.HYBRID, DAY))
    ),
    "sessions.service.operations.set_rule": Verb(
        May.SERVICE_MANAGE, _at("programmes", then=(SupportTier.ADVANCED, DAY, 5))
    ),
    "sessions.operations.states.postpone": Verb(May.SESSIONS_PLAN, _ids("training_id", then=("Flood",))),
    "sessions.operations.states.reopen": Verb(May.SESSIONS_REOPEN, _ids("training_id", then=("A mark",))),
    "sessions.operations.states.resume": Verb(May.SESSIONS_PLAN, _ids("training_id", then=({},))),
    "sessions.operations.switching.switch_modality": Verb(
        May.SESSIONS_PLAN, _ids("training_id", then=([1], Modality.VIRTUAL, "https://meet.example/1"))
    ),
    "sessions.replies.operations.decline_proposal": Verb(May.SESSIONS_PLAN, _ids("training_id", "invitation_id")),
    "sessions.replies.operations.mark_seen": Verb(May.MAIL_READ, _ids("incoming_id")),
}

def _wanted_runs(w: World) -> WantedRuns:
    """A proposal for the factory of a world."""
    programme = db.session.get_one(Programme, w.numbers["programme_id"])
    version = db.session.get_one(CourseVersion, w.numbers["version_id"])
    requirement = next(row for row in required([programme.id]) if row.course_id == version.course_id)
    return WantedRuns(
        programme=programme, requirement=requirement, version=version,
        factories=[db.session.get_one(Factory, w.numbers["factory_id"])],
        first=TODAY + timedelta(days=30), half_days=1, apart=1, starts=time(8), largest=9, language="en",
    )  # fmt: skip


_SITE_WIDE = {May.PROGRAMMES_CREATE, May.COURSES_AUTHOR, May.COURSES_PUBLISH}
"""What belongs to no programme: whoever may, may everywhere."""
_OWN = "it is about the actor's own account and takes no number of another"
_OWN_COURSE = "it is about the actor's own progress in a course of the catalogue: tests/lessons"
_OWN_ROW = "it finds rows of the actor's own account only: tests/accounts"
_INNER = "only jobs and other verbs call it, after the verb that asked"
_COMMAND = "only the command line and the demo call it, for the whole site"
_HELD = "other verbs of seats call it, which have taken hold of the training session and asked"
NOBODY_THERE = "attendance.rooms.operations.checking.spot_check"
"""The person of the rows sits at the venue, not in the factory room: tests/attendance/rooms."""
OWN_ROOM = ("sessions.operations.seats.swapping.walk_in", Role.FOCAL_POINT)
"""Who takes the roll may anywhere, and a factory in its own room, which the site of the rows is: tests/attendance/rooms."""
NOT_ASKED = {
    **dict.fromkeys(
        ("certificates.of_factories.operations.ending.downgrade", "certificates.of_factories.operations.ending.recover",
         "certificates.of_factories.operations.ending.warn", "certificates.of_factories.operations.issuing.issue"), _INNER),
    **dict.fromkeys(
        ("certificates.operations.noting.keep_note", "completions.operations.annulling.annul",
         "completions.operations.annulling.restore", "completions.operations.importing.take_back_earlier",
         "completions.operations.importing.take_over_earlier"), _INNER),
    **dict.fromkeys(
        ("learning_record.operations.consenting.consent", "learning_record.operations.consenting.withdraw_consent"),
        "it is about the person who acts, and takes no number of another: tests/learning_record/test_transcripts.py"),
    "reports.deliveries.operations.end": "it finds subscriptions of the actor's own account: tests/reports/test_deliveries.py",
    "reports.deliveries.operations.hand_out": "it takes the file, which only who ordered it can load",
    "reports.periods.operations.export": "it takes the period, which only who reads it can load",
    "reports.operations.export": "it takes programmes, which only who reads their reports can load",
    "reports.sharing.partners.operations.export": "it takes programmes, which only who sees them in numbers can load",
    "attendance.kit.operations.devices.know": _OWN_ROW,
    **dict.fromkeys(
        ("attendance.kit.operations.devices.let_in", "attendance.kit.operations.devices.revoke"),
        "it finds phones of the actor's own account and of those that he manages: tests/attendance/kit/test_phones.py",
    ),
    **dict.fromkeys(("quizzes.operations.paper.note_paper", "quizzes.operations.submission.hand_in", "quizzes.regrading.operations.writing.write_grades",
         "quizzes.regrading.operations.loading.refuse_who_may_not", "quizzes.regrading.operations.single.regrade",
         "quizzes.regrading.operations.writing.note_all", "attendance.reports.operations.rooms.connect_rooms"), _INNER),
    "attendance.operations.rebuilding.mend": _COMMAND,
    **dict.fromkeys(
        ("attendance.operations.loading.hold_for", "attendance.operations.log.marker_of",
         "attendance.operations.log.take_down", "attendance.guests.operations.log.answer",
         "attendance.guests.operations.log.append", "attendance.guests.operations.noting.take_down",
         "attendance.guests.operations.repeating.repeat", "attendance.guests.operations.seating.give_back",
         "attendance.guests.operations.seating.seat", "attendance.rooms.operations.connecting.connected"),
        _HELD,
    ),
    **dict.fromkeys(
        (
            f"sessions.operations.seats.{name}"
            for name in (
                "moving.ask", "moving.move", "moving.remember", "reserving.name", "reserving.refuse_after_cut_off",
                "settling.place", "telling.settle",
            )
        ),
        _HELD,
    ),
    **dict.fromkeys(
        (
            f"accounts.operations.{name}"
            for name in (
                "factors.add_authenticator", "factors.give_code", "factors.new_recovery_codes",
                "factors.offered_address", "factors.offered_secret", "factors.remove_authenticator",
                "own.change_password", "own.confirm_password", "own.describe", "own.own_account", "own.own_sign_ins",
                "passkeys.add", "passkeys.offer", "passkeys.own_passkeys", "passkeys.sign_in_with_passkey",
                "sign_ins.end_everywhere",
            )
        ),
        _OWN,
    ),
    **dict.fromkeys(
        ("attendance.checkin.operations.coming.check_in", "attendance.checkin.operations.coming.declare"),
        "whoever stands in the room may, by a code that was checked before: tests/attendance/checkin",
    ),
    "accounts.operations.passkeys.remove": _OWN_ROW,
    "api.tokens.operations.create": _OWN,
    "api.tokens.operations.end": "it finds tokens of the actor's own account and of those that he manages: tests/api/tokens",
    "api.webhooks.operations.create": _OWN,
    **dict.fromkeys(
        (f"api.webhooks.operations.{name}" for name in ("change_secret", "end", "ping", "replay", "resume")),
        "it finds webhooks of the actor's own account and of those that he manages: tests/api/webhooks",
    ),
    "accounts.operations.sign_ins.end_own": _OWN_ROW,
    "accounts.operations.accounts.create_account": _COMMAND,
    "accounts.operations.kiosks.begin_kiosk": "sessions lie above accounts: the route asks, and is asked in the matrix",
    "accounts.operations.kiosks.end_kiosk": "it ends the kiosk of the device itself",
    "certificates.bundles.operations.take_out": _COMMAND,
    "coverage.portfolio.operations.export_portfolio":
        "it takes out the actor's own list and no number of another: tests/coverage/portfolio/test_portfolio.py",
    "certificates.validity.operations.export_renewals":
        "it takes no number, and lists what the page lists: tests/certificates/test_renewals.py",
    "learning_record.evidence.operations.take_out": _COMMAND,
    "learning_record.evidence.operations.hand_out": "it takes the order, which only who ordered it can load",
    "certificates.bundles.operations.hand_out": "it takes the order, which only who ordered it can load",
    "accounts.operations.printing.hand_out": "it takes the order, which only who ordered it can load",
    "courses.operations.publish_version": _COMMAND,
    "certificates.signing.operations.create": _COMMAND,
    "certificates.signing.operations.revoke": _COMMAND,
    "certificates.signing.operations.rotate": _COMMAND,
    "certificates.signing.operations.take_up": _INNER,
    "coverage.operations.require": _COMMAND,
    "factories.headcounts.operations.keep": _INNER,
    "improvement.findings.operations.preview":
        "it takes no number, and knows the factories in sight alone: tests/improvement/findings/test_importing.py",
    "factories.operations.previewing.keep_reading": _INNER,
    "factories.operations.receiving.apply_kept": _INNER,
    "factories.operations.receiving.finish_reading": _INNER,
    "lessons.operations.practising.log_practice": _OWN_COURSE,
    "lessons.operations.reading.read": _OWN_COURSE,
    "lessons.operations.reading.switch": _OWN_COURSE,
    "notifications.digests.operations.choose": _OWN,
    "sessions.feeds.operations.renew": _OWN_ROW,
    "sessions.feeds.operations.revoke": _OWN_ROW,
    "sessions.feeds.operations.subscribe": _OWN,
    "sessions.operations.times.refuse_clash": "it only says what speaks against times, and takes no number",
    "quizzes.operations.starting.start": "it takes no number: the training session is that of the sign-in",
}


def _verbs() -> Iterator[tuple[str, Callable[..., Any]]]:
    for module in pkgutil.walk_packages(product.__path__, "app."):
        if ".operations" not in module.name or module.name.startswith("app.platform."):
            continue
        for name, verb in vars(importlib.import_module(module.name)).items():
            is_own = inspect.isfunction(verb) and verb.__module__ == module.name and not name.startswith("_")
            if is_own and next(iter(inspect.signature(verb).parameters), "") == "actor":
                yield f"{module.name.removeprefix('app.')}.{name}", verb


@pytest.mark.any_engine
def test_every_verb_has_a_row_and_one_only() -> None:
    assert sorted([*VERBS, *NOT_ASKED]) == sorted(name for name, _verb in _verbs())


@pytest.mark.any_engine
@pytest.mark.parametrize("role", [*Role, None])
def test_no_verb_works_beyond_the_own_scope(worlds: Worlds, role: Role | None) -> None:
    actor, faults, verbs = _actor(role, worlds[OWN]), [], dict(_verbs())
    for name, row in VERBS.items():
        for whose, world in worlds.items():
            if (name, role) == OWN_ROOM and whose == OWN:
                continue
            if not _is_allowed(row.may, role, whose) and (fault := _called(verbs[name], row, actor, world)):
                faults.append(f"{name} about {whose}: {fault}")
    assert not faults, "\n".join(faults)


def test_the_rows_lead_to_what_is_there(worlds: Worlds) -> None:
    """Asked by who may everything each verb finds its things, or says in a sentence why not now."""
    verbs, own = dict(_verbs()), worlds[OWN]
    everybody, person = _actor(Role.ADMINISTRATOR, own), quizzes.actor(own.person, own.training)
    by = dict.fromkeys((May.LESSONS_LEARN, May.QUIZZES_TAKE, May.SEATS_OWN), person)
    by |= dict.fromkeys((May.ATTENDANCE_DECLARE, May.SHARING_CONSENT), _actor(Role.FOCAL_POINT, own))
    missed = []
    for name, row in VERBS.items():
        if _called(verbs[name], row, by.get(row.may, everybody), own) is None:
            missed.append(name)
    assert missed == [NOBODY_THERE]


def _actor(role: Role | None, own: World) -> Actor:
    actor = actor_of(role, own)
    db.session.commit()  # there is still an account when the first verb is undone
    return actor


def _is_allowed(may: May, role: Role | None, whose: str) -> bool:
    if role is None or may not in ROLE_PERMISSIONS[role]:
        return False
    return may in _SITE_WIDE or whose in REACH[role]


def _called(verb: Callable[..., Any], row: Verb, actor: Actor, world: World) -> str | None:
    """What came of it; None when it was refused as it should be."""
    with undone():
        try:
            verb(actor, *row.arguments(world), **row.named(world))
        except row.refusal as refusal:
            # A refusal that says "not now" is no wall: somebody else was let in so far.
            return None if row.refusal is Refused or isinstance(refusal, NotFound) else str(refusal)
        except Refused as refusal:
            return f"refused only with: {refusal}"
        return "it worked"
