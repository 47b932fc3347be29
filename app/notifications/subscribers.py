"""What is told when something happens."""

from app.accounts.events import LinkIssued
from app.attendance.events import LowAttendance
from app.certificates.events import (
    CertificateReady,
    CertificateReinstated,
    CertificateReplaced,
    CertificateRevoked,
    CertificateSuspended,
)
from app.certificates.of_factories.events import (
    FactoryAtRisk,
    FactoryCertificateRevoked,
    FactoryCertified,
    FactoryDowngraded,
    FactoryRecovered,
)
from app.notifications import operations
from app.notifications.operations.factory_certificates import Change as FactoryChange
from app.notifications.ready.operations import tell_certificate_ready
from app.notifications.reissued.operations import tell_certificate_replaced
from app.quizzes.followups.events import FollowUpEnding, FollowUpOpened
from app.reports.events import ReportMade
from app.sessions.events import (
    FewPeople,
    InvitationsChanged,
    MeetingsSwitched,
    NamesDue,
    ProposalDeclined,
    SeatGivenBack,
    SeatsSettled,
    TrainingCancelled,
    TrainingClosed,
    TrainingPostponed,
    TrainingResumed,
)
from app.sessions.links.events import RoomFailed


def on_link_issued(event: LinkIssued) -> None:
    operations.send_link(event.link_id, event.token)


def on_invitations_changed(event: InvitationsChanged) -> None:
    operations.send_invitations(event.training_id, event.changes)


def on_report_made(event: ReportMade) -> None:
    operations.tell_report_made(event.made_report_id)


def on_room_failed(event: RoomFailed) -> None:
    operations.tell_room_failed(event.room_id)


def on_proposal_declined(event: ProposalDeclined) -> None:
    operations.tell_proposal_declined(event.invitation_id)


def on_seats_settled(event: SeatsSettled) -> None:
    operations.tell_seats(event.training_id, event.factory_id, event.seat_ids, is_swap=event.is_swap)


def on_seat_given_back(event: SeatGivenBack) -> None:
    operations.tell_given_back(event.training_id, event.seat_id)


def on_names_due(event: NamesDue) -> None:
    operations.tell_names_due(event.training_id, event.factory_id)


def on_few_people(event: FewPeople) -> None:
    operations.tell_few_people(event.training_id)


def on_low_attendance(event: LowAttendance) -> None:
    operations.tell_low_attendance(event.meeting_id, event.person_ids)


def on_training_closed(event: TrainingClosed) -> None:
    operations.tell_open_guests(event.training_id)


def on_training_cancelled(event: TrainingCancelled) -> None:
    operations.tell_cancellation(event.training_id)


def on_meetings_switched(event: MeetingsSwitched) -> None:
    operations.tell_switch(event.training_id, event.meeting_ids)


def on_training_postponed(event: TrainingPostponed) -> None:
    operations.tell_postponement(event.training_id)


def on_training_resumed(event: TrainingResumed) -> None:
    operations.tell_new_dates(event.training_id)


def on_follow_up_opened(event: FollowUpOpened) -> None:
    operations.tell_follow_up(event.plan_id)


def on_follow_up_ending(event: FollowUpEnding) -> None:
    operations.tell_follow_up(event.plan_id, is_last=True)


def on_factory_certified(event: FactoryCertified) -> None:
    operations.tell_factory_certificate(event.factory_certificate_id, FactoryChange.CERTIFIED)


def on_factory_at_risk(event: FactoryAtRisk) -> None:
    operations.tell_factory_certificate(event.factory_certificate_id, FactoryChange.AT_RISK)


def on_factory_recovered(event: FactoryRecovered) -> None:
    operations.tell_factory_certificate(event.factory_certificate_id, FactoryChange.RECOVERED)


def on_factory_downgraded(event: FactoryDowngraded) -> None:
    operations.tell_factory_certificate(event.factory_certificate_id, FactoryChange.DOWNGRADED)


def on_factory_certificate_revoked(event: FactoryCertificateRevoked) -> None:
    operations.tell_factory_certificate(event.factory_certificate_id, FactoryChange.REVOKED)


def on_certificate_ready(event: CertificateReady) -> None:
    tell_certificate_ready(event.certificate_id)


def on_certificate_revoked(event: CertificateRevoked) -> None:
    operations.tell_certificate(event.certificate_id, operations.Change.REVOKED)


def on_certificate_suspended(event: CertificateSuspended) -> None:
    operations.tell_certificate(event.certificate_id, operations.Change.SUSPENDED)


def on_certificate_reinstated(event: CertificateReinstated) -> None:
    operations.tell_certificate(event.certificate_id, operations.Change.REINSTATED)


def on_certificate_replaced(event: CertificateReplaced) -> None:
    tell_certificate_replaced(event.certificate_id)
