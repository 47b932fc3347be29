"""What the programmes of the story require: something of most kinds, an exemption, and a draft that waits."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from app.courses import queries as courses
from app.coverage.requirements import operations
from app.coverage.requirements.operations import Waived
from app.coverage.requirements.queries.listed import by_code
from app.coverage.requirements.rules import (
    Happening,
    Kind,
    Proof,
    Rule,
    Said,
    Scope,
    SourceKind,
    WaiverReason,
)
from app.demo import days
from app.demo.cast import Cast
from app.demo.people import FIRST_ROSTER
from app.demo.places import BANGLADESH, CAMBODIA, VIET_NAM
from app.demo.plots import SAFETY, SKILLS
from app.factories.rules import CommitteeKind, JobRole
from app.platform.clock import today

SINCE = timedelta(days=1)
_PATHWAY = (
    "ambassador-01-role", "ambassador-02-facilitation", "ambassador-03-labour-law-map", "ambassador-04-walk-through",
    "ambassador-05-fire-emergency", "ambassador-06-gender-respect", "ambassador-07-industrial-relations",
    "ambassador-08-hr-wages", "ambassador-09-root-cause", "ambassador-10-coaching-and-measuring",
)  # fmt: skip
_LEADERS = (JobRole.SUPERVISOR, JobRole.INDIRECT_SUPERVISOR)


def require_more(cast: Cast) -> None:
    """Beside the courses of supervisors: committees, lines, seminars, ambassadors, and what the country asks."""
    day = today(cast.place.zone)
    for said in _of_programme(day):
        operations.create(cast.manager, cast.programme_id, said)
    if cast.place is BANGLADESH:
        for said in _of_bangladesh(day):
            operations.create(cast.manager, cast.programme_id, said)
    if cast.place is VIET_NAM:
        operations.create(cast.manager, cast.programme_id, _of_viet_nam(day))


def exempt(cast: Cast) -> None:
    """In Cambodia one leader is exempt for a time, and the rule for supervisors is about to become stricter."""
    if cast.place is not CAMBODIA:
        return
    day = today(cast.place.zone)
    with days.at(cast.place, datetime.combine(day - SINCE, time(15))):
        skills = by_code(cast.programme_id, SKILLS)
        if skills is None:
            return
        person = cast.leaders()[-1]
        ends_on = day + timedelta(days=45)
        away = Waived(skills.id, person, WaiverReason.ON_LEAVE, "", day - timedelta(days=1), ends_on)
        operations.waive(cast.manager, cast.place.factory_code, away)
        rule = Rule(Kind.ROLE, (_course(SKILLS),), (*_LEADERS, JobRole.QUALITY), within_days=182)
        stricter = _said(SKILLS, skills.title, rule, "Training plan, rule 1, as changed", day + timedelta(days=30))
        operations.propose(cast.manager, skills.id, stricter)


def _of_programme(day: date) -> Iterator[Said]:
    cooperation = Rule(Kind.BODY, (_course("workplace-cooperation"),), committees=(CommitteeKind.BIPARTITE,))
    yield _said("bipartite-committee", {
        "en": "Bipartite committee, both sides", "km": "គណៈកម្មាធិការទ្វេភាគី ភាគីទាំងពីរ",
        "vi": "Ban hai bên, cả hai phía", "bn": "দ্বিপক্ষীয় কমিটি, উভয় পক্ষ",
    }, cooperation, "Training plan, rule 3", day)
    helpers = Rule(Kind.UNIT, (_course(SAFETY),), (JobRole.SUPERVISOR, JobRole.OPERATOR), per_unit=1, per_shift=True)
    yield _said("first-aid", {
        "en": "First help on every line and in every shift", "km": "ការសង្គ្រោះបឋមនៅគ្រប់ខ្សែ និងគ្រប់វេន",
        "vi": "Sơ cứu ở mọi chuyền và mọi ca", "bn": "প্রতিটি লাইন ও শিফটে প্রাথমিক চিকিৎসা",
    }, helpers, "Training plan, rule 5", day)
    yield _said("seminars", {
        "en": "Three of four seminars in a cycle", "km": "សិក្ខាសាលាបីក្នុងចំណោមបួនក្នុងមួយវដ្ត",
        "vi": "Ba trong bốn hội thảo mỗi chu kỳ", "bn": "প্রতি চক্রে চারটির মধ্যে তিনটি সেমিনার",
    }, Rule(Kind.CADENCE, happening=Happening.SEMINAR, needed=3, months=12), "Training plan, rule 2", day)
    yield _said("ambassador-pathway", {
        "en": "Ambassador pathway in a year", "vi": "Lộ trình đại sứ nhà máy trong một năm",
        "bn": "এক বছরে কারখানা দূত হওয়ার পথ",
    }, _pathway(), "Training plan, rule 7", day)


def _pathway() -> Rule:
    return Rule(Kind.PATHWAY, tuple(_course(code) for code in _PATHWAY), needed=len(_PATHWAY), months=12)


def _of_bangladesh(day: date) -> Iterator[Said]:
    over, later = (day + FIRST_ROSTER + timedelta(days=days_more) for days_more in (-20, 200))
    teams = Rule(Kind.QUOTA, (_course("fire-refresher"),), tuple(JobRole), percent=18)
    yield _said(
        "fire-teams", {"en": "Fire teams: 18 of 100 people", "bn": "অগ্নি দল: প্রতি ১০০ জনে ১৮ জন"}, teams,
        "Labour Rules 2015", day, SourceKind.LAW, over)
    drills = Rule(Kind.CADENCE, happening=Happening.DRILL, needed=1, months=6)
    yield _said(
        "fire-drills", {"en": "A fire drill every six months", "bn": "প্রতি ছয় মাসে একটি অগ্নি মহড়া"}, drills,
        "Labour Act 2006, section 62", day, SourceKind.LAW, later, Scope(smallest=50))


def _of_viet_nam(day: date) -> Said:
    managers = Rule(
        Kind.LAW, (_course(SAFETY), _course("fire-refresher")), (JobRole.MANAGER,), hours=16, months=24,
        proof=Proof.CERTIFICATE)
    title = {"en": "Safety training, group 1: managers", "vi": "Huấn luyện an toàn nhóm 1: người quản lý"}
    return _said("osh-group-1", title, managers, "Decree 44/2016/ND-CP", day, SourceKind.LAW, day + timedelta(days=600))


def _said(
    code: str, title: dict[str, str], rule: Rule, source: str, day: date,
    source_kind: SourceKind = SourceKind.PROGRAMME, review_on: date | None = None, scope: Scope | None = None,
) -> Said:
    return Said(code, title, rule, scope or Scope(), source_kind, source, day, review_on)


def _course(code: str) -> int:
    return courses.course_by_code(code).id
