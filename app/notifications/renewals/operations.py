"""Reminding of certificates that end, each reader once of each."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import date

from app.accounts import queries as accounts
from app.certificates.validity.renewals import Renewal
from app.factories.models import Factory
from app.notifications.choices import willing
from app.notifications.digests.queries import due_week
from app.notifications.operations import claim
from app.notifications.operations.certificates import reachable
from app.notifications.posting import To, post
from app.notifications.reminders.queries import timings
from app.notifications.renewals import queries
from app.notifications.renewals.rules import Stage, stage, stage_of_week
from app.notifications.rules import TellingKind, Way
from app.platform.config import settings
from app.platform.db import db
from app.platform.i18n import _

Due = Callable[[date, date, date], Stage | None]


def remind_renewals(factory_id: int) -> None:
    """Who speaks for the factory gets one list a week, people what is theirs on the day. Again does nothing."""
    factory = db.session.get_one(Factory, factory_id)
    timing = timings([factory.programme_id])[factory.programme_id]
    if timing.is_quiet_now:
        return
    rows, today, week = queries.of_factory(factory), timing.at().date(), due_week(timing)
    points, known = accounts.focal_points([factory.id]), [row for row in rows if row.factory_may_know]
    for point in willing(points) if week else ():
        reader = f"account:{point.account_id}"
        key = f"renewals:{week}:factory:{factory.id}:{reader}"
        if queries.is_told(key):  # the day after is for those who missed the first
            continue
        new = _new(known, today, stage_of_week, reader, account_id=point.account_id)
        if new:
            claim(key, TellingKind.CERTIFICATE, Way.MAIL, factory_id=factory.id, account_id=point.account_id)
            _send(factory, new, To(point.email, point.name, point.language), is_factory=True)
    for address, theirs in _addresses(rows, {point.email for point in points}).items():
        new = [each for row in theirs for each in _new([row], today, stage, f"person:{row.person_id}")]
        if new:
            people = {row.person_id: row.local_name or row.name for row, _claimed in new}
            _send(factory, new, To(address, ", ".join(people.values()), new[0][0].language), is_factory=False)


def _new(
    rows: Iterable[Renewal], today: date, due: Due, reader: str, account_id: int | None = None
) -> list[tuple[Renewal, int]]:
    """What the reader was not told of yet, each with the row that says so now."""
    found = []
    for row in rows:
        which = due(row.opens, row.last_day, today)
        about = {"factory_id": row.factory_id, "person_id": row.person_id, "account_id": account_id}
        key = f"renewal:{row.completion_id}:{which}:{reader}"
        claimed = claim(key, TellingKind.CERTIFICATE, Way.MAIL, **about) if which else None
        if claimed is not None:
            found.append((row, claimed))
    return found


def _addresses(rows: Sequence[Renewal], taken: set[str]) -> dict[str, list[Renewal]]:
    """Address -> what is to be renewed there. Who hears of it for the factory does not hear of it twice."""
    found: dict[str, list[Renewal]] = defaultdict(list)
    for row in rows:
        address = reachable(row.email)
        if address and not (row.factory_may_know and address in taken):
            found[address].append(row)
    return found


def _send(factory: Factory, new: Sequence[tuple[Renewal, int]], to: To, *, is_factory: bool) -> None:
    rows, site = [row for row, _claimed in new], settings().base_url
    post(
        "renewals", to,
        lambda: _("Certificates to renew") if len(rows) > 1 or is_factory else _("Your certificate ends soon"),
        kind="certificates.renewal", about=f"factory:{factory.id}", claimed=[claimed for _row, claimed in new],
        rows=rows, is_factory=is_factory, site=site,
        renewing=queries.renewing({row.renewed_by for row in rows}, factory.programme_id),
        page=f"{site}/certificates/renewals?factory={factory.code}" if is_factory else f"{site}/join",
    )  # fmt: skip
