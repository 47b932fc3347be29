"""A month of planning, as a trainer does it: on a phone from left to right, at a desk from right to left."""

from dataclasses import dataclass
from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from playwright.sync_api import Locator

from app.factories.models import Programme
from app.platform.clock import today
from app.platform.db import db
from app.sessions.models import Meeting, Seat, TrainingSession
from app.sessions.rules import Modality, SeatState, TrainingState
from tests.browser.cast import Cast, gather
from tests.browser.conftest import Visit
from tests.browser.site import Site, wait_until
from tests.browser.visitor import Visitor
from tests.counts import sampled

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.any_engine]
FRIDAY = 5


@dataclass
class Month:
    """Who plans, and the first working day of the month that is planned."""

    site: Site
    cast: Cast
    trainer: Visitor
    focal_point: Visitor
    first: date
    training: str = ""

    @property
    def link(self) -> str:
        return f"https://meet.example/{self.cast.code.lower()}"

    def day(self, number: int) -> date:
        return self.first + timedelta(days=number)

    def states(self) -> list[TrainingState]:
        return self.site.look(lambda: list(db.session.scalars(sa.select(TrainingSession.state).where(self._own()).order_by(TrainingSession.id))))

    def meetings(self) -> list[tuple[date, Modality]]:
        number = int(self.training.rpartition("/")[2])
        rows = self.site.look(lambda: db.session.execute(sa.select(Meeting.starts, Meeting.modality).where(Meeting.training_id == number).order_by(Meeting.number)).all())
        return [(starts.date(), modality) for starts, modality in rows]

    def _own(self) -> sa.ColumnElement[bool]:
        programme = sa.select(Programme.id).where(Programme.code == self.cast.code.removesuffix("-ONE"))
        return TrainingSession.programme_id.in_(programme)


@pytest.mark.sampled
@pytest.mark.parametrize(("width", "language", "people_speak"), [(360, "en", "km"), (1280, "ar", "ar")])
def test_a_month_is_planned(site: Site, visit: Visit, width: int, language: str, people_speak: str) -> None:
    cast = site.build(lambda: _gather(language, people_speak))
    day = today(cast.zone) + timedelta(days=21)
    first = day + timedelta(days=(6 - day.isoweekday()) % 7)  # a Saturday: the week begins there
    month = Month(site, cast, visit(width, language=language), visit(width, language=language), first)
    month.trainer.sign_in(cast.trainer)
    month.focal_point.sign_in(cast.focal_point)
    look_at_an_empty_month(month)
    plan_around_a_rest_day(month)
    plan_another_that_would_clash(month)
    reserve_and_name(month)
    confirm(month)
    move_from_the_calendar(month)
    switch_to_link(month)
    read_the_calendar(month, width)
    write_to_everybody(month)
    propose_what_is_missing(month)
    look_at_the_load(month)


def _gather(language: str, people_speak: str) -> Cast:
    """Where factories rest on Friday."""
    cast = gather(language, people_speak)
    db.session.query(Programme).filter_by(code=cast.code.removesuffix("-ONE")).one().rest_days = [FRIDAY]
    return cast


def objected(visitor: Visitor, target: Locator) -> None:
    """Send a form that comes back with something to look at."""
    with visitor.page.expect_navigation(wait_until="load"):
        visitor.touch(target)
    assert any("422" in each for each in visitor.complaints)
    visitor.complaints.clear()
    visitor.check()
    visitor.page.locator("#conflicts").wait_for()


def look_at_an_empty_month(month: Month) -> None:
    page = month.trainer.go(f"/sessions/calendar?day={month.first}")
    assert page.locator(".plan thead th").count() == 7 and page.locator(".half").count() == 0
    assert page.locator(".plan tr td:last-child.rest").count() >= 4  # the week ends with its day of rest
    month.trainer.follow("a[href='/sessions/new']")


def fill_in(month: Month, *days: int, hour: int = 8) -> None:
    page = month.trainer.page
    for number, day in enumerate(days):
        part = f"half_days-{number}"
        page.locator(f"[name={part}-day]").fill(month.day(day).isoformat())
        page.locator(f"[name={part}-starts]").fill(f"{hour:02}:00")
        page.locator(f"[name={part}-ends]").fill(f"{hour + 3:02}:00")
        page.locator(f"[name={part}-modality]").select_option("hybrid")
        page.locator(f"[name={part}-join_url]").fill(month.link)
    page.locator("[name=venue]").fill("Training centre")
    if not page.locator("[name=factories]").is_checked():
        page.locator("[name=factories]").check()
    page.locator("[name=capacity_in_person]").fill("6")
    page.locator("[name=capacity_virtual]").fill("6")


def plan_around_a_rest_day(month: Month) -> None:
    fill_in(month, 0, 6)
    objected(month.trainer, month.trainer.page.locator("[name=plan]"))
    month.trainer.page.locator("[name=half_days-1-day]").fill(month.day(1).isoformat())
    month.trainer.follow("[name=plan]")
    month.training = month.trainer.path
    assert [day for day, _modality in month.meetings()] == [month.day(0), month.day(1)]


def plan_another_that_would_clash(month: Month) -> None:
    """The trainer is busy at that time already: the rest is planned for the afternoon."""
    page = month.trainer.go("/sessions/new")
    fill_in(month, 1, 2, hour=9)
    objected(month.trainer, page.locator("[name=plan]"))
    for number in (0, 1):
        page.locator(f"[name=half_days-{number}-starts]").fill("13:00")
        page.locator(f"[name=half_days-{number}-ends]").fill("16:00")
        page.locator(f"[name=half_days-{number}-join_url]").fill(f"{month.link}-2")
    with month.trainer.page.expect_navigation(wait_until="load"):
        month.trainer.touch(page.locator("[name=plan]"))
    month.trainer.complaints.clear()
    if page.locator("#conflicts").count():  # only warnings are left
        month.trainer.follow("[name=plan]")
    assert month.states() == [TrainingState.TENTATIVE] * 2


