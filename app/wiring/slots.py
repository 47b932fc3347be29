"""Which rooms fill the slots of other rooms' pages, and what lessons are told by rooms beside them."""

from app.accounts import panels as account_panels
from app.api.tokens import panels as token_panels
from app.api.xapi.people import panels as name_panels
from app.attendance import panels as attendance_panels
from app.attendance.checkin import panels as check_in_panels
from app.attendance.guests import panels as guest_panels
from app.attendance.kit import panels as kit_panels
from app.attendance.overview import panels as overview_panels
from app.attendance.queries.present import present_at
from app.attendance.reports import panels as report_panels
from app.attendance.rooms import panels as factory_room_panels
from app.attendance.sheets import panels as sheet_panels
from app.certificates import panels as certificate_panels
from app.certificates.of_factories import panels as factory_certificate_panels
from app.completions import panels as completion_panels
from app.content.authoring import panels as authoring_panels
from app.content.packs import panels as pack_panels
from app.content.printing import panels as paper_panels
from app.coverage import panels as coverage_panels
from app.coverage.requirements import panels as requirement_panels
from app.effect import panels as effect_panels
from app.improvement.ambassadors import panels as ambassador_panels
from app.improvement.findings import panels as finding_panels
from app.improvement.roadmap import panels as roadmap_panels
from app.learning_record import panels as record_panels
from app.lessons import panels as lesson_panels
from app.lessons.slots import Slots
from app.notifications import panels as notification_panels
from app.platform.web.panels import Filler
from app.privacy import panels as privacy_panels
from app.quizzes import panels as quiz_panels
from app.quizzes.followups import panels as follow_up_panels
from app.quizzes.learning import open_tests
from app.quizzes.regrading import panels as regrading_panels
from app.quizzes.results import panels as result_panels
from app.quizzes.slots import Slots as QuizSlots
from app.quizzes.surveys import panels as survey_panels
from app.reports.sharing import panels as sharing_panels
from app.sessions import panels as session_panels
from app.sessions.conflicts import panels as conflict_panels
from app.sessions.costs import panels as cost_panels
from app.sessions.demand import panels as demand_panels
from app.sessions.feeds import panels as feed_panels
from app.sessions.learning import booked_courses
from app.sessions.links import panels as link_panels
from app.sessions.replies import panels as reply_panels
from app.sessions.service import panels as service_panels

PANELS: dict[str, list[Filler]] = {
    "account": [feed_panels.account, notification_panels.choices, kit_panels.account, token_panels.account],
    "catalogue": [demand_panels.catalogue],
    "catalogue_end": [authoring_panels.catalogue],
    "course": [
        lesson_panels.course,
        session_panels.course,
        demand_panels.course,
        paper_panels.course,
        result_panels.course,
        authoring_panels.course,
        regrading_panels.course,
    ],
    "factory": [
        record_panels.factory,
        follow_up_panels.factory,
        certificate_panels.factory,
        factory_certificate_panels.factory,
        coverage_panels.factory,
        finding_panels.factory,
        roadmap_panels.factory,
        effect_panels.factory,
        sharing_panels.factory,
        requirement_panels.factory,
        demand_panels.factory,
        service_panels.factory,
        lesson_panels.factory,
        ambassador_panels.factory,
        account_panels.factory,
        notification_panels.told_factory,
    ],
    "factory_coverage": [finding_panels.in_short, ambassador_panels.factory],
    "factory_facts": [account_panels.advisors],
    "one_account": [notification_panels.told_account],
    "pathway": [completion_panels.pathway, ambassador_panels.pathway],
    "person": [account_panels.person],
    "person_page": [
        record_panels.person,
        lesson_panels.person_page,
        notification_panels.told_person,
        name_panels.person_page,
        privacy_panels.person_page,
    ],
    "requirements": [pack_panels.requirements],
    "roll_call": [
        check_in_panels.roll_call,
        factory_room_panels.roll_call,
        sheet_panels.roll_call,
        report_panels.roll_call,
        overview_panels.roll_call,
        kit_panels.roll_call,
        guest_panels.roll_call,
    ],
    "training": [
        conflict_panels.training,
        link_panels.training,
        attendance_panels.training,
        factory_room_panels.training,
        guest_panels.training,
        kit_panels.training,
        sheet_panels.training,
        quiz_panels.quiz_panel,
        quiz_panels.kiosk_panel,
        quiz_panels.results_panel,
        survey_panels.training,
        follow_up_panels.training,
        certificate_panels.training,
        reply_panels.training,
        notification_panels.tell_the_factory,
        notification_panels.mails_of_training,
        service_panels.training,
        cost_panels.training,
    ],
}
"""Page slot -> who fills it, in this order."""

LESSON_SLOTS = Slots(bookings=booked_courses, open_tests=open_tests)
"""What lessons know of training sessions and tests, given a person."""

QUIZ_SLOTS = QuizSlots(present=present_at)
"""What quizzes know of who is there, given a training session."""
