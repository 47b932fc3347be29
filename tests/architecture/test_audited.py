"""Whatever changes something says so in the log: every verb that a door opens is followed to `audit.record`."""

import ast
import re
from functools import cache

import pytest

from tests.architecture.calls import called, function, modules, reached

RECORD = "app.platform.audit.operations.record"
DOORS = re.compile(r"\.(views|cli|jobs|subscribers|link_jobs|entering)(\.|$)")
OUTSIDE = re.compile(r"^app\.(platform|demo)\.|forms(\.\w+)?$")
"""What any web product needs, what only tells a story, and what shapes input: no verbs of the product."""
BELOW = re.compile(r"^app\.platform\.(?!jobs\.operations)")
"""The platform writes what verbs tell it to; a job is a change of its own."""
_WRITES = re.compile(r"session\.(add|add_all|delete)$|^sa\.(update|delete|insert)$|^(insert|setattr)$")

NOT_LOGGED = {
    "app.api.tokens.operations.remind": "writes the log of what was told; the mail stands in the delivery log",
    "app.api.webhooks.telling.deliver": "each delivery is a row of its own: what the receiver answered, when",
    "app.api.webhooks.telling.tell": "each delivery is a row of its own; the webhook is logged",
    "app.api.webhooks.operations.forget_old": "the list of deliveries goes back thirty days; webhooks and repetitions are logged",
    "app.api.webhooks.operations.note": "orders a job about what the verb that published the event logged",
    "app.api.xapi.facts.catching_up.catch_up": "says again, as append-only statements, what the logs say already",
    "app.backup.importing.taking.foreseen": "reads a file and the database, and changes nothing",
    "app.backup.importing.taking.take_in": "writes its entry of the log on the connection that writes the rows",
    "app.backup.keys.create": "nothing of the product changes; who runs commands on the machine can read everything",
    "app.attendance.kit.operations.devices.note_sheets": "is a row of its own: which device downloaded which half-day, when",
    "app.accounts.notices.note_read": "is a row of its own: who read which version, when, in which language",
    "app.accounts.operations.kiosks.attend": "says that somebody is at the tablet: last seen, no more",
    "app.accounts.operations.links.ask_for_link": "is public and answers the same for every address; using the link is logged",
    "app.accounts.operations.links.issue_link": "is a row of its own; the link is logged when it is used",
    "app.accounts.operations.printing.finish_prints": "ends what `accounts.order_...` logged; handing out is logged too",
    "app.accounts.operations.printing.note_deleted": "the file is gone; ordering and handing out are logged",
    "app.accounts.operations.printing.note_drawn": "counts how far a logged order is",
    "app.accounts.operations.sign_ins.end": "the row of the sign-in says when it ended",
    "app.attendance.checkin.operations.coming.note_old_code": "is a row of its own: which phone came with an old code, and when",
    "app.attendance.reports.reading.check": "reads files and changes nothing",
    "app.certificates.credentials.operations.note_change": "counts what the verb that changed the certificate logged",
    "app.certificates.credentials.operations.note_signed": "keeps what follows from logged rows",
    "app.certificates.credentials.operations.order_due": "enqueues jobs and changes nothing",
    "app.certificates.credentials.operations.place": "is part of `certificates.issue`, which is logged",
    "app.certificates.designs.operations.previews.ask": "what somebody looks at while editing; saving is logged",
    "app.certificates.designs.operations.previews.note_drawn": "what somebody looks at while editing; saving is logged",
    "app.certificates.operations.filing.forget_drafts": "what nobody was handed is gone; the file that counts is logged",
    "app.certificates.operations.filing.note_drafts": "says what is about to be stored; the file that counts is logged",
    "app.certificates.operations.filing.put_away": "what nobody was handed is to go; the file that counts is logged",
    "app.certificates.making.make": "draws and seals, and changes nothing; the file that counts is logged",
    "app.certificates.making.make_sample": "draws and seals, and changes nothing",
    "app.content.archives.to_zip": "reads files and changes nothing",
    "app.content.authoring.report.facts_in": "reads files and changes nothing",
    "app.content.authoring.report.report": "reads files and changes nothing",
    "app.content.authoring.report.report_of": "reads files and changes nothing",
    "app.content.check.checked": "reads files and changes nothing",
    "app.content.ledgers.stamp": "reads files and changes nothing",
    "app.content.packs.reading.packs": "reads files and changes nothing",
    "app.content.printing.papers.paper": "draws what is published and changes nothing",
    "app.courses.markdown.render": "makes HTML of a text and changes nothing",
    "app.reports.asking.question": "reads an address and changes nothing",
    "app.certificates.bundles.operations.fail": "ends what `certificates.order_...` logged; the row says why",
    "app.notifications.operations.reports.tell_report_made": "tells what is in the list of what was told",
    "app.reports.deliveries.operations.finish": "ends what `reports.subscribe` logged; handing out is logged too",
    "app.reports.deliveries.operations.forget": "the file is gone; subscribing and handing out are logged",
    "app.reports.deliveries.operations.order_due": "does by the clock what `reports.subscribe` logged",
    "app.effect.operations.finish": "ends what `effect.compare`, `weeks.apply`, `weeks.undo` or `lines.correct` logged",
    "app.certificates.bundles.operations.finish": "ends what `certificates.order_...` logged; handing out is logged too",
    "app.certificates.bundles.operations.note_deleted": "the file is gone; ordering and handing out are logged",
    "app.certificates.bundles.operations.note_done": "counts how far a logged order is",
    "app.learning_record.evidence.judging.judge": "reads a file and changes nothing",
    "app.learning_record.evidence.operations.fail": "ends what `evidence.order` logged; the row says why",
    "app.learning_record.evidence.operations.finish": "ends what `evidence.order` logged; handing out is logged too",
    "app.learning_record.evidence.operations.note_deleted": "the file is gone; ordering and handing out are logged",
    "app.learning_record.evidence.operations.note_done": "counts how far a logged order is",
    "app.learning_record.evidence.operations.kept": "keeps what is said already; ordering is logged",
    "app.coverage.operations.rebuild": "makes figures anew from completions and changes no fact",
    "app.coverage.ledger.settling.settle_factory": "follows facts that are logged; each movement says its cause",
    "app.coverage.ledger.settling.settle_people": "follows facts that are logged; each movement says its cause",
    "app.coverage.ledger.settling.settle_requirement": "follows facts that are logged; each movement says its cause",
    "app.coverage.ledger.settling.settle_whole": "follows facts that are logged; each movement says its cause",
    "app.factories.operations.receiving.give_up": "a job died; the row of the import says so",
    "app.factories.operations.receiving.receive_roster": "is a row of its own: who sent which file; its preview is logged",
    "app.factories.operations.receiving.refuse_reading": "the row of the import says who sent it and why it was refused",
    "app.notifications.operations.certificates.tell_certificate": "writes the log of what was told; the mail stands in the delivery log",
    "app.certificates.making.sealed": "seals the bytes of a file and changes no row",
    "app.notifications.operations.factory_certificates.tell_factory_certificate": "each change is logged; each mail is a row of its own",
    "app.notifications.operations.follow_ups.tell_follow_up": "opening the quiz is logged; each mail is a row of its own",
    "app.quizzes.followups.operations.opening.call_last": "is a mark on the plan; each mail is a row of its own",
    "app.quizzes.followups.operations.planning.plan": "follows what happened to the training session, which is logged",
    "app.quizzes.surveys.operations.answering.answer_survey": "a log of who or when would lead to what was answered",
    "app.quizzes.surveys.operations.paper.enter_sheet": "a log of when would lead to the sheet; opening and closing are logged",
    "app.quizzes.surveys.operations.windows.count_closed": "counts what was answered; closing is logged",
    "app.improvement.roadmap.operations.moving.settle": "follows a completion, which is logged; the history of the action says so too",
    "app.improvement.roadmap.operations.moving.settle_seats": "follows seats, which are logged; the history of the action says so too",
    "app.learning_record.operations.roadmap.note_action": "is an entry of the record, and follows `roadmap.add`",
    "app.learning_record.operations.roadmap.note_action_ended": "is an entry of the record, and follows `roadmap.closed`",
    "app.learning_record.operations.roadmap.note_action_moved": "is an entry of the record, and follows what people reached",
    "app.learning_record.operations.visits.note_service": "is an entry of the record, and follows `services.log`",
    "app.learning_record.operations.improvement.note_cascade": "writes an append-only log of its own",
    "app.learning_record.operations.improvement.note_drill": "writes an append-only log of its own",
    "app.learning_record.operations.certificates.note_certified": "writes an append-only log of its own",
    "app.learning_record.operations.certificates.note_factory_ended": "writes an append-only log of its own",
    "app.learning_record.operations.certificates.note_factory_reinstated": "writes an append-only log of its own",
    "app.learning_record.operations.certificates.note_factory_revoked": "writes an append-only log of its own",
    "app.learning_record.operations.certificates.note_factory_suspended": "writes an append-only log of its own",
    "app.learning_record.operations.certificates.note_issued": "writes an append-only log of its own",
    "app.learning_record.operations.certificates.note_reinstated": "writes an append-only log of its own",
    "app.learning_record.operations.certificates.note_replaced": "writes an append-only log of its own",
    "app.learning_record.operations.certificates.note_revoked": "writes an append-only log of its own",
    "app.learning_record.operations.certificates.note_suspended": "writes an append-only log of its own",
    "app.learning_record.operations.completions.note_completion": "writes an append-only log of its own",
    "app.learning_record.operations.completions.note_withdrawal": "writes an append-only log of its own",
    "app.learning_record.operations.coverage.note_month": "writes an append-only log of its own",
    "app.learning_record.operations.factories.note_committee": "writes an append-only log of its own",
    "app.learning_record.operations.factories.note_factory": "writes an append-only log of its own",
    "app.learning_record.operations.factories.note_headcount": "writes an append-only log of its own",
    "app.learning_record.operations.factories.note_roster": "writes an append-only log of its own",
    "app.learning_record.operations.factories.note_roster_undone": "writes an append-only log of its own",
    "app.learning_record.operations.findings.note_findings": "writes an append-only log of its own",
    "app.learning_record.operations.findings.note_findings_undone": "writes an append-only log of its own",
    "app.learning_record.operations.trainings.note_cancelled": "writes an append-only log of its own",
    "app.learning_record.operations.trainings.note_confirmed": "writes an append-only log of its own",
    "app.learning_record.operations.trainings.note_held": "writes an append-only log of its own",
    "app.learning_record.reading.asked": "fills a form from an address and changes nothing",
    "app.learning_record.operations.earlier.forget_lists": "forgets what nobody applied; its preview is logged",
    "app.learning_record.operations.coverage.enqueue_months": "enqueues jobs and changes nothing",
    "app.notifications.digests.operations.send_digest": "writes the log of what was told; the mail stands in the delivery log",
    "app.notifications.operations.attendance.tell_low_attendance": "is a row of its own: each mail with its fate",
    "app.notifications.operations.cancellations.tell_cancellation": "is a row of its own: each mail with its fate",
    "app.notifications.operations.cancellations.tell_new_dates": "is a row of its own: each mail with its fate",
    "app.notifications.operations.cancellations.tell_postponement": "is a row of its own: each mail with its fate",
    "app.notifications.operations.cancellations.tell_switch": "is a row of its own: each mail with its fate",
    "app.notifications.operations.guests.tell_open_guests": "is a row of its own: each mail with its fate",
    "app.notifications.operations.invitations.send_invitations": "is a row of its own: each mail with its fate",
    "app.notifications.operations.links.send_link": "is a row of its own: each mail with its fate",
    "app.notifications.operations.places.tell_few_people": "is a row of its own: each mail with its fate",
    "app.notifications.operations.places.tell_given_back": "is a row of its own: each mail with its fate",
    "app.notifications.operations.places.tell_names_due": "is a row of its own: each mail with its fate",
    "app.notifications.operations.proposals.tell_proposal_declined": "is a row of its own: each mail with its fate",
    "app.notifications.operations.rooms.tell_room_failed": "is a row of its own: each mail with its fate",
    "app.notifications.operations.seats.tell_seats": "is a row of its own: each mail with its fate",
    "app.notifications.ready.operations.tell_certificate_ready": "enqueues jobs; each mail is a row of its own",
    "app.notifications.ready.operations.tell_factory": "writes the log of what was told; the mail stands in the delivery log",
    "app.notifications.ready.operations.tell_holder": "writes the log of what was told; the mail stands in the delivery log",
    "app.notifications.reissued.operations.tell_certificate_replaced": "tells the person and enqueues a job; each mail is a row of its own",
    "app.notifications.reissued.operations.tell_factory": "writes the log of what was told; the mail stands in the delivery log",
    "app.notifications.renewals.operations.remind_renewals": "writes the log of what was told; the mail stands in the delivery log",
    "app.notifications.reminders.operations.remind": "writes the log of what was told; the mail stands in the delivery log",
    "app.quizzes.operations.answering.answer": "is a row of its own with its times; the submission is logged",
    "app.quizzes.operations.starting.start": "is a row of its own with its times; the submission is logged",
    "app.sessions.conflicts.weighing.weigh": "puts faults at the fields of a form and changes nothing",
    "app.sessions.feeds.operations.stamp": "counts changes, which are logged",
    "app.sessions.links.operations.keeping.note_end": "the row of the room says when it ended",
    "app.sessions.links.operations.keeping.note_failure": "the row of the room says what went wrong",
    "app.sessions.links.operations.keeping.note_made": "the row of the room says what a provider made",
    "app.sessions.links.operations.keeping.note_seen": "the row of the room says when it was last looked into",
    "app.sessions.links.operations.keeping.note_visits": "is a row of its own: who came into a room, and when",
    "app.sessions.links.operations.keeping.want_all": "asks the worker; the confirmation is logged",
    "app.sessions.operations.invitations.follow": "asks the worker; the corrected address is logged",
    "app.sessions.operations.invitations.settle_anew": "follows a corrected address, which is logged; each mail is a row of its own",
    "app.sessions.operations.seats.clearing.refill": "asks the worker, whose moves are logged",
    "app.sessions.replies.reading.read": "reads bytes and changes nothing",
    "app.sessions.replies.reading.texts": "reads bytes and changes nothing",
    "app.sessions.service.operations.settle": "writes an append-only ledger of its own",
}  # fmt: skip


