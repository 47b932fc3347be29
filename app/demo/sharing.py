"""What a factory shows two buyers: one looks at it now, with the other it has ended."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from hashlib import sha256

from app.demo import days
from app.demo.cast import Cast
from app.demo.places import VIET_NAM, Place
from app.platform.clock import today
from app.reports.sharing import operations, queries
from app.reports.sharing.operations import Given, Wanted
from app.reports.sharing.rules import Aggregate, periods

AT_PLACES: Sequence[Place] = (VIET_NAM,)
SINCE = timedelta(days=6)
_ENDED = timedelta(days=2)
_LASTS = timedelta(days=180)
_LOOKED = (5, 5, 3, 1)
"""Days ago on which the buyer looked."""
_LINK = "a-link-of-the-demo-guards-nothing-but-invented-people"
"""Known to everybody, as the passwords of the demo are."""


def share(cast: Cast) -> None:
    """One consent that a buyer uses, and one that was given too early and taken back."""
    day = today(cast.place.zone)
    with days.at(cast.place, datetime.combine(day - SINCE, time(11))):
        shown = _given(cast, "Marigold & Sons", list(Aggregate), day)
        shown.consent.token_hash = queries.digest(_LINK)
        early = _given(cast, "Northwind Outfitters", [Aggregate.COVERAGE, Aggregate.PERSONS], day)
    for ago in _LOOKED:
        with days.at(cast.place, datetime.combine(day - timedelta(days=ago), time(9))):
            operations.note_visit(shown.consent)
    with days.at(cast.place, datetime.combine(day - _ENDED, time(16))):
        operations.end(cast.focal_point, cast.place.factory_code, early.consent.id)


def links() -> list[tuple[str, str, str]]:
    """Who was given a link that opens now, by which factory, and the secret of it."""
    return [(found.buyer, found.factory.name, _LINK)] if (found := queries.opened(_LINK)) else []


def _given(cast: Cast, buyer: str, aggregates: Sequence[Aggregate], day: date) -> Given:
    """Of the period in which most can be told; the latest of several."""
    code = cast.place.factory_code
    each = [Wanted(buyer, span, aggregates, day + _LASTS) for span in periods(day)]
    seen = [(wanted, operations.preview(cast.focal_point, code, wanted)) for wanted in each]
    wanted, figures = max(seen, key=lambda pair: sum(not figure.told.is_few for figure in pair[1]))
    sent_id = sha256(f"{code} {buyer}".encode()).hexdigest()[:32]
    return operations.consent(cast.focal_point, code, wanted, operations.mark(figures), sent_id)
