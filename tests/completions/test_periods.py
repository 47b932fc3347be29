"""Validity periods: renewed in a window, by the course or its refresher; what a correction of one does to the other."""

from datetime import UTC, date, datetime, timedelta
from fractions import Fraction

import pytest
from flask import Flask

from app.access.actor import SYSTEM
from app.certificates.models import Certificate
from app.certificates.rules import State
from app.certificates.shown import shown
from app.certificates.validity import renewals
from app.completions import operations
from app.completions.following import Following, would_follow
from app.completions.models import Completion
from app.courses.models import CourseVersion
from app.courses.rules import ValidFrom
from app.coverage.rules import last_day
from app.platform import clock
from app.platform.db import db
from tests.make import attendance, courses, factories

FIRST = datetime(2026, 11, 20, 9, tzinfo=UTC)
ZONE = "Asia/Phnom_Penh"


class Years:
    """One supervisor through the years, with everything that reacts."""

    def __init__(self, **version: object) -> None:
        self.factory = factories.factory()
        self.person = factories.person(self.factory, name="Sok Dara")
        self.version = courses.version(**{"validity_months": 12, **version})

    def session(self, at: datetime, version: CourseVersion | None = None) -> int:
        training = attendance.training(version=version or self.version, half_days=2, first=at - timedelta(days=1))
        attendance.seat(training, self.person, self.factory)
        return training.id

    def reach(
        self, training_id: int, at: datetime, share: Fraction | int = 1, version: CourseVersion | None = None,
        units: tuple[str, ...] = ("meetings", "post-test"),
    ) -> None:
        for unit in units:
            operations.note_unit(
                person_id=self.person.id, training_id=training_id, version_id=(version or self.version).id,
                unit_id=courses.unit(version or self.version, unit).id, share=Fraction(share),
                factory_id=self.factory.id, at=at,
            )  # fmt: skip

    def complete(self, at: datetime, version: CourseVersion | None = None) -> int:
        training_id = self.session(at, version)
        with clock.telling(at):
            self.reach(training_id, at, version=version)
        return training_id

    def periods(self, version: CourseVersion | None = None) -> list[tuple[int, date | None, bool]]:
        """Number, last day and whether it holds, of each period."""
        course_id = (version or self.version).course_id
        rows = db.session.query(Completion).filter_by(course_id=course_id).order_by(Completion.period)
        return [
            (row.period, last_day(row.valid_until, ZONE) if row.valid_until else None, row.withdrawn_at is None)
            for row in rows
        ]


def _standing(at: datetime) -> list[State]:
    with clock.telling(at):
        return [shown(row).state for row in db.session.query(Certificate).order_by(Certificate.id)]


def _listed() -> list[str]:
    """Whose certificates are to be renewed."""
    rows = db.session.execute(renewals.listed(SYSTEM, renewals.RenewalFilter())).all()
    return [each.name for each in renewals.renewals(rows)]


def test_a_second_pass_a_year_later_makes_a_second_certificate_and_both_are_good(app: Flask) -> None:
    years = Years()
    years.complete(FIRST)
    again = datetime(2027, 10, 25, 9, tzinfo=UTC)
    years.complete(again)
    assert years.periods() == [(1, date(2027, 11, 19), True), (2, date(2028, 10, 24), True)]
    assert _standing(again) == [State.VALID, State.VALID]
    assert _standing(datetime(2027, 11, 19, 17, tzinfo=UTC)) == [State.EXPIRED, State.VALID]
    assert db.session.query(Completion).count() == 2


def test_before_the_window_it_is_the_same_period(app: Flask) -> None:
    years = Years()
    years.complete(FIRST)
    opens = datetime(2027, 11, 19, 17, tzinfo=UTC) - timedelta(days=90)
    years.complete(opens - timedelta(seconds=1))
    assert len(years.periods()) == 1
    years.complete(opens)
    assert len(years.periods()) == 2