def verbs() -> set[str]:
    """Functions that a door calls and from which calls lead to something that writes."""
    opened = {
        verb
        for name, module in modules().items() if DOORS.search(name) and not OUTSIDE.search(name)
        for door in module.functions
        for verb in called(f"{name}.{door}")
    }  # fmt: skip
    own = {verb for verb in opened if not OUTSIDE.search(room := verb.rpartition(".")[0]) and not DOORS.search(room)}
    return {verb for verb in own if any(writes(each) for each in reached(verb) if not BELOW.search(each))}


@cache
def writes(name: str) -> bool:
    """Whether the function itself adds, changes or deletes rows."""
    for node in ast.walk(function(name)):
        if isinstance(node, ast.Call) and _WRITES.search(ast.unparse(node.func)):
            return True
        if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store) and ast.unparse(node.value) not in {"self", "g"}:
            return True
    return False


@pytest.mark.slow
def test_every_changing_verb_is_logged() -> None:
    found = verbs()
    assert len(found) > 100  # the walk itself still works
    silent = {verb for verb in found if RECORD not in reached(verb)}
    assert silent - set(NOT_LOGGED) == set(), "log it with audit.record, or say in NOT_LOGGED why not"
    assert set(NOT_LOGGED) - silent == set(), "this is logged now, or gone: take it out of NOT_LOGGED"


def test_views_that_write_the_log_themselves_change_something_or_hand_out_many() -> None:
    in_views = {
        f"{name}.{door}"
        for name, module in modules().items() if ".views" in name
        for door in module.functions if RECORD in called(f"{name}.{door}")
    }  # fmt: skip
    assert in_views == set(), "a verb logs, so that every door does"
