"""Which programmes the subject of an entry of the log belongs to: whoever reads the log of one sees no other's."""

from collections.abc import Callable, Collection, Mapping
from typing import Any

import sqlalchemy as sa

from app.accounts.models import RoleGrant
from app.attendance.guests.models import Guest
from app.attendance.kit.models import KitDevice, KitReceipt
from app.certificates.designs.models import CertificateSignatory, Design
from app.certificates.models import Certificate
from app.certificates.of_factories.models import FactoryCertificate, FactoryRule
from app.completions.models import Completion
from app.coverage.models import Requirement
from app.coverage.requirements.models import RequirementDraft
from app.factories.models import Employment, Factory
from app.improvement.ambassadors.models import Ambassador
from app.improvement.cascade.models import CascadeSession
from app.improvement.diagnostics.models import Diagnostic
from app.improvement.drills.models import Drill
from app.improvement.findings.models import FindingImportFactory
from app.improvement.roadmap.models import RoadmapAction
from app.improvement.services.models import ServiceLog
from app.lessons.models import PracticeLog
from app.quizzes.models import Attempt, PaperScore
from app.quizzes.sheets.models import PaperEntry
from app.sessions.demand.models import Interest
from app.sessions.models import (
    HostAccount,
    Interpreter,
    Invitation,
    Meeting,
    Room,
    Seat,
    Site,
    TrainingSession,
)
from app.sessions.replies.models import IncomingMail

Programmes = Collection[int]
Belongs = Callable[[sa.ColumnElement[int], Programmes], sa.ColumnElement[bool]]
"""Whether the thing with this id - a value of the outer statement - is one of these programmes."""


def _programme(wanted: sa.ColumnElement[int], programmes: Programmes) -> sa.ColumnElement[bool]:
    return wanted.in_(programmes)


def _factory(wanted: sa.ColumnElement[int], programmes: Programmes) -> sa.ColumnElement[bool]:
    return sa.exists().where(Factory.id == wanted, Factory.programme_id.in_(programmes))


def _person(wanted: sa.ColumnElement[int], programmes: Programmes) -> sa.ColumnElement[bool]:
    """A person belongs to every programme in which she ever worked."""
    return _of_factory(Employment.person_id, Employment.factory_id, wanted, programmes)


def _training(wanted: sa.ColumnElement[int], programmes: Programmes) -> sa.ColumnElement[bool]:
    return sa.exists().where(TrainingSession.id == wanted, TrainingSession.programme_id.in_(programmes))


def _of_training(model: Any) -> Belongs:
    def belongs(wanted: sa.ColumnElement[int], programmes: Programmes) -> sa.ColumnElement[bool]:
        held = TrainingSession.id == model.training_id
        return sa.exists().where(model.id == wanted, held, TrainingSession.programme_id.in_(programmes))

    return belongs


def _at_factory(model: Any) -> Belongs:
    def belongs(wanted: sa.ColumnElement[int], programmes: Programmes) -> sa.ColumnElement[bool]:
        return _of_factory(model.id, model.factory_id, wanted, programmes)

    return belongs


def _in_programme(model: Any) -> Belongs:
    def belongs(wanted: sa.ColumnElement[int], programmes: Programmes) -> sa.ColumnElement[bool]:
        return sa.exists().where(model.id == wanted, model.programme_id.in_(programmes))

    return belongs


def _invitation(wanted: sa.ColumnElement[int], programmes: Programmes) -> sa.ColumnElement[bool]:
    held = sa.and_(Meeting.id == Invitation.meeting_id, TrainingSession.id == Meeting.training_id)
    return sa.exists().where(Invitation.id == wanted, held, TrainingSession.programme_id.in_(programmes))


def _kit_receipt(wanted: sa.ColumnElement[int], programmes: Programmes) -> sa.ColumnElement[bool]:
    held = sa.and_(Meeting.id == KitReceipt.meeting_id, TrainingSession.id == Meeting.training_id)
    return sa.exists().where(KitReceipt.id == wanted, held, TrainingSession.programme_id.in_(programmes))


def _kit_device(wanted: sa.ColumnElement[int], programmes: Programmes) -> sa.ColumnElement[bool]:
    """A phone belongs where its account has a role, now or once."""
    held = sa.and_(RoleGrant.account_id == KitDevice.account_id, RoleGrant.programme_id.in_(programmes))
    return sa.exists().where(KitDevice.id == wanted, held)


def _of_factory(
    key: Any, factory: Any, wanted: sa.ColumnElement[int], programmes: Programmes
) -> sa.ColumnElement[bool]:
    return sa.exists().where(key == wanted, Factory.id == factory, Factory.programme_id.in_(programmes))


def _finding_import(wanted: sa.ColumnElement[int], programmes: Programmes) -> sa.ColumnElement[bool]:
    """A file of findings belongs to every programme of whose factories it speaks."""
    return _of_factory(FindingImportFactory.import_id, FindingImportFactory.factory_id, wanted, programmes)


SUBJECTS: Mapping[str, Belongs] = {
    "ambassador": _at_factory(Ambassador),
    "attempt": _of_training(Attempt),
    "cascade": _at_factory(CascadeSession),
    "certificate": _at_factory(Certificate),
    "completion": _at_factory(Completion),
    "design": _in_programme(Design),
    "drill": _at_factory(Drill),
    "diagnostic": _at_factory(Diagnostic),
    "factory": _factory,
    "factory_certificate": _at_factory(FactoryCertificate),
    "factory_certificate_rule": _in_programme(FactoryRule),
    "finding_import": _finding_import,
    "guest": _of_training(Guest),
    "host": _in_programme(HostAccount),
    "incoming_mail": _in_programme(IncomingMail),
    "interest": _at_factory(Interest),
    "interpreter": _in_programme(Interpreter),
    "invitation": _invitation,
    "kit_device": _kit_device,
    "kit_receipt": _kit_receipt,
    "meeting": _of_training(Meeting),
    "paper_entry": _of_training(PaperEntry),
    "paper_score": _of_training(PaperScore),
    "person": _person,
    "practice": _at_factory(PracticeLog),
    "programme": _programme,
    "requirement": _in_programme(Requirement),
    "requirement_draft": _in_programme(RequirementDraft),
    "roadmap_action": _at_factory(RoadmapAction),
    "room": _in_programme(Room),
    "seat": _of_training(Seat),
    "service": _at_factory(ServiceLog),
    "signatory": _in_programme(CertificateSignatory),
    "site": _of_training(Site),
    "training": _training,
}
"""What an entry is about -> whose it is. What is missing here is nobody's programme: only administrators see it."""
