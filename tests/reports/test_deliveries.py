"""Reports that come by themselves: each once, to whoever may read them then, for a day, without a figure in the mail."""

from datetime import UTC, date, datetime, timedelta
from email import message_from_bytes
from email.policy import default

import pytest
from werkzeug.test import TestResponse

from app.access.roles import Role
from app.accounts.models import Account, RoleGrant
from app.platform.clock import now, telling
from app.platform.db import db
from app.platform.files import handouts
from app.platform.jobs.models import Job
from app.platform.mail.models import MailMessage
from app.platform.refusal import NotFound
from app.platform.tables import read_tables
from app.reports import reading
from app.reports.deliveries import jobs, operations, queries
from app.reports.models import MadeReport, ReportSubscription
from app.reports.rules.facts import Split
from app.reports.rules.period import Ending, Every, Failure, Span, spans_since
from tests.browse import Browse
from tests.make import accounts, factories
from tests.make.reports import Counted

MARCH = datetime(2026, 3, 10, tzinfo=UTC)
APRIL = datetime(2026, 4, 2, tzinfo=UTC)


def subscribed(
    world: Counted, every: Every = Every.QUARTER, ending: Ending = Ending.XLSX, code: str = "KH", at: datetime = MARCH
) -> tuple[Account, ReportSubscription]:
    account = accounts.account(Role.PROGRAMME_MANAGER, programme=world.programme)
    with telling(at):
        made = operations.subscribe(accounts.actor(account), code, every, Split.SEX, ending)
    db.session.flush()
    return account, made


def delivered(at: datetime = APRIL) -> list[MadeReport]:
    """Whatever is due at a moment, found and made."""
    with telling(at):
        jobs.find_due().write()
        db.session.flush()
        for made in db.session.query(MadeReport).filter(*queries.UNMADE):
            jobs.make(made.id).write()
        db.session.flush()
        db.session.expire_all()
    return db.session.query(MadeReport).order_by(MadeReport.id).all()


def mails() -> list[MailMessage]:
    return db.session.query(MailMessage).filter_by(kind="reports.made").all()


def fetch(visitor: Browse, made: MadeReport) -> TestResponse:
    """As if it were made today."""
    made.expires_at = now() + timedelta(hours=1)
    db.session.flush()
    return visitor.post(f"/reports/files/{made.id}/file").response


@pytest.mark.parametrize(
    ("until", "every", "today", "due"),
    [
        ("2026-03-31", Every.MONTH, "2026-04-30", []),
        ("2026-03-31", Every.MONTH, "2026-05-01", [("2026-04-01", "2026-04-30")]),
        ("2025-12-31", Every.MONTH, "2026-03-02", [("2026-01-01", "2026-01-31"), ("2026-02-01", "2026-02-28")]),
        ("2025-12-31", Every.QUARTER, "2026-03-31", []),
        ("2025-12-31", Every.QUARTER, "2026-04-01", [("2026-01-01", "2026-03-31")]),
    ],
)
def test_what_is_due(until: str, every: Every, today: str, due: list[tuple[str, str]]) -> None:
    found = spans_since(date.fromisoformat(until), every, date.fromisoformat(today))
    assert found == [Span(date.fromisoformat(first), date.fromisoformat(last)) for first, last in due]


def test_a_quarter_is_made_told_and_fetched(browse: Browse) -> None:
    world = Counted()
    account, _subscription = subscribed(world)
    assert delivered(MARCH) == [], "the quarter is not over"
    [made] = delivered()
    [mail] = mails()
    assert (made.starts_on, made.ends_on, made.programmes) == (date(2026, 1, 1), date(2026, 3, 31), [world.programme.id])
    letter = message_from_bytes(mail.raw, policy=default)
    forms = [part.get_content() for part in letter.walk() if part.get_content_maintype() == "text"]
    assert (mail.recipient, len(forms)) == (account.email, 2)
    for told in forms:
        assert 0 < told.index(f"/reports/files/{made.id}") < told.index("/reports/deliveries"), "the report comes first"
        assert "part in a training" not in told, "whoever subscribed is told how to end it"
        assert not [word for word in ("Ann", "Persons trained", "40%", "1,400") if word in told], "a mail holds no figures"
    visitor = browse.as_account(account)
    book = read_tables(fetch(visitor, made).data)
    assert "is ready" in visitor.get(f"/reports/files/{made.id}").text
    rows = [[str(cell or "") for cell in row] for row in book.sheets[0].rows]
    assert rows[1][:5] == ["persons", "Persons trained", "", "All", "5"]


