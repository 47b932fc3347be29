"""Which doors there are: blueprints, rooms with templates, the menu, commands."""

from typing import Any

from app.access.permissions import Permission
from app.accounts.cli import accounts as accounts_cli
from app.accounts.views import bp as accounts
from app.api import door as api
from app.api.tokens.views import bp as tokens
from app.api.v1.views import bp as v1
from app.api.webhooks.views import bp as webhooks
from app.api.xapi import door as xapi
from app.api.xapi.cli import xapi as xapi_cli
from app.api.xapi.courses.views import bp as external_courses
from app.api.xapi.people.views import bp as other_names
from app.api.xapi.views import bp as statements
from app.attendance.checkin.views import bp as checkin
from app.attendance.guests.views import bp as guests
from app.attendance.kit.shell.views import bp as kit_shell
from app.attendance.kit.views.devices import bp as phones
from app.attendance.kit.views.held import bp as held
from app.attendance.kit.views.phones import bp as kit
from app.attendance.overview.views import bp as overview
from app.attendance.reports.cli import attendance as attendance_cli
from app.attendance.reports.views import bp as reports
from app.attendance.rooms.views import bp as factory_rooms
from app.attendance.sheets.views import bp as sheets
from app.attendance.views import bp as attendance
from app.backup.cli import backup as backup_cli
from app.backup.cli import programme as programme_cli
from app.certificates.bundles.views import bp as bundles
from app.certificates.cli import certificates as certificates_cli
from app.certificates.credentials.views import bp as credentials
from app.certificates.designs.views import bp as designs
from app.certificates.of_factories.views import bp as factory_certificates
from app.certificates.signing.views import bp as signing
from app.certificates.validity.views import bp as validity
from app.certificates.verification.offline.views import bp as verification_offline
from app.certificates.verification.views import bp as verification
from app.certificates.views import bp as certificates
from app.content.authoring.views import bp as authoring
from app.content.cli import content
from app.content.packs.cli import requirements as requirements_cli
from app.content.packs.views import bp as packs
from app.content.printing.views import bp as papers
from app.courses.views import bp as courses
from app.coverage.cli import coverage as coverage_cli
from app.coverage.countries.views import bp as countries
from app.coverage.of_factory.views import bp as factory_coverage
from app.coverage.proposals.views import bp as proposals
from app.coverage.requirements.views import bp as requirements
from app.coverage.requirements.views import waivers
from app.coverage.views import bp as coverage
from app.demo.cli import demo
from app.effect.cli import effect as effect_cli
from app.effect.views import bp as effect
from app.factories.cli import roster
from app.factories.headcounts.cli import headcounts as headcounts_cli
from app.factories.headcounts.views import bp as headcounts
from app.factories.structure.views import bp as structure
from app.factories.views import bp as factories
from app.home.views import bp as home
from app.improvement.ambassadors.views import bp as ambassadors
from app.improvement.cascade.samples.views import bp as samples
from app.improvement.cascade.views import bp as cascade
from app.improvement.diagnostics.views import bp as diagnostics
from app.improvement.drills.views import bp as drills
from app.improvement.findings.cli import findings as findings_cli
from app.improvement.findings.views import bp as findings
from app.improvement.progress.views import bp as progress
from app.improvement.roadmap.views import bp as roadmap
from app.improvement.services.views import bp as services
from app.learning_record.cli import record as record_cli
from app.learning_record.evidence.cli import evidence as evidence_cli
from app.learning_record.evidence.views import bp as evidence
from app.learning_record.views import bp as record
from app.lessons.views.learning import bp as lessons
from app.lessons.views.practice import bp as practice
from app.notifications.digests.views import bp as digests
from app.notifications.messages.views import bp as messages
from app.notifications.notices.views import bp as notices
from app.notifications.told.views import bp as told
from app.notifications.views import bp as notifications
from app.platform.db.cli import database
from app.platform.i18n import lazy
from app.platform.i18n.cli import i18n
from app.platform.jobs.cli import jobs
from app.platform.web.design_view import bp as design
from app.platform.web.health import bp as health
from app.platform.web.programs import Door
from app.platform.web.serve import serve
from app.privacy.cli import privacy as privacy_cli
from app.privacy.views import bp as privacy
from app.quizzes.allowed.views import bp as allowed
from app.quizzes.aloud.views import bp as aloud
from app.quizzes.cli import quizzes as quizzes_cli
from app.quizzes.followups.views import bp as followups
from app.quizzes.regrading.views import bp as grading
from app.quizzes.regrading.views.keys import bp as keys
from app.quizzes.results.views import bp as results
from app.quizzes.sheets.views import bp as paper
from app.quizzes.surveys.views.answering import bp as surveys
from app.quizzes.surveys.views.running import bp as survey_desk
from app.quizzes.views.attempts import bp as attempts
from app.quizzes.views.explaining import bp as explaining
from app.quizzes.views.joining import bp as join
from app.quizzes.views.kiosk import bp as kiosk
from app.quizzes.views.last_codes import bp as last_codes
from app.quizzes.views.observing import bp as observed
from app.quizzes.views.room import bp as quizzes
from app.reports.cli import reports as reports_cli
from app.reports.sharing.partners.views import bp as aggregates
from app.reports.sharing.views.consents import bp as sharing
from app.reports.sharing.views.opened import bp as shared
from app.reports.views import bp as indicators
from app.sessions.costs.views import bp as costs
from app.sessions.demand.views import bp as demand
from app.sessions.feeds.views import bp as feeds
from app.sessions.links.views import bp as links
from app.sessions.planner.views import bp as planner
from app.sessions.registers.views import bp as registers
from app.sessions.replies.cli import mail as mail_cli
from app.sessions.replies.views import bp as replies
from app.sessions.samples.cli import sessions as sessions_cli
from app.sessions.service.views import bp as service
from app.sessions.views import bp as sessions