def test_what_a_list_said_of_earlier_hides_no_running_certificate(app: Flask) -> None:
    years = Years()
    years.complete(FIRST)
    operations.take_over_earlier(
        SYSTEM, years.person.id, years.version.course_id, years.factory.id, FIRST - timedelta(days=300))
    assert [number for number, _end, _holds in years.periods()] == [1, 2]
    near = datetime(2027, 10, 25, 9, tzinfo=UTC)
    with clock.telling(near):
        assert _listed() == ["Sok Dara"]
    again, unit = years.session(FIRST + timedelta(days=60)), courses.unit(years.version, "post-test")
    years.reach(again, FIRST + timedelta(days=60), units=("meetings",))
    share = {(again, years.person.id): Fraction(1)}
    with clock.telling(FIRST + timedelta(days=60)):
        assert would_follow(years.version.id, unit.id, share) == [], "what runs is not to be renewed yet"
    with clock.telling(near):
        assert would_follow(years.version.id, unit.id, share) == [Following(again, years.person.id, is_made=True)]
        years.complete(near)
        assert _listed() == []


def test_what_a_list_said_stands_in_no_preview(app: Flask) -> None:
    years = Years()
    operations.take_over_earlier(
        SYSTEM, years.person.id, years.version.course_id, years.factory.id, FIRST - timedelta(days=30))
    training_id = years.session(FIRST)
    years.reach(training_id, FIRST, units=("meetings",))
    with clock.telling(FIRST):
        found = would_follow(
            years.version.id, courses.unit(years.version, "post-test").id, {(training_id, years.person.id): Fraction(1)})
    assert found == [Following(training_id, years.person.id, is_made=True)]
    years.reach(training_id, FIRST, units=("post-test",))
    assert [holds for _number, _end, holds in years.periods()] == [True, True]


def test_the_window_is_that_of_the_programme(app: Flask) -> None:
    factories.programme().renewal_days = 30
    years = Years()
    years.complete(FIRST)
    years.complete(datetime(2027, 10, 1, 9, tzinfo=UTC))
    assert len(years.periods()) == 1
    years.complete(datetime(2027, 10, 25, 9, tzinfo=UTC))
    assert len(years.periods()) == 2


def test_from_the_old_end_no_day_is_lost_and_a_correction_of_the_first_leaves_the_second(app: Flask) -> None:
    years = Years(valid_from=ValidFrom.EXPIRY)
    first = years.complete(FIRST)
    again = datetime(2027, 10, 25, 9, tzinfo=UTC)
    years.complete(again)
    assert years.periods() == [(1, date(2027, 11, 19), True), (2, date(2028, 11, 19), True)]
    with clock.telling(again + timedelta(days=1)):
        years.reach(first, FIRST, share=0)
    assert years.periods() == [(1, date(2027, 11, 19), False), (2, date(2028, 11, 19), True)]
    assert _standing(again + timedelta(days=1)) == [State.REVOKED, State.VALID]
    with clock.telling(again + timedelta(days=2)):
        years.reach(first, FIRST)
    assert [holds for _number, _last, holds in years.periods()] == [True, True], "corrected back, it counts again"


def test_too_late_it_counts_from_its_own_day(app: Flask) -> None:
    years = Years(valid_from=ValidFrom.EXPIRY)
    years.complete(FIRST)
    years.complete(datetime(2028, 1, 10, 9, tzinfo=UTC))
    assert years.periods()[1] == (2, date(2029, 1, 9), True)


@pytest.fixture
def refreshed(app: Flask) -> tuple[Years, CourseVersion]:
    """A course that another one renews."""
    refresher = courses.version("fire-again", hours=3.0, validity_months=12, titles={"en": "Fire again"})
    return Years(refresher="fire-again", valid_from=ValidFrom.EXPIRY, titles={"en": "Fire"}), refresher


