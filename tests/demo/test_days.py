"""Days of the story: never on a rest day, always around now."""

from datetime import UTC, datetime, timedelta

import pytest

from app.demo import days
from app.demo.people import pin_of, staff
from app.demo.places import CAMBODIA, PLACES, Place
from app.factories.rules import JobRole
from app.platform.clock import now, telling, today
from app.sessions.rules.wall_time import moments

MOMENTS = [datetime(2026, 11, 27, hour, minute, tzinfo=UTC) for hour, minute in ((0, 1), (3, 59), (16, 58), (17, 1), (21, 30))]


@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.code)
@pytest.mark.parametrize("offset", [-712, -40, -2, 9, 26])
def test_nobody_is_trained_on_a_rest_day(place: Place, offset: int) -> None:
    with telling(MOMENTS[1]):
        found = days.half_days(place, offset, 4)
    assert all(half_day.starts.isoweekday() not in place.rest_days for half_day in found)
    assert [half_day.starts for half_day in found] == sorted(half_day.starts for half_day in found)


@pytest.mark.parametrize("moment", MOMENTS, ids=str)
def test_the_running_half_day_holds_now_and_ends_today(moment: datetime) -> None:
    with telling(moment):
        half_day = days.around_now(CAMBODIA)
        starts_at, ends_at = moments(half_day)
        assert starts_at <= now() < ends_at
        assert half_day.starts.date() == half_day.ends.date() == today(CAMBODIA.zone)


def test_it_is_never_later_than_now() -> None:
    with telling(MOMENTS[0]), days.at(CAMBODIA, days.wall_now(CAMBODIA) + timedelta(days=3)):
        assert now() == MOMENTS[0]


@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.code)
def test_people_have_names_of_their_own_in_both_scripts(place: Place) -> None:
    people = staff(place, 1, MOMENTS[0].date())
    assert people == staff(place, 1, MOMENTS[0].date()) != staff(place, 2, MOMENTS[0].date())
    assert 40 <= len(people) == len({worker.name.latin for worker in people}) == len({worker.number for worker in people}) <= 90
    assert 8 <= sum(worker.role is JobRole.SUPERVISOR for worker in people) <= 14
    assert all(worker.name.latin.isascii() and worker.name.local.strip() for worker in people)
    assert place.language == "vi" or not any(worker.name.local.isascii() for worker in people)
    assert len({pin_of(place, worker.number) for worker in people}) == len(people)
