"""What the details of an entry say, as short sentences in the reader's language."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from app.certificates.labels import REASONS
from app.courses.labels import THEMES
from app.factories.headcounts import labels as headcounts
from app.factories.rules import CommitteeKind, TermKind
from app.factories.structure import labels as structure
from app.improvement.drills import labels as drills
from app.improvement.drills.rules import DrillKind
from app.improvement.findings.labels import STATUSES as FINDING_STATUSES
from app.improvement.findings.labels import point as point_name
from app.improvement.findings.labels import theme as theme_name
from app.improvement.roadmap.labels import STATES as ACTION_STATES
from app.improvement.roadmap.rules import ActionState
from app.improvement.services.labels import KINDS as SERVICES
from app.improvement.services.labels import MODES
from app.improvement.services.rules import ServiceKind
from app.platform.i18n import _, lazy, ngettext, text
from app.platform.i18n.formats import format_date, format_number

Details = Mapping[str, Any]
_ROSTER: dict[str, Any] = {
    "joined": lazy("joined"),
    "left": lazy("left"),
    "moved": lazy("changed line"),
    "role_changed": lazy("changed role"),
}


def nothing(_details: Details) -> Sequence[str]:
    """The kind says it all."""
    return ()


def roster(details: Details) -> Sequence[str]:
    """How many people joined, left, moved."""
    told = [f"{word}: {format_number(details[name])}" for name, word in _ROSTER.items() if details.get(name)]
    return [" · ".join(told)] if told else ()


def findings(details: Details) -> Sequence[str]:
    """How many questions are in which state."""
    states = {status.value: word for status, (word, _look) in FINDING_STATUSES.items()}
    return [" · ".join(f"{word}: {format_number(details[name])}" for name, word in states.items() if name in details)]


def action(details: Details) -> Sequence[str]:
    """What it is about, how far it is, and how many of its people are trained."""
    subject = point_name(details["point"]) if details["point"] else theme_name(details["theme"])
    told = [f"{subject}: {ACTION_STATES[ActionState(details['state'])][0]}"]
    if details["asked"]:
        done, people = format_number(details["completed"]), format_number(details["asked"])
        told.append(_("%(done)s of %(people)s trained", done=done, people=people))
    return told


def service(details: Details) -> Sequence[str]:
    """What it was, how, about what and how long."""
    about = [theme_name(details["theme"])] if details["theme"] else []
    minutes = _("%(minutes)s minutes", minutes=format_number(details["minutes"]))
    return [" · ".join([str(SERVICES[ServiceKind(details["service"])]), str(MODES[details["mode"]]), *about, minutes])]


def headcount(details: Details) -> Sequence[str]:
    """The day that is counted, and who says so."""
    return [_("As of %(day)s", day=_day(details["as_of"])), headcounts.source(details["source"])]


def certificate(details: Details) -> Sequence[str]:
    """Its number; why it no longer holds."""
    why = REASONS.get(details.get("reason", ""))
    return [_("Number %(number)s", number=details["number"]), *([str(why)] if why else [])]


def committee(details: Details) -> Sequence[str]:
    """Which committee it is. For which side somebody speaks is never written here."""
    return [str(structure.COMMITTEES[CommitteeKind(details["committee_kind"])])]


def term(details: Details) -> Sequence[str]:
    """What holds from the day on."""
    kind = TermKind(details["term"])
    value = structure.VALUES[kind].get(details["value"], details["value"])
    return [f"{structure.TERMS[kind]}: {value}"]


def coverage(details: Details) -> Sequence[str]:
    """Of each requirement, how many of those whom it asks for were covered."""
    return [_told_row(row) for row in details["rows"]]


def earlier(details: Details) -> Sequence[str]:
    """Whether it counts; what else the list said stands in the transcript of the person."""
    return [_("It counts for coverage") if details.get("counts") else _("It does not count for coverage")]


def external(details: Details) -> Sequence[str]:
    """Which course, and that another system says so."""
    return [details["title"], _("As another system says")]


def cascade(details: Details) -> Sequence[str]:
    """What it was about; that it was not held."""
    theme = str(THEMES.get(details["theme"], details["theme"]))
    return [theme, _("It was not held")] if details["withdrawn"] else [theme]


def drill(details: Details) -> Sequence[str]:
    """What was practised, and how long it took."""
    kind, minutes = str(drills.KINDS[DrillKind(details["drill"])]), details["minutes"]
    return [kind] if minutes is None else [kind, ngettext("%(num)s minute", "%(num)s minutes", minutes)]


def _told_row(row: Details) -> str:
    return str(
        _("%(what)s: %(valid)s of %(active)s", what=text(row["titles"]), valid=format_number(row["valid"]),
          active=format_number(row["active"])))


def _day(day: str) -> str:
    return format_date(date.fromisoformat(day), style="medium")
