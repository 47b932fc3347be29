"""Words for the values of the catalogue."""

from typing import Any

from app.courses.rules import Category, Length, QuizPhase, UnitKind
from app.platform.i18n import lazy

CATEGORIES: dict[Category, Any] = {
    Category.SUPERVISORY_SKILLS: lazy("Supervisory skills"),
    Category.OSH: lazy("Safety and health"),
    Category.INDUSTRY_SEMINAR: lazy("Industry seminar"),
    Category.COMMITTEE: lazy("Committee"),
    Category.AMBASSADOR: lazy("Factory Ambassador"),
    Category.OTHER: lazy("Other"),
}

UNIT_KINDS: dict[UnitKind, Any] = {
    UnitKind.LESSON: lazy("Lesson"),
    UnitKind.QUIZ: lazy("Quiz"),
    UnitKind.MEETING: lazy("Half-days"),
    UnitKind.PRACTICE: lazy("Practice task"),
}

MODALITIES: dict[str, Any] = {
    "in_person": lazy("In person"),
    "virtual": lazy("Virtual"),
    "hybrid": lazy("In person and virtual"),
}

THEMES: dict[str, Any] = {
    "child-labour": lazy("Child labour"),
    "discrimination": lazy("Discrimination"),
    "forced-labour": lazy("Forced labour"),
    "freedom-of-association": lazy("Freedom of association"),
    "compensation": lazy("Compensation"),
    "contract-and-hr": lazy("Contracts and human resources"),
    "osh": lazy("Safety and health at work"),
    "working-time": lazy("Working time"),
}

ROLES: dict[str, Any] = {
    "helper": lazy("Helper"),
    "operator": lazy("Operator"),
    "quality": lazy("Quality"),
    "mechanic": lazy("Mechanic"),
    "office": lazy("Office"),
    "supervisor": lazy("Supervisor"),
    "indirect_supervisor": lazy("Supervisor of supervisors"),
    "manager": lazy("Manager"),
}

POINTS: dict[str, Any] = {
    "child-labour/child-labourers": lazy("Child labourers"),
    "child-labour/worst-forms": lazy("Worst forms of child labour"),
    "child-labour/hazardous-work": lazy("Hazardous work of young people"),
    "child-labour/documentation-of-young-workers": lazy("Papers and protection of young workers"),
    "discrimination/race-and-origin": lazy("Race and origin"),
    "discrimination/religion-and-opinion": lazy("Religion and opinion"),
    "discrimination/gender": lazy("Gender"),
    "discrimination/other-grounds": lazy("Other grounds"),
    "forced-labour/coercion": lazy("Coercion"),
    "forced-labour/bonded-labour": lazy("Bonded labour"),
    "forced-labour/forced-overtime": lazy("Forced overtime"),
    "forced-labour/prison-labour": lazy("Prison labour"),
    "freedom-of-association/freedom-to-associate": lazy("Freedom to associate"),
    "freedom-of-association/union-operations": lazy("Work of unions"),
    "freedom-of-association/interference": lazy("Interference"),
    "freedom-of-association/collective-bargaining": lazy("Collective bargaining"),
    "freedom-of-association/strikes": lazy("Strikes"),
    "compensation/minimum-wage": lazy("Minimum wage"),
    "compensation/overtime-pay": lazy("Overtime pay"),
    "compensation/premium-pay": lazy("Premium pay"),
    "compensation/method-of-payment": lazy("How wages are paid"),
    "compensation/wage-information": lazy("Pay slips and deductions"),
    "compensation/paid-leave": lazy("Paid leave"),
    "compensation/social-security": lazy("Social security"),
    "contract-and-hr/employment-contracts": lazy("Employment contracts"),
    "contract-and-hr/contracting-procedures": lazy("Hiring"),
    "contract-and-hr/termination": lazy("End of work"),
    "contract-and-hr/dialogue-discipline-disputes": lazy("Dialogue, discipline and disputes"),
    "osh/management-systems": lazy("Safety management"),
    "osh/chemicals": lazy("Chemicals"),
    "osh/worker-protection": lazy("Protection of workers"),
    "osh/working-environment": lazy("Heat, air, light and noise"),
    "osh/health-services": lazy("First aid and health services"),
    "osh/welfare-facilities": lazy("Toilets, water and canteen"),
    "osh/accommodation": lazy("Dormitories"),
    "osh/emergency-preparedness": lazy("Fire and emergencies"),
    "working-time/regular-hours": lazy("Regular hours"),
    "working-time/overtime": lazy("Overtime"),
    "working-time/leave": lazy("Leave"),
}
"""The points of the themes, as `theme/point`."""

LENGTHS: dict[Length, Any] = {
    Length.SHORT: lazy("Up to 3 hours"),
    Length.DAY: lazy("Half a day to a day"),
    Length.LONGER: lazy("More than a day"),
}

PHASES: dict[QuizPhase, Any] = {
    QuizPhase.PRE: lazy("before the training"),
    QuizPhase.POST: lazy("after the training"),
    QuizPhase.FOLLOW_UP: lazy("some months later"),
    QuizPhase.PRACTICE: lazy("as often as you like"),
}

ICONS: dict[Category, str] = {
    Category.SUPERVISORY_SKILLS: "person-workspace",
    Category.OSH: "shield-check",
    Category.INDUSTRY_SEMINAR: "easel",
    Category.COMMITTEE: "people",
    Category.AMBASSADOR: "megaphone",
    Category.OTHER: "book",
}
"""The picture of each shelf."""