def reserve_and_name(month: Month) -> None:
    visitor, page = month.focal_point, month.focal_point.go(f"{month.training}/nominations")
    page.locator("[name=count]").fill("2")
    page.locator("[name=reserved_site]").first.check()
    visitor.follow("form[action$='/reservations'] button")
    visitor.go(f"{month.training}/nominations")
    page.locator("[name=site]").first.check()
    for person in month.cast.people[:2]:
        page.locator(f"[name=people][value='{person}']").check()
    visitor.follow("form[method=post][action$='/nominations'] button")


def confirm(month: Month) -> None:
    page = month.trainer.go(month.training)
    if page.locator("form[action$='/bookings'] button").count():
        month.trainer.follow("form[action$='/bookings'] button")
    month.trainer.follow("form[action$='/confirmation'] button")
    number = int(month.training.rpartition("/")[2])
    booked = sa.select(sa.func.count()).select_from(Seat).where(Seat.training_id == number, Seat.state == SeatState.BOOKED)
    assert month.site.look(lambda: db.session.scalar(booked)) == 2
    wait_until(lambda: any(month.cast.trainer in mail.recipients for mail in month.site.mail.messages), "an invitation")


def move_from_the_calendar(month: Month) -> None:
    """To the next day; the day of rest is refused first."""
    visitor, page = month.trainer, month.trainer.go(f"/sessions/calendar?view=agenda&day={month.first}")
    visitor.follow(page.locator(f"a[href='{month.training}/meetings/2/time']"))
    button = page.locator("form[action$='/time'] button")
    page.locator("[name=day]").fill(month.day(6).isoformat())
    objected(visitor, button)
    page.locator("[name=day]").fill(month.day(3).isoformat())
    visitor.follow(button)
    assert [day for day, _modality in month.meetings()] == [month.day(0), month.day(3)]


def switch_to_link(month: Month) -> None:
    page = month.trainer.go(f"{month.training}/modality")
    page.locator("[name=modality][value=virtual]").check()
    page.locator("[name=join_url]").fill(month.link)
    with month.trainer.page.expect_navigation(wait_until="load"):
        month.trainer.touch(page.locator("form[action$='/modality'] .actions button"))
    month.trainer.complaints.clear()
    if page.locator("#conflicts").count():
        month.trainer.follow("form[action$='/modality'] .actions button")
    assert {modality for _day, modality in month.meetings()} == {Modality.VIRTUAL}


def read_the_calendar(month: Month, width: int) -> None:
    """At every width and in every view each half-day stands on its day; the factory finds its own there."""
    views = [(month.trainer, view) for view in ("month", "week", "agenda")]
    for visitor, view in [*views, (month.focal_point, "month")]:
        page = visitor.go(f"/sessions/calendar?view={view}&day={month.first}")
        for screen in sampled([each for each in (1280, 360, 320) if each != width], f"{view} {width}"):
            visitor.resize(screen)
            assert not (faults := visitor.faults()), "\n".join(faults)
        visitor.resize(width)
        where = page.locator(".plan td, .plan-day").filter(has=page.locator(f"time[datetime='{month.first}']"))
        assert where.locator(f".half a[href='{month.training}']").count() == 1
    page = month.trainer.go(f"/sessions/calendar?view=week&day={month.first}")
    assert page.locator(f".half a[href='{month.training}']").count() == 2
    page.locator("a[rel=next]").focus()
    with month.trainer.arriving():
        page.keyboard.press("Enter")
    assert page.locator(f".half a[href='{month.training}']").count() == 0


def write_to_everybody(month: Month) -> None:
    visitor, page = month.trainer, month.trainer.go(month.training)
    visitor.follow("#mails a[href$='/messages']")
    page.locator("[name=subject]").fill("Bring your badge")
    page.locator("[name=words]").fill("The gate opens at 7.\n\nSee you there.")
    visitor.follow("form[action$='/preview'] button")
    assert page.locator("#copied").count() == 1  # nobody of the people has an address
    visitor.follow("form[action$='/messages'] button.primary")
    mails = month.site.mail.messages
    wait_until(lambda: any("The gate opens at 7." in str(mail.parsed) or "Bring your badge" in str(mail.parsed["Subject"]) for mail in mails), "the message")


def propose_what_is_missing(month: Month) -> None:
    """One of three supervisors has no seat yet: one run is proposed, and kept as a draft."""
    visitor, page = month.trainer, month.trainer.go("/coverage")
    visitor.follow("a[href='/coverage/proposals']")
    page.locator("[name=first]").fill(month.day(14).isoformat())
    visitor.follow("form[action='/coverage/proposals/runs'] button")
    assert page.locator("ol.cards > li").count() == 1
    visitor.follow("form[action='/coverage/proposals/runs'] button")
    assert visitor.path.startswith("/sessions/calendar") and page.locator(".half.draft").count() >= 1
    assert month.states() == [TrainingState.CONFIRMED, TrainingState.TENTATIVE, TrainingState.DRAFT]
    month.focal_point.go(visitor.path)
    assert month.focal_point.page.locator(".half.draft").count() == 0


def look_at_the_load(month: Month) -> None:
    page = month.trainer.go(f"/sessions/load?day={month.first}")
    assert page.locator("tbody tr").count() == 1
    month.trainer.go(f"/my-day?day={month.first}")
    assert page.locator(f"a[href='{month.training}/meetings/1/marks']").count() == 1
    month.trainer.go("/sessions")
