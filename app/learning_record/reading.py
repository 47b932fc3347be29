"""What a reader asks of a record by its address, and how its pages show it. Below the views, beside the panel."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from werkzeug.datastructures import MultiDict

from app.access.actor import Actor
from app.access.permissions import Permission
from app.coverage.queries import after_findings
from app.factories.labels import ONE_SEX, ROLES
from app.factories.models import Factory
from app.learning_record import queries
from app.learning_record.forms import RecordForm
from app.learning_record.kinds import GROUPS, KINDS, EntryKind
from app.learning_record.labels import LEVELS, in_words
from app.learning_record.pages import Entries, Words
from app.learning_record.policy import seen_by
from app.learning_record.queries import Wanted
from app.learning_record.queries.people import name_of
from app.platform.i18n import text

WORDS = Words(KINDS, LEVELS, ROLES, ONE_SEX)


@dataclass(frozen=True)
class Asked:
    """A filter: as a form, as what is wanted, and in words."""

    form: RecordForm
    wanted: Wanted
    person: str
    words: Sequence[str]

    @property
    def query(self) -> str:
        """The filter as the end of an address, with its question mark; empty without one."""
        said = [(field.name, field.raw_data[0]) for field in self.form if field.data and field.raw_data]
        return f"?{urlencode(said)}" if said else ""


def asked(actor: Actor, factory: Factory, args: MultiDict[str, str]) -> Asked:
    """The filter of an address; what is not offered counts as not said. Two statements, three for a person."""
    form, courses = RecordForm(args), {code: text(titles) for code, titles in queries.courses(factory.id)}
    form.offer("group", {str(group): word for group, word in GROUPS.items()})
    form.offer("course", courses)
    form.offer("line", {line: line for line in queries.lines(factory.id)})
    form.offer("role", {str(role): word for role, word in ROLES.items() if role})
    form.offer("sex", {str(sex): word for sex, word in ONE_SEX.items() if sex})
    form.offer("level", {str(level): f"{level}: {word}" for level, word in LEVELS.items()})
    for day in (form.since, form.until):
        day.data = day.data if not day.process_errors else None
    wanted = Wanted(factory.id, seen_by(actor, factory), factory.programme.zone, **form.wanted())
    person = name_of(factory.id, wanted.person_id) if wanted.person_id else ""
    return Asked(form, wanted, person, in_words(wanted, courses.get(wanted.course, ""), person))


def shown(actor: Actor, factory: Factory, rows: Sequence[Any]) -> Entries:
    """Rows with their day where the factory is, and with what they say to the actor. One statement for who may not see
    findings, where there is coverage among them.
    """
    zone, kept = ZoneInfo(factory.programme.zone), _kept_back(actor, factory, rows)
    return [
        (one.at.astimezone(zone).date(), row, KINDS[one.kind].told(_without(one.details, kept)))
        for row in rows
        for one in [row.RecordEntry]
    ]


def _kept_back(actor: Actor, factory: Factory, rows: Sequence[Any]) -> Set[int]:
    """Requirements that follow findings, from whoever may not see the findings: they would tell of them."""
    sees = actor.scope(Permission.FINDINGS_READ).reaches(factory.programme_id, factory.id)
    if sees or all(row.RecordEntry.kind is not EntryKind.COVERAGE for row in rows):
        return frozenset()
    return after_findings(factory.programme_id)


def _without(details: Mapping[str, Any], requirements: Set[int]) -> Mapping[str, Any]:
    if not requirements or "rows" not in details:
        return details
    return {**details, "rows": [each for each in details["rows"] if each["requirement"] not in requirements]}
