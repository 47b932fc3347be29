"""Sixty-four people want the last seat of a training session at the same moment, through two processes of the product."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import pytest
import sqlalchemy as sa

from app.access.roles import Role
from app.notifications.reading import read
from app.platform.db import db, transaction
from app.platform.mail.models import MailMessage
from app.sessions.models import Seat, SeatMove
from app.sessions.rules import SeatState, SiteKind
from tests.browse import Browse
from tests.faults.conftest import RUNS
from tests.faults.processes import Product, Server
from tests.make import accounts, factories
from tests.make import sessions as make

pytestmark = [pytest.mark.slow, pytest.mark.every_run]

RACERS = 64


@dataclass(frozen=True)
class Race:
    """One training session with one place, and the forms that ask for it."""

    training_id: int
    cookie: str
    forms: list[dict[str, str]]

    @property
    def address(self) -> str:
        return f"/sessions/{self.training_id}/nominations"

    def run(self, servers: tuple[Server, Server]) -> Counter[int | None]:
        """Send every form at once, in turn to one process and the other; answers how often there was which status."""
        with ThreadPoolExecutor(len(self.forms)) as pool:
            sent = [
                pool.submit(servers[turn % 2].post, self.address, form, self.cookie)
                for turn, form in enumerate(self.forms)
            ]  # fmt: skip
            return Counter(each.result() for each in sent)


def _lay(product: Product, people: int, *, twice: int = 0) -> Race:
    """A training session that books at once; the last of its twenty places is free. `twice` people are sent twice."""
    with product.app.app_context():
        with transaction():
            factory = factories.factory()
            account = accounts.account(Role.FOCAL_POINT, factory=factory)
            training = make.training(in_person=20, virtual=5)
            training.needs_approval = False
            others = factories.factory()
            for _ in range(19):
                make.seat(training, others)
            site = make.site(training, SiteKind.VENUE).id
            ids = [factories.person(factory).id for _ in range(people)]
            forms = [{"factory": factory.code, "site": str(site), "people": str(person)} for person in [*ids, *ids[:twice]]]
            race = training.id
            browse = Browse(product.app).as_account(account)
        return Race(race, browse.client.get_cookie("seamwise").value, forms)


def _states(training_id: int) -> Counter[SeatState]:
    statement = sa.select(Seat.state).where(Seat.training_id == training_id)
    return Counter(db.session.scalars(statement))


def test_one_of_sixty_four_gets_the_last_seat_and_a_double_click_is_one_seat(product: Product) -> None:
    """Twenty times in the long run, on one pair of processes."""
    with product.serving() as one, product.serving() as other:
        for _ in range(RUNS):
            race = _lay(product, RACERS)
            assert race.run((one, other)) == {303: RACERS}
            with product.app.app_context():
                _assert_one_got_it(race.training_id)
        race = _lay(product, 8, twice=8)
        assert race.run((one, other)) == {303: 16}
        with product.app.app_context():
            _assert_once_each(race.training_id)


def _assert_one_got_it(training_id: int) -> None:
    """The database says so, and sixty-three were told that they wait."""
    assert _states(training_id) == {SeatState.BOOKED: 20, SeatState.WAIT_LISTED: RACERS - 1}
    held = sa.select(Seat.place).where(Seat.training_id == training_id, Seat.place.is_not(None))
    assert sorted(db.session.scalars(held)) == list(range(1, 21))
    told = [read(raw).text for raw in _mails(training_id)]
    waits = "On the waiting list, because there is no free place now:"
    assert (sum("Booked:" in text for text in told), sum(waits in text for text in told)) == (1, RACERS - 1)


def _assert_once_each(training_id: int) -> None:
    """Eight people, each sent twice: one has the seat, seven wait, and each was asked for and settled once."""
    assert _states(training_id) == {SeatState.BOOKED: 20, SeatState.WAIT_LISTED: 7}
    moves = sa.select(SeatMove.seat_id).join(Seat, Seat.id == SeatMove.seat_id).where(Seat.training_id == training_id)
    assert set(Counter(db.session.scalars(moves)).values()) == {2}


def _mails(training_id: int) -> list[bytes]:
    about = MailMessage.about == f"training:{training_id}"
    return list(db.session.scalars(sa.select(MailMessage.raw).where(about, MailMessage.kind == "sessions.seats")))