def test_the_refresher_renews_the_course_that_names_it(refreshed: tuple[Years, CourseVersion]) -> None:
    years, refresher = refreshed
    years.complete(FIRST)
    again = datetime(2027, 10, 25, 9, tzinfo=UTC)
    taken = years.complete(again, refresher)
    assert years.periods() == [(1, date(2027, 11, 19), True), (2, date(2028, 11, 19), True)]
    assert years.periods(refresher) == [(1, date(2028, 10, 24), True)]
    faces = {(row.face["course"], row.face["facts"]["hours"]) for row in db.session.query(Certificate)}
    assert faces == {("Fire", 18.0), ("Fire", 3.0), ("Fire again", 3.0)}, "what was done stands on each"
    years.reach(taken, again, version=refresher)
    assert len(years.periods()) == 2
    years.reach(taken, again, share=0, version=refresher)
    assert years.periods()[1] == (2, date(2028, 11, 19), False), "a correction of the refresher takes both"
    assert years.periods(refresher)[0][2] is False
    years.reach(taken, again, version=refresher)
    assert [holds for _number, _last, holds in years.periods()] == [True, True]


def test_a_refresher_renews_nothing_too_early_too_late_or_of_somebody_who_has_nothing(
    refreshed: tuple[Years, CourseVersion],
) -> None:
    years, refresher = refreshed
    years.complete(FIRST, refresher)
    assert years.periods() == []
    years.complete(FIRST)
    years.complete(FIRST + timedelta(days=100), refresher)
    years.complete(FIRST + timedelta(days=400), refresher)
    assert len(years.periods()) == 1


def test_an_annulled_one_stays_so_and_another_training_takes_its_place(app: Flask) -> None:
    years = Years()
    first = years.complete(FIRST)
    years.complete(FIRST + timedelta(days=1))
    completion = db.session.query(Completion).one()
    operations.annul(SYSTEM, completion.id)
    operations.annul(SYSTEM, completion.id)
    years.reach(first, FIRST)
    assert [holds for _number, _last, holds in years.periods()] == [False, True]
    assert operations.restore(SYSTEM, completion.id) is False, "another stands in its place"


def test_what_was_annulled_does_not_come_back_once_a_correction_undid_it(app: Flask) -> None:
    years = Years()
    first = years.complete(FIRST)
    completion = db.session.query(Completion).one()
    operations.annul(SYSTEM, completion.id)
    years.reach(first, FIRST, share=0)
    assert operations.restore(SYSTEM, completion.id) is False
    assert [holds for _number, _last, holds in years.periods()] == [False]
    assert db.session.query(Certificate).count() == 1
    years.version.test_share = 0.6
    years.reach(first, FIRST)
    years.reach(first, FIRST, share=Fraction(7, 10), units=("post-test",))
    assert operations.restore(SYSTEM, completion.id) is True
    assert completion.evidence["post-test"] == ["0.700000", "0.6"], "it rests on the results of now"
    assert operations.restore(SYSTEM, completion.id) is False, "a second time changes nothing"


def test_an_earlier_training_that_took_its_place_is_seen(app: Flask) -> None:
    years = Years()
    earlier = years.session(FIRST - timedelta(days=30))
    years.reach(earlier, FIRST - timedelta(days=30), share=0)
    years.complete(FIRST)
    completion = db.session.query(Completion).one()
    years.reach(earlier, FIRST - timedelta(days=30))
    operations.annul(SYSTEM, completion.id)
    rows = db.session.query(Completion).order_by(Completion.period).all()
    assert [(row.withdrawn_at is None, row.completed_at < FIRST) for row in rows] == [(False, False), (True, True)]
    assert operations.restore(SYSTEM, completion.id) is False, "two would hold for one period"


def test_what_was_renewed_meanwhile_is_restored_beside_the_next_period(app: Flask) -> None:
    years = Years()
    years.complete(FIRST)
    years.complete(datetime(2027, 10, 25, 9, tzinfo=UTC))
    first = db.session.query(Completion).filter_by(period=1).one()
    operations.annul(SYSTEM, first.id)
    assert operations.restore(SYSTEM, first.id) is True
    assert [holds for _number, _last, holds in years.periods()] == [True, True]
