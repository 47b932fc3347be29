"""From what happens to the message: who is told, what, how often, and when no more."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa
import time_machine
from flask import Flask

from app.access.actor import SYSTEM
from app.access.roles import Role
from app.accounts.models import Account
from app.api.webhooks import operations, queries
from app.api.webhooks.models import Webhook, WebhookDelivery
from app.api.webhooks.rules import DeliveryState, Happening, signature
from app.completions.events import CompletionWithdrawn, CourseCompleted
from app.factories.events import RosterApplied, WorkChanged
from app.factories.merging.operations import merge
from app.factories.models import RosterImport
from app.factories.rules import ImportState
from app.platform.bus import publish
from app.platform.clock import now
from app.platform.db import db
from app.platform.jobs import Done, Later
from app.platform.jobs.models import Job
from app.platform.mail.models import MailMessage
from app.platform.refusal import NotFound, Refused
from app.sessions.events import TrainingSettled
from app.wiring import JOBS
from tests.make import accounts, completions, courses, sessions, webhooks
from tests.make import factories as make
from tests.peers.receiver import Receiver, receiving


@pytest.fixture
def peer(app: Flask) -> Iterator[Receiver]:
    """A receiver that the operator has named."""
    usual = app.extensions["settings"]
    with receiving() as made:
        app.extensions["settings"] = replace(usual, webhook_hosts=(f"127.0.0.1:{made.port}",))
        yield made
        app.extensions["settings"] = usual


def hook(peer: Receiver, owner: Account, *happenings: Happening, **values: object) -> Webhook:
    return webhooks.webhook(owner, *happenings, url=f"http://127.0.0.1:{peer.port}/hook", **values)


def work() -> list[object]:
    """Do the jobs of webhooks, as the worker does; answers what came of them."""
    found: list[object] = []
    while jobs := db.session.scalars(sa.select(Job).where(Job.kind.startswith("webhooks."), Job.done_at.is_(None)).order_by(Job.id)).all():
        for job in jobs:
            job.done_at = now()
            outcome = JOBS[job.kind](**job.payload)
            assert isinstance(outcome, Done | Later)
            outcome.write()
            found.append(outcome)
        db.session.flush()
    return found


def paused_mails() -> list[MailMessage]:
    return list(db.session.scalars(sa.select(MailMessage).where(MailMessage.kind == "programs.webhook_paused")))


def states() -> list[DeliveryState]:
    db.session.expire_all()
    return list(db.session.scalars(sa.select(WebhookDelivery.state).order_by(WebhookDelivery.id)))


def test_what_happened_is_told_as_its_owner_sees_it(app: Flask, peer: Receiver) -> None:
    factory, other = make.factory(), make.factory(programme_id=make.programme("BD", zone="Asia/Dhaka", country="BD").id)
    to = hook(peer, accounts.account(Role.PROGRAMME_MANAGER, programme=make.programme()), Happening.COMPLETION_MADE)
    version = courses.version()
    own, far = (completions.completion(make.person(each, email="dara@people.example"), version, each) for each in (factory, other))
    for each in (own, far):
        operations.note(Happening.COMPLETION_MADE, each.id)
        operations.note(Happening.COMPLETION_WITHDRAWN, each.id)  # nobody asked
    work()
    [(path, headers, body)] = peer.came
    told = json.loads(body)
    assert (path, told["type"], told["data"]["id"], told["data"]["factory"]) == ("/hook", "completion.made", own.id, factory.code)
    assert "dara" not in body.decode()
    assert headers["webhook-signature"] == signature(to.secret, headers["webhook-id"], int(headers["webhook-timestamp"]), body)
    assert abs(int(headers["webhook-timestamp"]) - now().timestamp()) < 60
    assert states() == [DeliveryState.DELIVERED]


def test_events_lead_there(app: Flask, peer: Receiver) -> None:
    """By the table of who reacts to what, in the transaction that makes it true."""
    hook(peer, accounts.account(Role.ADMINISTRATOR), Happening.COMPLETION_MADE, Happening.COMPLETION_WITHDRAWN)
    factory = make.factory()
    completion = completions.completion(make.person(factory), courses.version(), factory)
    publish(CourseCompleted(completion.id))
    publish(CompletionWithdrawn(completion.id))
    kinds = [job.payload["happening"] for job in db.session.scalars(sa.select(Job).where(Job.kind == "webhooks.tell").order_by(Job.id))]
    assert kinds == ["completion.made", "completion.withdrawn"]


def test_people_sessions_and_staff_lists_are_told(app: Flask, peer: Receiver) -> None:
    """By what happens, through the table of who reacts: each message holds the thing as the read API has it."""
    factory = make.factory()
    hook(peer, accounts.account(Role.PROGRAMME_MANAGER, programme=factory.programme))
    person, double, training = make.person(factory), make.person(factory), sessions.training()
    roster = RosterImport(
        factory_id=factory.id, file_name="a.csv", file_key="", state=ImportState.APPLIED, choices={}, counts={}, created_at=now(),
    )
    db.session.add(roster)
    db.session.flush()
    publish(WorkChanged(factory.id, person.id))
    merge(SYSTEM, person.id, double.id)
    publish(RosterApplied(roster.id))
    publish(TrainingSettled(training.id))
    work()
    told = [json.loads(body) for _path, _headers, body in peer.came]
    found = {(each["type"], each["data"].get("code") or each["data"]["id"]) for each in told}
    assert found >= {("person.changed", person.id), ("factory.roster_applied", factory.code), ("session.changed", training.id)}
    assert ("person.changed", double.id) not in found
    assert told[0]["data"]["employments"][0]["factory"] == factory.code


def test_nobody_asked_costs_no_job(app: Flask) -> None:
    operations.note(Happening.COMPLETION_MADE, 1)
    assert db.session.query(Job).filter(Job.kind.startswith("webhooks.")).count() == 0


def test_telling_twice_is_once(app: Flask, peer: Receiver) -> None:
    to = hook(peer, accounts.account(Role.ADMINISTRATOR))
    for _time in range(2):
        operations.place([to.id], Happening.PING, 0, "k" * 32)
    work()
    assert len(peer.came) == 1
    delivery = db.session.query(WebhookDelivery).one()
    assert JOBS["webhooks.deliver"](delivery_id=delivery.id) == Done()
    assert len(peer.came) == 1


def test_failures_are_tried_again_and_the_receiver_is_paused_after_days(app: Flask, peer: Receiver) -> None:
    owner = accounts.account(Role.ADMINISTRATOR)
    to = hook(peer, owner)
    peer.answers = [500, 302, 204]
    delivery = webhooks.delivery(to)
    for number, (status, kind) in enumerate(((500, Later), (302, Later), (204, Done)), 1):
        with time_machine.travel(now() + timedelta(minutes=20 * number), tick=False):
            outcome = JOBS["webhooks.deliver"](delivery_id=delivery.id)
            assert isinstance(outcome, kind)
            outcome.write()
        assert (delivery.status, delivery.tries, to.failing_since is None) == (status, number, status == 204)
    peer.answers = [503]
    late = webhooks.delivery(to)
    for days, paused in ((0, False), (2, False), (4, True)):
        with time_machine.travel(now() + timedelta(days=days), tick=False):
            JOBS["webhooks.deliver"](delivery_id=late.id).write()
        assert (to.paused_at is not None) == paused
        assert len(paused_mails()) == paused
    [mail] = paused_mails()
    assert (mail.recipient, mail.subject) == (owner.email, "A program is told nothing any more")
    assert not [each for each in (to.secret, to.url, "/hook") if each.encode() in mail.raw]
    actor = accounts.actor(owner)
    with pytest.raises(Refused, match="paused"):
        operations.replay(actor, to.id, late.id)
    operations.resume(actor, to.id)
    peer.answers = [200]
    operations.replay(actor, to.id, late.id)
    work()
    assert states() == [DeliveryState.DELIVERED] * 2
    assert len({headers["webhook-id"] for _path, headers, _body in peer.came}) == 2


def test_a_dead_receiver_costs_one_try_now_and_then_however_much_waits(app: Flask, peer: Receiver) -> None:
    owner = accounts.account(Role.ADMINISTRATOR)
    to, alive = hook(peer, owner), hook(peer, owner)
    peer.answers = [503]
    waiting, deliver, begun = [webhooks.delivery(to).id for _ in range(10)], JOBS["webhooks.deliver"], now()
    for minutes, tries in ((0, 1), (1, 2), (1, 2), (3, 3), (60, 4), (70, 4), (80, 5)):
        with time_machine.travel(begun + timedelta(minutes=minutes), tick=False):
            for delivery_id in waiting:
                outcome = deliver(delivery_id=delivery_id)
                assert isinstance(outcome, Later)
                outcome.write()
        assert len(peer.came) == tries
    with time_machine.travel(begun + timedelta(minutes=81), tick=False):
        peer.answers = [204]
        deliver(delivery_id=webhooks.delivery(alive).id).write()  # another one is told meanwhile
        assert len(peer.came) == 6
        operations.ping(accounts.actor(owner), to.id)  # its owner does not wait
        work()
        assert (len(peer.came), to.failing_since) == (7, None)
        for delivery_id in waiting:
            deliver(delivery_id=delivery_id).write()
    db.session.flush()
    assert set(states()) == {DeliveryState.DELIVERED}


def test_a_receiver_that_is_gone(app: Flask, peer: Receiver) -> None:
    to = hook(peer, accounts.account(Role.ADMINISTRATOR))
    peer.answers = [410]
    operations.ping(accounts.actor(db.session.get_one(Account, to.account_id)), to.id)
    work()
    assert to.paused_at is not None


@pytest.mark.parametrize("is_replay", [False, True])
def test_a_webhook_is_held_before_its_delivery_is_written(app: Flask, is_replay: bool) -> None:
    """By all in one order, so that nobody waits for each other."""
    owner = accounts.account(Role.ADMINISTRATOR)
    to = webhooks.webhook(owner)
    delivery, held = webhooks.delivery(to), []
    delivery.state = DeliveryState.FAILED
    db.session.flush()

    def listen(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if found := re.search(r"UPDATE webhook_delivery|FROM webhook\b", statement):
            held.append(found[0].split()[-1])

    sa.event.listen(db.engine, "before_cursor_execute", listen)
    try:
        if is_replay:
            operations.replay(accounts.actor(owner), to.id, delivery.id)
        else:
            operations.note_answer(delivery.id, 204, None)
        db.session.flush()
    finally:
        sa.event.remove(db.engine, "before_cursor_execute", listen)
    assert held == ["webhook", "webhook_delivery"]


def test_nothing_leaves_for_who_may_not_see_it_any_more(app: Flask, peer: Receiver) -> None:
    owner = accounts.account(Role.PROGRAMME_MANAGER, programme=make.programme())
    to, factory = hook(peer, owner), make.factory()
    completion = completions.completion(make.person(factory), courses.version(), factory)
    delivery = webhooks.delivery(to, Happening.COMPLETION_MADE, completion.id)
    owner.disabled_at = now()
    db.session.flush()
    JOBS["webhooks.deliver"](delivery_id=delivery.id).write()
    assert (peer.came, delivery.state) == ([], DeliveryState.DROPPED)


def test_a_factory_that_moves_is_told_of_no_more(app: Flask, peer: Receiver) -> None:
    """Neither for staff of the programme before, nor by what is narrowed to it; what waits is not sent either."""
    here, abroad = make.programme(), make.programme("BD", zone="Asia/Dhaka", country="BD")
    owner = accounts.account(Role.ADMINISTRATOR)
    hook(peer, accounts.account(Role.PROGRAMME_MANAGER, programme=here))
    narrowed, wide = hook(peer, owner, programme_id=here.id), hook(peer, owner)
    factory = make.factory()
    completion = completions.completion(make.person(factory), courses.version(), factory)
    waiting = webhooks.delivery(narrowed, Happening.COMPLETION_MADE, completion.id)
    factory.programme_id = abroad.id
    db.session.flush()
    JOBS["webhooks.deliver"](delivery_id=waiting.id).write()
    operations.note(Happening.COMPLETION_WITHDRAWN, completion.id)
    work()
    assert [json.loads(body)["data"]["programme"] for _path, _headers, body in peer.came] == ["BD"]
    told = db.session.query(WebhookDelivery).filter_by(state=DeliveryState.DELIVERED).one()
    assert (told.webhook_id, waiting.state) == (wide.id, DeliveryState.DROPPED)


def test_a_receiver_that_is_not_allowed_any_more_gets_nothing(app: Flask) -> None:
    with receiving() as peer:
        delivery = webhooks.delivery(hook(peer, accounts.account(Role.ADMINISTRATOR)))
        JOBS["webhooks.deliver"](delivery_id=delivery.id).write()
        assert (peer.came, delivery.state) == ([], DeliveryState.DROPPED)


def test_webhooks_of_others(app: Flask) -> None:
    """Their owner changes them, and who manages all accounts; for everybody else they do not exist."""
    here = make.programme()
    to = webhooks.webhook(accounts.account(Role.PROGRAMME_MANAGER, programme=here))
    stranger, administrator = (accounts.actor(each) for each in (accounts.account(Role.PROGRAMME_MANAGER, programme=here), accounts.account(Role.ADMINISTRATOR)))
    delivery = webhooks.delivery(to)
    for verb in (operations.end, operations.ping, operations.resume, lambda actor, number: operations.replay(actor, number, delivery.id)):
        with pytest.raises(NotFound):
            verb(stranger, to.id)
    assert queries.listed(stranger) == []
    other = webhooks.webhook(accounts.account(Role.ADMINISTRATOR))
    with pytest.raises(NotFound):
        operations.replay(administrator, other.id, delivery.id)
    operations.end(administrator, to.id)
    assert to.ended_at is not None
    with pytest.raises(Refused, match="ended"):
        operations.ping(administrator, to.id)


def test_old_deliveries_are_forgotten(app: Flask) -> None:
    to = webhooks.webhook(accounts.account(Role.ADMINISTRATOR))
    webhooks.delivery(to).happened_at = now() - timedelta(days=31)
    kept = webhooks.delivery(to)
    db.session.flush()
    JOBS["webhooks.sweep"]().write()
    assert [each.id for each in db.session.query(WebhookDelivery)] == [kept.id]


def test_for_a_day_both_secrets_sign(app: Flask, peer: Receiver) -> None:
    """So that the program can take the new one without refusing anything; changed twice, the oldest still counts."""
    owner = accounts.account(Role.ADMINISTRATOR)
    to, actor, begun = hook(peer, owner), accounts.actor(owner), now()
    first = to.secret
    for hours, count, changes in ((0, 2, 2), (23, 2, 0), (25, 1, 0)):
        with time_machine.travel(begun + timedelta(hours=hours), tick=False):
            for _time in range(changes):
                operations.change_secret(actor, to.id)
            operations.ping(actor, to.id)
            work()
        _path, headers, body = peer.came[-1]
        signed = (headers["webhook-id"], int(headers["webhook-timestamp"]), body)
        assert headers["webhook-signature"].split(" ") == [signature(each, *signed) for each in (to.secret, first)[:count]]
    assert to.secret != first
    with pytest.raises(NotFound):
        operations.change_secret(accounts.actor(accounts.account(Role.PROGRAMME_MANAGER, programme=make.programme())), to.id)
    operations.end(actor, to.id)
    with pytest.raises(Refused, match="ended"):
        operations.change_secret(actor, to.id)
