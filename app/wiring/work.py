"""What the worker does, and when it begins by itself."""

from datetime import timedelta

from app.accounts import jobs as account_jobs
from app.accounts import link_jobs
from app.api.tokens import jobs as token_jobs
from app.api.webhooks import jobs as webhook_jobs
from app.api.xapi import jobs as statement_jobs
from app.attendance.rooms import jobs as factory_room_jobs
from app.certificates import jobs as certificate_jobs
from app.certificates.bundles import jobs as bundle_jobs
from app.certificates.credentials import jobs as credential_jobs
from app.certificates.designs import jobs as design_jobs
from app.certificates.of_factories import jobs as factory_certificate_jobs
from app.coverage.ledger import jobs as ledger_jobs
from app.effect import jobs as effect_jobs
from app.factories import jobs as roster_jobs
from app.learning_record import jobs as record_jobs
from app.learning_record.evidence import jobs as evidence_jobs
from app.notifications.digests import jobs as digest_jobs
from app.notifications.ready import jobs as ready_jobs
from app.notifications.reissued import jobs as reissued_jobs
from app.notifications.reminders import jobs as reminder_jobs
from app.notifications.renewals import jobs as renewal_jobs
from app.platform.jobs import files as file_jobs
from app.platform.jobs.worker import GroupHandler, Handler, Timer
from app.platform.mail import operations as mail
from app.platform.web import throttle
from app.privacy import jobs as privacy_jobs
from app.quizzes import jobs as quiz_jobs
from app.quizzes.followups import jobs as follow_up_jobs
from app.quizzes.surveys import jobs as survey_jobs
from app.reports.deliveries import jobs as report_jobs
from app.sessions import jobs as session_jobs
from app.sessions.links import jobs as room_jobs
from app.sessions.replies import jobs as reply_jobs

JOBS: dict[str, Handler] = {
    "accounts.delete_print": account_jobs.delete_print,
    "accounts.delete_old_prints": account_jobs.delete_old_prints,
    "accounts.issue_link": link_jobs.issue_link,
    "accounts.print": account_jobs.print_people,
    "certificates.bundle": bundle_jobs.pack,
    "certificates.delete_drafts": certificate_jobs.delete_drafts,
    "certificates.draw": certificate_jobs.draw,
    "factory_certificates.check": factory_certificate_jobs.check,
    "factory_certificates.draw": factory_certificate_jobs.draw,
    "factory_certificates.find_due": factory_certificate_jobs.find_due,
    "designs.preview": design_jobs.preview,
    "certificates.sweep_bundles": bundle_jobs.sweep,
    "files.sweep": file_jobs.sweep,
    "coverage.close_months": ledger_jobs.close_months,
    "coverage.recheck": ledger_jobs.recheck,
    "coverage.settle_factory": ledger_jobs.settle_factory,
    "credentials.find_due": credential_jobs.find_due,
    "credentials.sign_list": credential_jobs.sign_list,
    "effect.compare": effect_jobs.compare,
    "effect.renew": effect_jobs.renew,
    "evidence.pack": evidence_jobs.pack,
    "evidence.sweep": evidence_jobs.sweep,
    "followups.call": follow_up_jobs.call_last,
    "followups.find_due": follow_up_jobs.find_due,
    "followups.open": follow_up_jobs.open_planned,
    "followups.plan": follow_up_jobs.plan,
    "links.end": room_jobs.end_room,
    "links.find_due": room_jobs.find_due,
    "links.open": room_jobs.open_room,
    "links.watch": room_jobs.watch_room,
    "mail.deliver": mail.deliver,
    "mail.poll": reply_jobs.poll,
    "notifications.certificate_ready": ready_jobs.tell_holder,
    "notifications.certificates_ready": ready_jobs.tell_factory,
    "notifications.certificates_reissued": reissued_jobs.tell_factory,
    "notifications.digest": digest_jobs.send,
    "notifications.find_digests": digest_jobs.find_digests,
    "notifications.find_reminders": reminder_jobs.find_reminders,
    "notifications.find_renewals": renewal_jobs.find_renewals,
    "notifications.remind": reminder_jobs.remind,
    "notifications.renewals": renewal_jobs.remind,
    "privacy.delete_file": privacy_jobs.delete_file,
    "privacy.retain": privacy_jobs.retain,
    "quizzes.close_overdue": quiz_jobs.close_overdue,
    "quizzes.find_overdue": quiz_jobs.find_overdue,
    "quizzes.grade": quiz_jobs.grade,
    "record.coverage": record_jobs.coverage,
    "record.find_due": record_jobs.find_due,
    "reports.find_due": report_jobs.find_due,
    "reports.make": report_jobs.make,
    "reports.sweep": report_jobs.sweep,
    "rooms.find_due": factory_room_jobs.find_due,
    "rooms.put_minutes": factory_room_jobs.put_minutes,
    "rosters.apply": roster_jobs.apply,
    "rosters.forget": roster_jobs.forget,
    "rosters.read": roster_jobs.read,
    "rosters.sweep": roster_jobs.sweep,
    "sessions.clear_seats": session_jobs.clear_seats,
    "sessions.find_deadlines": session_jobs.find_deadlines,
    "sessions.find_ended_offers": session_jobs.find_ended_offers,
    "sessions.settle_calendars": session_jobs.settle_calendars,
    "surveys.count": survey_jobs.count,
    "surveys.find_due": survey_jobs.find_due,
    "surveys.open": survey_jobs.open_evaluation,
    "throttle.sweep": throttle.sweep,
    "tokens.remind": token_jobs.remind,
    "webhooks.deliver": webhook_jobs.deliver,
    "webhooks.sweep": webhook_jobs.sweep,
    "webhooks.tell": webhook_jobs.tell,
    "xapi.tell": statement_jobs.tell,
}

