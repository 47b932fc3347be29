"""Server or worker dies between a trainer's click and the mails: none is missing, none makes a second entry (TRAPS X4, X5)."""

import random
import re
import signal
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import pytest
import sqlalchemy as sa

from app.access.roles import Role
from app.platform.audit.models import AuditEntry
from app.platform.db import db, transaction
from app.platform.jobs.cli import worker_of
from app.platform.jobs.models import Job
from app.platform.mail.models import MailMessage, MailState
from app.sessions.models import Invitation, TrainingSession
from app.sessions.rules import TrainingState
from tests.browse import Browse
from tests.faults.processes import Product
from tests.make import accounts, factories
from tests.make import sessions as make
from tests.peers.smtp import SmtpPeer

pytestmark = pytest.mark.slow

IN_REQUEST = ("sessions.invited", "mail.queued", "web.before_commit", "web.after_commit")
IN_WORKER = ("jobs.claimed", "mail.before_send", "mail.after_send", "jobs.worked", "jobs.finished")
GUESTS = 3  # the trainer, who speaks for the factory, and one person


@dataclass(frozen=True)
class Verb:
    """A click of step 4: its address, the state it leads to, and the mails that it must send."""

    address: str
    fields: Callable[[], dict[str, str]]
    state: TrainingState
    mails: dict[str, int]
    sequences: list[int]
    audit: str


def _new_time() -> dict[str, str]:
    when = make.half_day((make.monday(30) - date.today()).days, 13).when
    return {"day": when.starts.date().isoformat(), "starts": "13:00", "ends": "17:00"}


VERBS = {
    "confirm": Verb(
        "confirmation", dict, TrainingState.CONFIRMED, {"sessions.invitation": 2 * GUESTS}, [0, 0], "sessions.confirm"
    ),
    "move": Verb(
        "meetings/2/time", _new_time, TrainingState.CONFIRMED, {"sessions.change": GUESTS}, [0, 1],
        "sessions.move_meeting",
    ),
    "cancel": Verb(
        "cancellation", lambda: {"reason": "Flood"}, TrainingState.CANCELLED,
        {"sessions.cancellation": 2 * GUESTS, "sessions.called_off": 1}, [1, 1], "sessions.cancel",
    ),
}


@dataclass
class Laid:
    """A session of two half-days before the click; `before` are the mails that were sent by then."""

    training: int
    cookie: str
    before: int = 0


def _lay(product: Product, peer: SmtpPeer, verb: str) -> Laid:
    """Everything before the verb; what it sends is sent."""
    with product.app.app_context():
        with transaction():
            factory = factories.factory("MILL")
            teacher = accounts.account(Role.TRAINER, programme=factories.programme(), email="trainer@office.example")
            accounts.account(Role.FOCAL_POINT, factory=factory, email="hr@mill.example")
            training = make.training(trainers=[teacher], rooms=[factory])
            make.seat(training, factory, factories.person(factory, email="dara@mill.example"))
            training_id = training.id
            browse = Browse(product.app).as_account(teacher)
        laid = Laid(training_id, browse.client.get_cookie("seamwise").value)
    if verb != "confirm":
        assert browse.post(f"/sessions/{laid.training}/confirmation").status == 303
        worker_of(product.app).run_until_idle()
        laid.before = len(peer.messages)
        assert laid.before == 2 * GUESTS
    return laid


