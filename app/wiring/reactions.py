"""Who reacts to what, in this order, in the transaction that makes it true."""

from app.accounts.events import LinkIssued
from app.api.webhooks import subscribers as webhook_subscribers
from app.attendance import subscribers as attendance_subscribers
from app.attendance.events import LowAttendance
from app.certificates import subscribers as certificate_subscribers
from app.certificates.credentials import subscribers as credential_subscribers
from app.certificates.events import (
    CertificateIssued,
    CertificateReady,
    CertificateReinstated,
    CertificateReplaced,
    CertificateRevoked,
    CertificateSuspended,
)
from app.certificates.of_factories.events import (
    FactoryAtRisk,
    FactoryCertificateReinstated,
    FactoryCertificateRevoked,
    FactoryCertificateSuspended,
    FactoryCertified,
    FactoryDowngraded,
    FactoryRecovered,
)
from app.completions import subscribers as completion_subscribers
from app.completions.events import CompletionCorrected, CompletionWithdrawn, CourseCompleted
from app.coverage import subscribers as coverage_subscribers
from app.coverage.requirements.events import RequirementChanged, WaiverChanged
from app.factories.events import (
    AddressCorrected,
    CommitteeChanged,
    FactoryChanged,
    HeadcountDeclared,
    PersonMerged,
    PersonsSeparated,
    RosterApplied,
    RosterUndone,
    SexCorrected,
    WorkChanged,
)
from app.improvement.ambassadors.events import AmbassadorChanged
from app.improvement.cascade.events import CascadeCorrected, CascadeHeld
from app.improvement.drills.events import DrillHeld, DrillWithdrawn
from app.improvement.findings.events import FindingsImported, FindingsUndone
from app.improvement.roadmap import subscribers as roadmap_subscribers
from app.improvement.roadmap.events import ActionAdded, ActionClosed, ActionMoved
from app.improvement.services.events import ServiceLogged
from app.learning_record import subscribers as record_subscribers
from app.notifications import subscribers as notification_subscribers
from app.platform.bus import Handlers
from app.quizzes.followups import subscribers as follow_up_subscribers
from app.quizzes.followups.events import FollowUpEnding, FollowUpOpened
from app.reports.events import ReportMade
from app.sessions import subscribers as session_subscribers
from app.sessions.demand import subscribers as demand_subscribers
from app.sessions.events import (
    FewPeople,
    InvitationsChanged,
    MeetingAdded,
    MeetingCancelled,
    MeetingMoved,
    MeetingsSwitched,
    NamesDue,
    ProposalDeclined,
    SeatGivenBack,
    SeatsSettled,
    TrainingCancelled,
    TrainingClosed,
    TrainingConfirmed,
    TrainingPostponed,
    TrainingReopened,
    TrainingResumed,
    TrainingSettled,
)
from app.sessions.feeds import subscribers as feed_subscribers
from app.sessions.links import subscribers as link_subscribers
from app.sessions.links.events import RoomFailed
from app.sessions.service import subscribers as service_subscribers