def test_few_people_are_hidden_in_a_file_too(browse: Browse, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of whoever may not see the people: by sex there are fewer than five."""
    monkeypatch.setattr(reading.queries, "sees_people", lambda *_who: False)
    account, _subscription = subscribed(Counted())
    [made] = delivered()
    book = read_tables(fetch(browse.as_account(account), made).data)
    told = {str(row[3]): row[4] for row in book.sheets[0].rows if row[0] == "persons" and (row[2] or "Sex") == "Sex"}
    assert told == {"All": "5", "Women": "too few people", "Men": "too few people"}


def test_as_paper_in_the_language_of_whoever_subscribed(browse: Browse) -> None:
    account, subscription = subscribed(Counted(), ending=Ending.PDF)
    subscription.language = "ar"
    [made] = delivered()
    assert fetch(browse.as_account(account), made).data[:5] == b"%PDF-"


def test_each_once_however_often_it_is_found(browse: Browse) -> None:
    subscribed(Counted())
    with telling(APRIL):
        due = queries.due()
    [made] = delivered()
    first = made.key
    with telling(APRIL):
        operations.order_due(due)  # another worker found the same
        jobs.make(made.id).write()
        operations.finish(made.id, "a" * 32, 1, [])  # another worker made the same
    db.session.expire_all()
    assert delivered() == [made]
    assert (made.key, len(mails()), db.session.query(Job).filter_by(kind="reports.make").count()) == (first, 1, 1)


def test_months_that_were_missed_come_late_but_once(app: object) -> None:
    subscribed(Counted(), Every.MONTH, at=datetime(2026, 1, 5, tzinfo=UTC))
    assert [made.starts_on.month for made in delivered()] == [1, 2, 3]
    assert len(delivered()) == 3


def test_only_whoever_ordered_it_and_for_one_day(browse: Browse) -> None:
    world = Counted()
    account, subscription = subscribed(world)
    [made] = delivered()
    other = accounts.account(Role.PROGRAMME_MANAGER, programme=world.programme)
    stranger = browse.as_account(other)
    assert stranger.get(f"/reports/files/{made.id}").status == 404
    assert fetch(stranger, made).status_code == 404
    assert stranger.post(f"/reports/deliveries/{subscription.id}/end").status == 404
    visitor = browse.as_account(account)
    assert fetch(visitor, made).status_code == 200
    made.expires_at = now() - timedelta(seconds=1)
    db.session.flush()
    assert visitor.post(f"/reports/files/{made.id}/file").status == 409
    key = made.key
    jobs.sweep().write()
    db.session.expire_all()
    assert (made.key, key is not None and (handouts().folder / key).exists()) == (None, False)
    assert "was deleted" in visitor.get(f"/reports/files/{made.id}").text


def test_what_is_no_longer_permitted_is_not_delivered(browse: Browse) -> None:
    world = Counted()
    account, subscription = subscribed(world)
    db.session.query(RoleGrant).filter_by(account_id=account.id).delete()
    elsewhere = factories.programme("VN", zone="Asia/Ho_Chi_Minh", country="VN", name={"en": "Elsewhere"})
    accounts.grant(account, Role.PROGRAMME_MANAGER, programme=elsewhere)
    [made] = delivered()
    assert (made.failed, made.key, mails(), subscription.ended_at is not None) == (Failure.NOT_PERMITTED, None, [], True)


def test_whoever_may_no_longer_read_it_fetches_nothing(browse: Browse) -> None:
    world = Counted()
    account, _subscription = subscribed(world, code="")
    [made] = delivered()
    made.programmes = [*(made.programmes or []), 999]  # one that was in sight when it was made
    db.session.flush()
    assert fetch(browse.as_account(account), made).status_code == 404


def test_a_closed_account_gets_nothing(app: object) -> None:
    account, _subscription = subscribed(Counted())
    account.disabled_at = now()
    [made] = delivered()
    assert (made.failed, mails()) == (Failure.NOT_PERMITTED, [])


def test_what_was_not_made_within_its_day_is_given_up(app: object) -> None:
    subscribed(Counted())
    with telling(APRIL):
        jobs.find_due().write()
    with telling(APRIL + timedelta(hours=25)):
        jobs.sweep().write()
    [made] = db.session.query(MadeReport)
    assert made.failed is Failure.GIVEN_UP


def test_a_full_disk_says_so(app: object, monkeypatch: pytest.MonkeyPatch) -> None:
    subscribed(Counted())

    def full(*_: object) -> str:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(type(handouts()), "put", full)
    [made] = delivered()
    assert (made.failed, mails()) == (Failure.NO_ROOM, [])


def test_the_page(browse: Browse) -> None:
    world = Counted()
    visitor = browse.as_account(accounts.account(Role.PROGRAMME_MANAGER, programme=world.programme))
    assert "Nothing is sent to you" in visitor.get("/reports/deliveries?by=theme&programme=KH").text
    said = {"programme": "KH", "every": "month", "by": "theme", "ending": "pdf"}
    for _twice in range(2):
        assert visitor.post("/reports/deliveries", said).status == 303
    [made] = db.session.query(ReportSubscription)
    assert "Every month" in visitor.get("/reports/deliveries").text
    assert visitor.post("/reports/deliveries", {**said, "every": "day"}).status == 422
    assert visitor.post(f"/reports/deliveries/{made.id}/end").status == 303
    assert made.ended_at is not None
    assert "Nothing is sent to you" in visitor.get("/reports/deliveries").text
    assert visitor.post("/reports/deliveries", said).status == 303, "and again from the start"
    assert visitor.get("/reports/deliveries?programme=XX").status == 404
    focal = browse.as_account(accounts.account(Role.FOCAL_POINT, factory=world.lotus))
    assert [focal.get("/reports/deliveries").status, focal.post("/reports/deliveries", said).status] == [404, 404]


def test_somebody_else_s_subscription_is_not_found(app: object) -> None:
    world = Counted()
    _account, made = subscribed(world)
    other = accounts.actor(accounts.account(Role.ADMINISTRATOR))
    with pytest.raises(NotFound):
        operations.end(other, made.id)


def test_a_file_that_is_missing_is_refused(browse: Browse) -> None:
    account, _subscription = subscribed(Counted())
    [made] = delivered()
    handouts().forget(made.key or "")
    assert fetch(browse.as_account(account), made).status_code == 409
