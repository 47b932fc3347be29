"""What a buyer opens, and what it never tells."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa

from app.access.roles import Role
from app.platform.clock import now, telling, today
from app.platform.db import db
from app.platform.i18n.formats import format_date
from app.platform.tables import Limits, read_tables
from app.reports.sharing import operations, queries
from app.reports.sharing.labels import told
from app.reports.sharing.models import SharingVisit
from app.reports.sharing.queries import figures
from app.reports.sharing.rules import Aggregate
from app.reports.sharing.views import opened
from tests.browse import Browse, Reply
from tests.make import accounts, factories, sharing, structure

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures('app')]


def follow(browse: Browse, token: str) -> Reply:
    """Open the link as a browser does, and press the button behind the door."""
    came = browse.get(f"/shared/{token}")
    assert came.status == 303 and came.location == "/shared", "the address of the page is clean (T44)"
    browse.post("/shared")
    return browse.get(came.location)


def test_a_buyer_sees_the_named_figures_and_nothing_else(browse: Browse) -> None:
    world = sharing.one_factory()
    made = sharing.given(world.factory, Aggregate.PERSONS, Aggregate.COVERAGE)
    page = follow(browse, made.token)
    assert page.status == 200
    for words in ("Lotus Garments", "Marigold & Sons", "at least 20", "at least 50%", "Supervisory skills", "Counted on"):
        assert words in page.text, words
    html = page.response.text
    never = [sharing.NAME, world.factory.code, world.training.code, made.token, "Person-hours", "Certified", "Committees", "23", "17", "57%", "56%"]
    texts = page.text.replace(f"{queries.counted_on(made.consent):%d}", "")
    assert not [secret for secret in never[:7] if secret in html], "in the markup"
    assert not [secret for secret in never[7:] if secret in texts and secret not in str(made.consent.expires_at)], "in the words"
    assert not [link.get("href") for link in page.all("a") if "/factories" in (link.get("href") or "")]


def test_headers_of_a_secret_page(browse: Browse) -> None:
    made = sharing.given(sharing.one_factory().factory, Aggregate.PERSONS)
    came = [browse.get(f"/shared/{made.token}"), browse.get("/shared"), browse.post("/shared")]
    seen = [browse.get("/shared"), browse.get("/shared/print"), browse.post("/shared/table", {"ending": "csv"})]
    for answer in (*came, *seen, Browse(browse.app).get("/shared")):
        headers = answer.response.headers
        assert headers["Referrer-Policy"] == "no-referrer" and "no-store" in headers["Cache-Control"]
        assert "noindex" in headers["X-Robots-Tag"]


def test_files_and_paper_say_what_the_page_says(browse: Browse) -> None:
    """Cell by cell the words of the page: no exact number, no name, and nothing behind what is too few to say."""
    world = sharing.one_factory(certified=4)
    made = sharing.given(world.factory)
    words = [told(each.told) for each in figures(made.consent)]
    assert "too few people to say" in words
    page = follow(browse, made.token).text
    paper = browse.get("/shared/print")
    assert paper.status == 200 and all(word in page and word in paper.text for word in words)
    read = {}
    for ending in ("csv", "xlsx"):
        answer = browse.post("/shared/table", {"ending": ending}).response
        assert answer.status_code == 200 and answer.headers["Content-Disposition"].startswith("attachment")
        [sheet] = read_tables(answer.get_data(), Limits()).sheets
        cells = [[cell for cell in row if not isinstance(cell, date)] for row in sheet.rows]
        assert [row[2] for row in cells[1:]] == words
        read[ending] = answer.get_data()
        told_all = str(cells)
        assert "Lotus Garments" in told_all and "Marigold & Sons" in told_all
        assert not [secret for secret in (sharing.NAME, world.factory.code, "23", "69") if secret in told_all]
    assert browse.post("/shared/table", {"ending": "pdf"}).status == 409
    assert db.session.scalars(sa.select(SharingVisit.files)).all() == [2]
    speaker = browse.as_account(accounts.account(Role.FOCAL_POINT, factory=world.factory))
    assert "opened once · 2 files" in speaker.get(f"/factories/{world.factory.code}/sharing").text


def test_scanners_of_links_learn_and_count_nothing(browse: Browse) -> None:
    """A mail filter or the preview of a chat opens the link, follows it and keeps its cookie (T42)."""
    made = sharing.given(sharing.one_factory().factory, Aggregate.PERSONS)
    assert browse.get(f"/shared/{made.token}").status == 303
    door = browse.get("/shared")
    assert door.status == 200 and "See the figures" in door.text
    assert "Lotus" not in door.response.text and "Marigold" not in door.response.text
    assert browse.get("/shared/print").location == browse.post("/shared/table", {"ending": "csv"}).location == "/shared"
    assert db.session.scalars(sa.select(SharingVisit)).all() == []
    assert browse.post("/shared").location == "/shared" and "Lotus" in browse.get("/shared").text


def test_ended_expired_and_made_up_links_answer_alike(browse: Browse) -> None:
    factory = sharing.one_factory().factory
    speaker = accounts.account(Role.FOCAL_POINT, factory=factory)
    ended, over = (sharing.given(factory, Aggregate.PERSONS, by=speaker) for _time in range(2))
    operations.end(accounts.actor(speaker), factory.code, ended.consent.id)
    over.consent.expires_at = now() - timedelta(seconds=1)
    answers = [follow(Browse(browse.app), token) for token in (ended.token, over.token, "x" * 43, "y" * 5000)]
    answers.append(Browse(browse.app).get("/shared"))
    assert {each.status for each in answers} == {404}
    assert len({each.response.text for each in answers}) == 1, "T58"
    assert Browse(browse.app).post("/shared/table").status == Browse(browse.app).post("/shared").status == 404


def test_a_page_dies_while_it_is_open(browse: Browse) -> None:
    factory = sharing.one_factory().factory
    speaker = accounts.account(Role.FOCAL_POINT, factory=factory)
    made = sharing.given(factory, Aggregate.PERSONS, by=speaker)
    assert follow(browse, made.token).status == 200
    operations.end(accounts.actor(speaker), factory.code, made.consent.id)
    assert browse.get("/shared").status == browse.post("/shared/table").status == browse.get("/shared/print").status == 404


def test_visits_are_counted_without_saying_by_whom(browse: Browse) -> None:
    factory = sharing.one_factory().factory
    made = sharing.given(factory, Aggregate.PERSONS)
    consent_id = made.consent.id
    for _time in range(3):
        assert follow(browse, made.token).status == browse.get("/shared").status == 200
    rows = db.session.execute(sa.select(SharingVisit.consent_id, SharingVisit.times)).all()
    assert rows == [(consent_id, 3)]
    assert set(SharingVisit.__table__.columns.keys()) == {"id", "consent_id", "day", "times", "files"}
    speaker = browse.as_account(accounts.account(Role.FOCAL_POINT, factory=factory))
    assert "opened 3 times" in speaker.get(f"/factories/{factory.code}/sharing").text


def test_every_door_says_the_day_of_counting_by_the_wall_of_the_factory(browse: Browse) -> None:
    """In the early morning there, when it is still the day before in UTC."""
    factory, day = sharing.one_factory().factory, today("UTC")
    with telling(datetime.combine(day - timedelta(days=1), time(22), UTC)):
        made = sharing.given(factory, Aggregate.PERSONS)
    words = format_date(day)
    assert f"Counted on{words}" in follow(browse, made.token).text and f"Counted on{words}" in browse.get("/shared/print").text
    [sheet] = read_tables(browse.post("/shared/table", {"ending": "xlsx"}).response.get_data(), Limits()).sheets
    assert sheet.rows[1][sheet.rows[0].index("Counted on")] == day
    speaker = browse.as_account(accounts.account(Role.FOCAL_POINT, factory=factory))
    assert f"as they were on {words}" in speaker.get(f"/factories/{factory.code}/sharing/{made.consent.id}").text


@pytest.mark.parametrize("zone", ["Asia/Phnom_Penh", "America/Managua"])
def test_the_last_day_ends_at_midnight_in_the_factory(zone: str) -> None:
    with telling(sharing.within_quarter()):
        factory = factories.factory(name="Midnight", programme_id=factories.programme("MN", zone=zone).id)
    made = sharing.given(factory, Aggregate.PERSONS, days=3)
    assert queries.last_day(made.consent) == today(zone) + timedelta(days=3)
    midnight = datetime.combine(today(zone) + timedelta(days=4), time(), ZoneInfo(zone))
    with telling(midnight - timedelta(seconds=1)):
        assert queries.opened(made.token) is made.consent
    with telling(midnight):
        assert queries.opened(made.token) is None and not queries.is_live(made.consent)


def test_another_owner_of_the_factory_changes_nothing_and_sees_nothing(browse: Browse) -> None:
    """A factory is sold: what it agreed to stays as it was, and its new head office meets no page of it."""
    factory = sharing.one_factory().factory
    made = sharing.given(factory, Aggregate.PERSONS)
    before, group = follow(browse, made.token).text, structure.group("BOUGHT", factory)
    assert browse.get("/shared").text == before
    owner = browse.as_account(accounts.account(Role.GROUP_VIEWER, group=group))
    code, number = factory.code, made.consent.id
    for address in (f"/factories/{code}/sharing", f"/factories/{code}/sharing/new", f"/factories/{code}/sharing/{number}"):
        assert owner.get(address).status == 404, address
    trainer = browse.as_account(accounts.account(Role.TRAINER, programme=factory.programme))
    assert trainer.get(f"/factories/{code}").status == 200 and trainer.get(f"/factories/{code}/sharing").status == 404


def test_opening_very_often_is_slowed_down(browse: Browse, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opened, "_OPENED_BY_A_NETWORK", 3)
    made = sharing.given(sharing.one_factory(people=6).factory, Aggregate.PERSONS)
    assert follow(browse, made.token).status == browse.get("/shared").status == 200 and browse.get("/shared").status == 429


def test_guessing_is_slowed_down(browse: Browse) -> None:
    statuses = []
    for number in range(70):
        browse.get(f"/shared/{number:043d}")
        statuses.append(browse.get("/shared").status)
        if statuses[-1] == 429:
            break
    assert statuses[-1] == 429 and set(statuses) == {404, 429}