@pytest.mark.sampled(number=2)
@pytest.mark.parametrize("point", [*IN_REQUEST, *IN_WORKER])
def test_killed_at(product: Product, peer: SmtpPeer, point: str, seed: int) -> None:
    chance = random.Random(f"{point} {seed}")
    verb = VERBS[chance.choice(sorted(VERBS))] if seed else list(VERBS.values())[[*IN_REQUEST, *IN_WORKER].index(point) % 3]
    name = next(name for name, each in VERBS.items() if each is verb)
    laid = _lay(product, peer, name)
    address = f"/sessions/{laid.training}/{verb.address}"
    deaths = 0
    if point in IN_REQUEST:
        end = product.post(laid.cookie, address, verb.fields(), stop_at=point)
        assert (end.killed, end.statuses) == (True, []), end.told
        assert len(peer.messages) == laid.before, "nothing goes out before it is written down"
    assert product.post(laid.cookie, address, verb.fields()).statuses == [303], "asked again, as a person would"
    if point in IN_WORKER:
        for _ in range(chance.randint(1, 3) if seed else 1):
            product.work_until_dead(point)
            deaths += 1
    product.work_on()
    _nothing_lost_nothing_doubled(product, peer, laid, verb)
    repeats = len(peer.messages) - len({kept.parsed["Message-ID"] for kept in peer.messages})
    assert repeats == (deaths if point in {"mail.after_send", "jobs.worked"} else 0)


def test_the_real_server_and_the_real_worker(product: Product, peer: SmtpPeer, seed: int) -> None:
    """`flask serve` dies over a confirmation, `flask jobs work` with a mail in hand; others take over."""
    chance = random.Random(seed)
    laid, verb = _lay(product, peer, "confirm"), VERBS["confirm"]
    address = f"/sessions/{laid.training}/{verb.address}"
    with product.serving(stop_at=chance.choice(IN_REQUEST)) as server:
        assert server.post(address, cookie=laid.cookie) is None
    with product.serving() as server:
        assert server.post(address, cookie=laid.cookie) == 303
        assert product.real_work(stop_at=chance.choice(IN_WORKER)) == -signal.SIGKILL
        product.work_on()
        assert server.request("GET", f"/sessions/{laid.training}", cookie=laid.cookie) == 200
    _nothing_lost_nothing_doubled(product, peer, laid, verb)


def _nothing_lost_nothing_doubled(product: Product, peer: SmtpPeer, laid: Laid, verb: Verb) -> None:
    with product.app.app_context():
        training = db.session.get_one(TrainingSession, laid.training)
        assert training.state is verb.state
        assert db.session.query(AuditEntry).filter_by(action=verb.audit).count() == 1
        assert {(job.done_at is not None, job.failed_at) for job in db.session.query(Job)} == {(True, None)}
        log = db.session.query(MailMessage).order_by(MailMessage.id).all()
        assert {mail.state for mail in log} == {MailState.SENT}
        assert Counter(mail.kind for mail in log[laid.before:]) == verb.mails
        assert {kept.parsed["Message-ID"] for kept in peer.messages} == {mail.message_id for mail in log}
        assert {kept.raw for kept in peer.messages} == {mail.raw for mail in log}, "a repeat is the same, byte for byte"
        rows = db.session.execute(sa.select(Invitation.address, Invitation.uid, Invitation.sequence)).all()
    by_guest = defaultdict(list)
    for address, uid, sequence in rows:
        by_guest[address].append((uid, sequence))
    assert {address: sorted(s for _, s in entries) for address, entries in by_guest.items()} == dict.fromkeys(
        ("trainer@office.example", "hr@mill.example", "dara@mill.example"), verb.sequences
    )
    assert _calendars(peer) == {address: set(entries) for address, entries in by_guest.items()}


def _calendars(peer: SmtpPeer) -> dict[str, set[tuple[str, int]]]:
    """What each recipient's calendar holds after all mails: the highest SEQUENCE of each UID."""
    kept: dict[str, dict[str, int]] = defaultdict(dict)
    for mail in peer.messages:
        for part in mail.parsed.walk():
            if part.get_content_type() == "text/calendar":
                words = part.get_payload(decode=True).decode().replace("\r\n ", "")
                uid, sequence = (re.search(rf"^{name}:(.*)\r$", words, re.MULTILINE)[1] for name in ("UID", "SEQUENCE"))
                entries = kept[mail.recipients[0]]
                entries[uid] = max(int(sequence), entries.get(uid, 0))
    return {address: set(entries.items()) for address, entries in kept.items()}
