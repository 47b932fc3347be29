"""What is said about services, in plain words."""

from typing import Any

from app.improvement.services.rules import Fault, ServiceKind, ServiceNote
from app.platform.i18n import lazy
from app.sessions.rules import Modality

KINDS: dict[ServiceKind, Any] = {
    ServiceKind.ADVISORY_VISIT: lazy("Advisory visit"),
    ServiceKind.TAILORED_TRAINING: lazy("Tailored training"),
    ServiceKind.GROUP_SERVICE: lazy("Service for the company group"),
    ServiceKind.COMMITTEE_MEETING: lazy("Meeting with the committee"),
}
MODES: dict[Modality, Any] = {
    Modality.IN_PERSON: lazy("In person"),
    Modality.VIRTUAL: lazy("By link"),
    Modality.HYBRID: lazy("In person and by link"),
}
NOTES: dict[ServiceNote, Any] = {
    ServiceNote.ACTIONS_REVIEWED: lazy("Actions of the roadmap were looked through."),
    ServiceNote.COACHING: lazy("People were coached at their work."),
    ServiceNote.COMMITTEE_ELECTED: lazy("A committee was set up or elected."),
    ServiceNote.DATA_SHARED: lazy("Figures of the factory were looked at together."),
    ServiceNote.FOLLOW_UP_NEEDED: lazy("Something is to be followed up."),
    ServiceNote.MANAGEMENT_ABSENT: lazy("The management could not take part."),
    ServiceNote.ROOT_CAUSES: lazy("Root causes were looked for."),
    ServiceNote.SELF_DIAGNOSIS: lazy("The factory looked at itself with a diagnostic."),
    ServiceNote.WALK_THROUGH: lazy("There was a walk through the factory."),
    ServiceNote.WORKERS_HEARD: lazy("Workers were heard without their managers."),
}
FAULTS: dict[Fault, Any] = {
    Fault.IN_FUTURE: lazy("This day has not come yet. A visit is written down once it is over, never before."),
    Fault.MINUTES: lazy("Write how many minutes it took, at most a day."),
    Fault.PEOPLE: lazy("Write how many women and men took part, at most 10,000 each."),
    Fault.THEME: lazy("Choose one of the themes."),
}