QUICK_JOBS = ("mail.deliver",)
"""Kinds of which a worker takes many at once."""

GROUP_JOBS: dict[str, GroupHandler] = {"certificates.draw": certificate_jobs.draw_all}
"""Kinds of which a few are done as one."""

SECRET_MAILS = ("accounts.",)
"""Kinds of mail whose text only their recipient reads. Where mail is only kept in the outbox, it shows them too."""

TIMERS: tuple[Timer, ...] = (
    Timer("accounts.delete_old_prints", timedelta(hours=1)),
    Timer("factory_certificates.find_due", factory_certificate_jobs.EVERY),
    Timer("certificates.sweep_bundles", timedelta(hours=1)),
    Timer("evidence.sweep", timedelta(hours=1)),
    Timer("files.sweep", file_jobs.EVERY),
    Timer("coverage.close_months", ledger_jobs.CLOSE_EVERY),
    Timer("coverage.recheck", ledger_jobs.RECHECK_EVERY),
    Timer("credentials.find_due", timedelta(hours=1)),
    Timer("effect.renew", effect_jobs.RENEW_EVERY),
    Timer("followups.find_due", timedelta(minutes=15)),
    Timer("mail.poll", timedelta(minutes=1)),
    Timer("notifications.find_digests", timedelta(minutes=30)),
    Timer("notifications.find_reminders", timedelta(minutes=15)),
    Timer("notifications.find_renewals", timedelta(hours=1)),
    Timer("links.find_due", room_jobs.EVERY),
    Timer("privacy.retain", timedelta(days=1)),
    Timer("quizzes.find_overdue", timedelta(minutes=1)),
    Timer("record.find_due", record_jobs.EVERY),
    Timer("reports.find_due", report_jobs.EVERY),
    Timer("reports.sweep", report_jobs.EVERY),
    Timer("rooms.find_due", factory_room_jobs.EVERY),
    Timer("rosters.sweep", timedelta(hours=1)),
    Timer("sessions.find_deadlines", timedelta(hours=1)),
    Timer("sessions.find_ended_offers", timedelta(minutes=1)),
    Timer("surveys.find_due", timedelta(minutes=10)),
    Timer("throttle.sweep", timedelta(days=1)),
    Timer("tokens.remind", token_jobs.REMIND_EVERY),
    Timer("webhooks.sweep", webhook_jobs.SWEEP_EVERY),
    Timer("xapi.tell", statement_jobs.EVERY),
)
