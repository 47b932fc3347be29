"""What stands in the record of a factory: ONE table says of each kind how it is called and shown, and who may see it.

A new kind is a member of `EntryKind` and a row of `KINDS`; whoever tells it publishes an event, and `subscribers.py`
hears it and calls `operations.note`.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from app.access.permissions import Permission
from app.learning_record import telling
from app.platform.i18n import lazy


class EntryKind(StrEnum):
    """What happened."""

    TRAINING_CONFIRMED = "training_confirmed"
    TRAINING_CANCELLED = "training_cancelled"
    TRAINING_HELD = "training_held"
    SEMINAR_ATTENDED = "seminar_attended"
    COMMITTEE_TRAINED = "committee_trained"
    AMBASSADORS_TRAINED = "ambassadors_trained"
    COMPLETION = "completion"
    COMPLETION_WITHDRAWN = "completion_withdrawn"
    EARLIER_TRAINING = "earlier_training"
    EARLIER_TRAINING_UNDONE = "earlier_training_undone"
    EXTERNAL_COURSE = "external_course"
    EXTERNAL_COURSE_WITHDRAWN = "external_course_withdrawn"
    CERTIFICATE_ISSUED = "certificate_issued"
    CERTIFICATE_SUSPENDED = "certificate_suspended"
    CERTIFICATE_REINSTATED = "certificate_reinstated"
    CERTIFICATE_REPLACED = "certificate_replaced"
    CERTIFICATE_REVOKED = "certificate_revoked"
    FACTORY_CERTIFIED = "factory_certified"
    FACTORY_CERTIFICATE_SUSPENDED = "factory_certificate_suspended"
    FACTORY_CERTIFICATE_REINSTATED = "factory_certificate_reinstated"
    FACTORY_CERTIFICATE_REPLACED = "factory_certificate_replaced"
    FACTORY_CERTIFICATE_REVOKED = "factory_certificate_revoked"
    FACTORY_CERTIFICATE_ENDED = "factory_certificate_ended"
    COVERAGE = "coverage"
    CASCADE_HELD = "cascade_held"
    CASCADE_CORRECTED = "cascade_corrected"
    DRILL_HELD = "drill_held"
    DRILL_WITHDRAWN = "drill_withdrawn"
    ROSTER_IMPORTED = "roster_imported"
    ROSTER_UNDONE = "roster_undone"
    HEADCOUNT_DECLARED = "headcount_declared"
    HEADCOUNT_REVISED = "headcount_revised"
    COMMITTEE_JOINED = "committee_joined"
    COMMITTEE_LEFT = "committee_left"
    TERM_CHANGED = "term_changed"
    FACTORY_PAUSED = "factory_paused"
    FACTORY_CLOSED = "factory_closed"
    FACTORY_RESUMED = "factory_resumed"
    FINDINGS_IMPORTED = "findings_imported"
    FINDINGS_UNDONE = "findings_undone"
    ACTION_ADDED = "action_added"
    ACTION_MOVED = "action_moved"
    ACTION_CLOSED = "action_closed"
    ACTION_DROPPED = "action_dropped"
    SERVICE_LOGGED = "service_logged"
    SERVICE_CORRECTED = "service_corrected"
    SERVICE_WITHDRAWN = "service_withdrawn"


class Group(StrEnum):
    """What the filter of a record offers."""

    TRAINING = "training"
    CERTIFICATES = "certificates"
    COVERAGE = "coverage"
    PEOPLE = "people"
    SERVICE = "service"
    IMPROVEMENT = "improvement"


GROUPS: Mapping[Group, Any] = {
    Group.TRAINING: lazy("Training"),
    Group.CERTIFICATES: lazy("Certificates"),
    Group.COVERAGE: lazy("Coverage"),
    Group.PEOPLE: lazy("People and committees"),
    Group.SERVICE: lazy("Service of the programme"),
    Group.IMPROVEMENT: lazy("Findings and improvement"),
}


@dataclass(frozen=True)
class Kind:
    """How entries of a kind are called and shown."""

    word: Any
    look: str
    """The button on the thread: `plain`, `done`, `need` or `harm`."""
    group: Group
    may: Permission = Permission.FACTORIES_READ
    """Who sees such entries at all, beside whoever sees the record."""
    told: Callable[[Mapping[str, Any]], Sequence[str]] = telling.nothing
    """What the details of an entry say, as short sentences."""


_TRAINING, _CERTIFICATES, _PEOPLE, _SERVICE = Group.TRAINING, Group.CERTIFICATES, Group.PEOPLE, Group.SERVICE
_ROADMAP = Group.IMPROVEMENT, Permission.ROADMAP_READ, telling.action
_VISITS = Group.SERVICE, Permission.VISITS_READ, telling.service
_HEADCOUNTS, _COMMITTEES = Permission.HEADCOUNTS_READ, Permission.COMMITTEES_READ

KINDS: Mapping[EntryKind, Kind] = {
    EntryKind.TRAINING_CONFIRMED: Kind(lazy("Training session confirmed"), "plain", _TRAINING),
    EntryKind.TRAINING_CANCELLED: Kind(lazy("Training session cancelled"), "need", _TRAINING),
    EntryKind.TRAINING_HELD: Kind(lazy("Training session held"), "done", _TRAINING),
    EntryKind.SEMINAR_ATTENDED: Kind(lazy("Industry seminar attended"), "done", _TRAINING),
    EntryKind.COMMITTEE_TRAINED: Kind(lazy("Committee trained"), "done", _TRAINING),
    EntryKind.AMBASSADORS_TRAINED: Kind(lazy("Factory Ambassadors trained"), "done", _TRAINING),
    EntryKind.COMPLETION: Kind(lazy("Course completed"), "done", _TRAINING),
    EntryKind.COMPLETION_WITHDRAWN: Kind(lazy("Completion withdrawn after a correction"), "harm", _TRAINING),
    EntryKind.EARLIER_TRAINING: Kind(lazy("Earlier training taken over"), "done", _TRAINING, told=telling.earlier),
    EntryKind.EARLIER_TRAINING_UNDONE: Kind(lazy("Earlier training taken back"), "need", _TRAINING),
    EntryKind.EXTERNAL_COURSE: Kind(
        lazy("A course of somebody else was passed"), "done", _TRAINING, told=telling.external),
    EntryKind.EXTERNAL_COURSE_WITHDRAWN: Kind(
        lazy("A course of somebody else counts no more"), "need", _TRAINING, told=telling.external),
    EntryKind.CERTIFICATE_ISSUED: Kind(
        lazy("Certificate issued"), "done", _CERTIFICATES, told=telling.certificate),
    EntryKind.CERTIFICATE_SUSPENDED: Kind(
        lazy("Certificate under review"), "need", _CERTIFICATES, told=telling.certificate),
    EntryKind.CERTIFICATE_REINSTATED: Kind(
        lazy("Certificate holds again"), "done", _CERTIFICATES, told=telling.certificate),
    EntryKind.CERTIFICATE_REPLACED: Kind(
        lazy("Certificate replaced"), "plain", _CERTIFICATES, told=telling.certificate),
    EntryKind.CERTIFICATE_REVOKED: Kind(
        lazy("Certificate revoked"), "harm", _CERTIFICATES, told=telling.certificate),
    EntryKind.FACTORY_CERTIFIED: Kind(
        lazy("The factory was certified"), "done", _CERTIFICATES, told=telling.certificate),
    EntryKind.FACTORY_CERTIFICATE_SUSPENDED: Kind(
        lazy("Certificate of the factory under review"), "need", _CERTIFICATES, told=telling.certificate),
    EntryKind.FACTORY_CERTIFICATE_REINSTATED: Kind(
        lazy("Certificate of the factory holds again"), "done", _CERTIFICATES, told=telling.certificate),
    EntryKind.FACTORY_CERTIFICATE_REPLACED: Kind(
        lazy("Certificate of the factory replaced"), "plain", _CERTIFICATES, told=telling.certificate),
    EntryKind.FACTORY_CERTIFICATE_REVOKED: Kind(
        lazy("Certificate of the factory revoked"), "harm", _CERTIFICATES, told=telling.certificate),
    EntryKind.FACTORY_CERTIFICATE_ENDED: Kind(
        lazy("Certificate of the factory ended: its rule is not met"), "harm", _CERTIFICATES,
        told=telling.certificate),
    EntryKind.COVERAGE: Kind(
        lazy("Coverage at the end of the month"), "plain", Group.COVERAGE, Permission.COVERAGE_READ,
        telling.coverage),
    EntryKind.CASCADE_HELD: Kind(
        lazy("An ambassador trained colleagues"), "plain", _TRAINING, told=telling.cascade),
    EntryKind.CASCADE_CORRECTED: Kind(
        lazy("A session of an ambassador was corrected"), "need", _TRAINING, told=telling.cascade),
    EntryKind.DRILL_HELD: Kind(lazy("Drill held"), "plain", _TRAINING, told=telling.drill),
    EntryKind.DRILL_WITHDRAWN: Kind(lazy("A drill counts no more"), "need", _TRAINING, told=telling.drill),
    EntryKind.ROSTER_IMPORTED: Kind(lazy("Roster applied"), "plain", _PEOPLE, told=telling.roster),
    EntryKind.ROSTER_UNDONE: Kind(lazy("Roster taken back"), "plain", _PEOPLE),
    EntryKind.HEADCOUNT_DECLARED: Kind(
        lazy("Headcount declared"), "plain", _PEOPLE, _HEADCOUNTS, telling.headcount),
    EntryKind.HEADCOUNT_REVISED: Kind(lazy("Headcount corrected"), "plain", _PEOPLE, _HEADCOUNTS, telling.headcount),
    EntryKind.COMMITTEE_JOINED: Kind(
        lazy("Named to a committee"), "plain", _PEOPLE, _COMMITTEES, telling.committee),
    EntryKind.COMMITTEE_LEFT: Kind(lazy("Left a committee"), "plain", _PEOPLE, _COMMITTEES, telling.committee),
    EntryKind.TERM_CHANGED: Kind(lazy("Support or mode set"), "plain", _SERVICE, told=telling.term),
    EntryKind.FACTORY_PAUSED: Kind(lazy("The factory takes a pause"), "need", _SERVICE),
    EntryKind.FACTORY_CLOSED: Kind(lazy("The factory closed"), "need", _SERVICE),
    EntryKind.FACTORY_RESUMED: Kind(lazy("The factory takes part again"), "done", _SERVICE),
    EntryKind.FINDINGS_IMPORTED: Kind(
        lazy("Findings of an assessment received"), "plain", Group.IMPROVEMENT, Permission.FINDINGS_READ,
        telling.findings),
    EntryKind.FINDINGS_UNDONE: Kind(
        lazy("Findings taken back"), "plain", Group.IMPROVEMENT, Permission.FINDINGS_READ),
    EntryKind.SERVICE_LOGGED: Kind(lazy("Visit or service of the programme"), "done", *_VISITS),
    EntryKind.SERVICE_CORRECTED: Kind(lazy("Visit or service corrected"), "plain", *_VISITS),
    EntryKind.SERVICE_WITHDRAWN: Kind(lazy("Visit or service taken back"), "need", *_VISITS),
    EntryKind.ACTION_ADDED: Kind(lazy("Action added to the roadmap"), "plain", *_ROADMAP),
    EntryKind.ACTION_MOVED: Kind(lazy("Action of the roadmap moved"), "plain", *_ROADMAP),
    EntryKind.ACTION_CLOSED: Kind(lazy("Action of the roadmap closed"), "done", *_ROADMAP),
    EntryKind.ACTION_DROPPED: Kind(lazy("Action of the roadmap not gone on with"), "need", *_ROADMAP),
}