BLUEPRINTS = (
    health,
    design,
    accounts,
    aggregates,
    allowed,
    aloud,
    ambassadors,
    attempts,
    attendance,
    authoring,
    bundles,
    cascade,
    certificates,
    checkin,
    courses,
    coverage,
    costs,
    countries,
    factory_coverage,
    credentials,
    demand,
    designs,
    diagnostics,
    digests,
    drills,
    effect,
    evidence,
    explaining,
    external_courses,
    factories,
    factory_certificates,
    factory_rooms,
    feeds,
    findings,
    grading,
    followups,
    guests,
    headcounts,
    held,
    home,
    indicators,
    join,
    keys,
    kiosk,
    kit,
    kit_shell,
    last_codes,
    lessons,
    links,
    notices,
    messages,
    notifications,
    observed,
    other_names,
    overview,
    packs,
    paper,
    papers,
    phones,
    planner,
    practice,
    privacy,
    progress,
    proposals,
    quizzes,
    record,
    registers,
    reports,
    requirements,
    results,
    roadmap,
    service,
    services,
    replies,
    samples,
    sessions,
    shared,
    sharing,
    sheets,
    statements,
    structure,
    survey_desk,
    surveys,
    told,
    tokens,
    signing,
    v1,
    validity,
    verification,
    verification_offline,
    waivers,
    webhooks,
)

ROOMS = (
    "accounts",
    "api",
    "attendance",
    "certificates",
    "completions",
    "content",
    "courses",
    "coverage",
    "effect",
    "factories",
    "home",
    "improvement",
    "learning_record",
    "lessons",
    "notifications",
    "privacy",
    "quizzes",
    "reports",
    "sessions",
)
"""Rooms that have templates."""

MENU: tuple[tuple[Any, str, Any], ...] = (
    (lazy("Sessions"), "sessions.index", Permission.SESSIONS_READ),
    (lazy("Factories"), "factories.index", Permission.FACTORIES_READ),
    (lazy("People"), "factories.search", Permission.FACTORIES_READ),
    (lazy("Programmes"), "structure.index", Permission.PROGRAMMES_MANAGE),
    (lazy("Courses"), "courses.catalogue", Permission.CATALOGUE_READ),
    (lazy("Certificates"), "bundles.index", Permission.CERTIFICATES_DOWNLOAD),
    (lazy("Coverage"), "coverage.coverage", Permission.COVERAGE_READ),
    (lazy("Effect"), "effect.index", Permission.EFFECT_READ),
    (lazy("Findings"), "findings.index", Permission.FINDINGS_READ),
    (lazy("Roadmap"), "roadmap.index", Permission.ROADMAP_READ),
    (lazy("Reports"), "indicators.index", Permission.REPORTS_READ),
    (lazy("Requirements"), "requirements.programmes", Permission.REQUIREMENTS_READ),
    (lazy("Ambassadors"), "ambassadors.index", Permission.AMBASSADORS_READ),
    (lazy("Your group"), "coverage.group", Permission.GROUP_FIGURES_READ),
    (lazy("Roadmaps of your group"), "roadmap.group", Permission.GROUP_FIGURES_READ),
    (lazy("The programme in numbers"), "aggregates.index", Permission.AGGREGATES_READ),
    (lazy("Accounts"), "accounts.index", Permission.ACCOUNTS_INVITE),
    (lazy("Mails"), "notifications.outbox", Permission.MAIL_READ),
    (lazy("Privacy"), "privacy.index", Permission.PRIVACY_MANAGE),
    (lazy("Log"), "accounts.log", Permission.AUDIT_READ),
)
MENU_SECTIONS: tuple[tuple[Any, tuple[str, ...]], ...] = (
    (lazy("Results"), ("indicators.index", "effect.index")),
    (lazy("Improvement"), ("findings.index", "roadmap.index", "ambassadors.index")),
    (lazy("Office"), (
        "requirements.programmes", "structure.index", "accounts.index", "notifications.outbox", "privacy.index",
        "accounts.log",
    )),
)  # fmt: skip
"""What is needed less often lies one step further; who sees one door of a section alone sees it in the menu itself."""

PROGRAMS: tuple[Door, ...] = (api.DOOR, xapi.DOOR)
"""Addresses at which tokens count instead of cookies."""

CLI: tuple[Any, ...] = (
    accounts_cli, attendance_cli, backup_cli, certificates_cli, content, coverage_cli, database, demo, effect_cli,
    evidence_cli, findings_cli, headcounts_cli, i18n, jobs, mail_cli, privacy_cli, programme_cli, quizzes_cli,
    record_cli, reports_cli, requirements_cli, roster, serve, sessions_cli, xapi_cli,
)  # fmt: skip