ON: Handlers = {
    LinkIssued: [notification_subscribers.on_link_issued],
    AddressCorrected: [session_subscribers.on_address_corrected],
    PersonMerged: [
        session_subscribers.on_merged,
        attendance_subscribers.on_merged,
        completion_subscribers.on_merged,
        coverage_subscribers.on_merged,
        webhook_subscribers.on_people_joined,
    ],
    PersonsSeparated: [
        session_subscribers.on_separated,
        attendance_subscribers.on_separated,
        completion_subscribers.on_separated,
        coverage_subscribers.on_separated,
        webhook_subscribers.on_people_joined,
    ],
    ActionAdded: [record_subscribers.on_action_added],
    ActionMoved: [record_subscribers.on_action_moved],
    ActionClosed: [record_subscribers.on_action_closed],
    ServiceLogged: [record_subscribers.on_service_logged],
    FindingsImported: [coverage_subscribers.on_findings, record_subscribers.on_findings_imported],
    FindingsUndone: [coverage_subscribers.on_findings, record_subscribers.on_findings_undone],
    RosterApplied: [
        coverage_subscribers.on_roster_applied,
        record_subscribers.on_roster_applied,
        webhook_subscribers.on_roster,
    ],
    RosterUndone: [
        coverage_subscribers.on_roster_undone,
        record_subscribers.on_roster_undone,
        webhook_subscribers.on_roster,
    ],
    WorkChanged: [coverage_subscribers.on_work_changed, webhook_subscribers.on_person_changed],
    SexCorrected: [coverage_subscribers.on_sex_corrected, webhook_subscribers.on_person_changed],
    FactoryChanged: [coverage_subscribers.on_factory_changed, record_subscribers.on_factory_changed],
    CommitteeChanged: [coverage_subscribers.on_committee_changed, record_subscribers.on_committee_changed],
    HeadcountDeclared: [coverage_subscribers.on_headcount_declared, record_subscribers.on_headcount_declared],
    RequirementChanged: [coverage_subscribers.on_requirement_changed],
    WaiverChanged: [coverage_subscribers.on_waiver_changed],
    TrainingConfirmed: [
        demand_subscribers.on_training_confirmed,
        link_subscribers.on_training_confirmed,
        follow_up_subscribers.on_training_changed,
        record_subscribers.on_training_confirmed,
        webhook_subscribers.on_training_confirmed,
    ],
    RoomFailed: [notification_subscribers.on_room_failed],
    InvitationsChanged: [notification_subscribers.on_invitations_changed],
    ProposalDeclined: [notification_subscribers.on_proposal_declined],
    MeetingAdded: [attendance_subscribers.on_meeting_added, follow_up_subscribers.on_training_changed],
    MeetingCancelled: [attendance_subscribers.on_meeting_cancelled, follow_up_subscribers.on_training_changed],
    MeetingMoved: [attendance_subscribers.on_meeting_moved, follow_up_subscribers.on_training_changed],
    LowAttendance: [notification_subscribers.on_low_attendance],
    TrainingClosed: [
        attendance_subscribers.on_training_closed,
        coverage_subscribers.on_training_changed,
        follow_up_subscribers.on_training_changed,
        notification_subscribers.on_training_closed,
        record_subscribers.on_training_closed,
        webhook_subscribers.on_training_closed,
    ],
    TrainingReopened: [
        attendance_subscribers.on_training_reopened,
        coverage_subscribers.on_training_changed,
        webhook_subscribers.on_training_changed,
    ],
    FewPeople: [notification_subscribers.on_few_people],
    NamesDue: [notification_subscribers.on_names_due],
    SeatGivenBack: [notification_subscribers.on_seat_given_back],
    MeetingsSwitched: [notification_subscribers.on_meetings_switched],
    SeatsSettled: [
        notification_subscribers.on_seats_settled,
        record_subscribers.on_seats_settled,
        roadmap_subscribers.on_seats_settled,
    ],
    TrainingCancelled: [
        demand_subscribers.on_training_cancelled,
        follow_up_subscribers.on_training_changed,
        notification_subscribers.on_training_cancelled,
        record_subscribers.on_training_cancelled,
        webhook_subscribers.on_training_cancelled,
    ],
    TrainingSettled: [
        feed_subscribers.on_training_settled,
        service_subscribers.on_training_settled,
        webhook_subscribers.on_training_changed,
    ],
    TrainingPostponed: [
        follow_up_subscribers.on_training_changed,
        notification_subscribers.on_training_postponed,
        webhook_subscribers.on_training_postponed,
    ],
    TrainingResumed: [follow_up_subscribers.on_training_changed, notification_subscribers.on_training_resumed],
    FollowUpOpened: [notification_subscribers.on_follow_up_opened],
    FollowUpEnding: [notification_subscribers.on_follow_up_ending],
    CourseCompleted: [
        coverage_subscribers.on_completed,
        certificate_subscribers.on_completed,
        record_subscribers.on_completed,
        roadmap_subscribers.on_completed,
        webhook_subscribers.on_completed,
    ],
    CascadeHeld: [record_subscribers.on_cascade_held],
    CascadeCorrected: [record_subscribers.on_cascade_corrected],
    DrillHeld: [coverage_subscribers.on_drill, record_subscribers.on_drill_held],
    DrillWithdrawn: [coverage_subscribers.on_drill, record_subscribers.on_drill_withdrawn],
    AmbassadorChanged: [coverage_subscribers.on_ambassador_changed],
    CertificateIssued: [
        credential_subscribers.on_issued,
        record_subscribers.on_certificate_issued,
        webhook_subscribers.on_certificate_issued,
    ],
    CompletionCorrected: [coverage_subscribers.on_corrected, certificate_subscribers.on_corrected],
    CompletionWithdrawn: [
        coverage_subscribers.on_withdrawn,
        certificate_subscribers.on_withdrawn,
        record_subscribers.on_withdrawn,
        roadmap_subscribers.on_withdrawn,
        webhook_subscribers.on_withdrawn,
    ],
    FactoryCertified: [notification_subscribers.on_factory_certified, record_subscribers.on_factory_certified],
    FactoryAtRisk: [notification_subscribers.on_factory_at_risk],
    FactoryRecovered: [notification_subscribers.on_factory_recovered],
    FactoryDowngraded: [notification_subscribers.on_factory_downgraded, record_subscribers.on_factory_downgraded],
    FactoryCertificateSuspended: [record_subscribers.on_factory_certificate_suspended],
    FactoryCertificateReinstated: [record_subscribers.on_factory_certificate_reinstated],
    FactoryCertificateRevoked: [
        notification_subscribers.on_factory_certificate_revoked,
        record_subscribers.on_factory_certificate_revoked,
    ],
    CertificateReady: [notification_subscribers.on_certificate_ready],
    CertificateReinstated: [
        credential_subscribers.on_changed,
        notification_subscribers.on_certificate_reinstated,
        record_subscribers.on_certificate_reinstated,
        webhook_subscribers.on_certificate_reinstated,
    ],
    CertificateReplaced: [
        credential_subscribers.on_changed,
        notification_subscribers.on_certificate_replaced,
        record_subscribers.on_certificate_replaced,
        webhook_subscribers.on_certificate_replaced,
    ],
    CertificateRevoked: [
        credential_subscribers.on_changed,
        notification_subscribers.on_certificate_revoked,
        record_subscribers.on_certificate_revoked,
        webhook_subscribers.on_certificate_revoked,
    ],
    ReportMade: [notification_subscribers.on_report_made],
    CertificateSuspended: [
        credential_subscribers.on_changed,
        notification_subscribers.on_certificate_suspended,
        record_subscribers.on_certificate_suspended,
        webhook_subscribers.on_certificate_suspended,
    ],
}
