"""The calendars of whoever asks, and the own half-days to come."""

from dataclasses import dataclass

import sqlalchemy as sa
from flask import current_app

from app.access.actor import Actor
from app.platform.config import settings
from app.platform.db import db
from app.sessions.feeds.models import Feed
from app.sessions.feeds.rules import FeedKind, kinds_of, token


@dataclass(frozen=True)
class Card:
    """A calendar that somebody can have. The addresses are empty while there is none."""

    kind: FeedKind
    feed_id: int | None
    address: str
    """To be copied, for readers that want https."""
    webcal: str
    """Opens the calendar program of the device."""


def offered(actor: Actor) -> list[FeedKind]:
    """The calendars that the actor can have. Nobody is shown a secret on a shared tablet."""
    if actor.person_id is not None:
        return [] if actor.is_kiosk else [FeedKind.OWN]
    return kinds_of([grant.role for grant in actor.grants]) if actor.account_id is not None else []


def cards(actor: Actor) -> list[Card]:
    """One for each task of the actor. One statement."""
    by_person = actor.person_id is not None
    mine = Feed.person_id == actor.person_id if by_person else Feed.account_id == actor.account_id
    known = {feed.kind: feed for feed in db.session.scalars(sa.select(Feed).where(mine, Feed.revoked_at.is_(None)))}
    return [_card(kind, known.get(kind)) for kind in offered(actor)]


def _card(kind: FeedKind, feed: Feed | None) -> Card:
    if feed is None:
        return Card(kind, None, "", "")
    secret = token(feed.id, feed.version, str(current_app.config["SECRET_KEY"]))
    address = f"{settings().base_url}/calendar/{secret}.ics"
    return Card(kind, feed.id, address, f"webcal:{address.partition(':')[2]}")
