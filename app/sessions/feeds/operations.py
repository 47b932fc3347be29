"""Making, renewing and revoking calendars, and noting that something in them changed."""

import sqlalchemy as sa

from app.access.actor import Actor
from app.platform import audit
from app.platform.clock import now
from app.platform.db import db, insert
from app.platform.refusal import NotFound
from app.sessions.feeds.models import Feed, FeedStamp
from app.sessions.feeds.queries.own import offered
from app.sessions.feeds.rules import FeedKind
from app.sessions.models import TrainingSession


def subscribe(actor: Actor, kind: FeedKind) -> Feed:
    """Give the actor the calendar of a task, with an address that only he knows. One that there is stays as it is; one
    that was revoked gets another address. Raises NotFound for a task that the actor does not have.
    """
    if kind not in offered(actor):
        raise NotFound
    fresh = {"account_id": actor.account_id, "person_id": actor.person_id, "kind": kind}
    unique = ["person_id"] if actor.person_id is not None else ["account_id", "kind"]
    made = insert(Feed).values(**fresh, version=1, changed_at=now())
    db.session.execute(made.on_conflict_do_nothing(index_elements=unique))
    feed = _held(sa.and_(_owned_by(actor), Feed.kind == kind))
    if feed.revoked_at is not None:
        _renew(feed)
    audit.record(actor, "sessions.subscribe", _owner(actor), feed=feed.id)
    return feed


def renew(actor: Actor, feed_id: int) -> Feed:
    """Another address; whoever had the one before is shut out. Raises NotFound."""
    feed = _held(sa.and_(_owned_by(actor), Feed.id == feed_id))
    _renew(feed)
    audit.record(actor, "sessions.renew_feed", _owner(actor), feed=feed.id)
    return feed


def revoke(actor: Actor, feed_id: int) -> None:
    """Its address leads nowhere from now on. Doing it again changes nothing. Raises NotFound."""
    feed = _held(sa.and_(_owned_by(actor), Feed.id == feed_id))
    if feed.revoked_at is None:
        feed.revoked_at = feed.changed_at = now()
        audit.record(actor, "sessions.revoke_feed", _owner(actor), feed=feed.id)


def stamp(training_id: int) -> None:
    """Something of this training session was settled, in this transaction, which holds it."""
    programme_id = db.session.get_one(TrainingSession, training_id).programme_id
    made = insert(FeedStamp).values(training_id=training_id, programme_id=programme_id, revision=1, revised_at=now())
    raised = {"revision": FeedStamp.revision + 1, "revised_at": now(), "programme_id": programme_id}
    db.session.execute(made.on_conflict_do_update(index_elements=["training_id"], set_=raised))


def _renew(feed: Feed) -> None:
    feed.version, feed.revoked_at, feed.changed_at = feed.version + 1, None, now()


def _owner(actor: Actor) -> str:
    return f"person:{actor.person_id}" if actor.person_id is not None else f"account:{actor.account_id}"


def _owned_by(actor: Actor) -> sa.ColumnElement[bool]:
    if actor.person_id is not None:
        return Feed.person_id == actor.person_id
    return Feed.account_id == (actor.account_id or 0)


def _held(which: sa.ColumnElement[bool]) -> Feed:
    found = db.session.scalar(sa.select(Feed).where(which).with_for_update().execution_options(populate_existing=True))
    if found is None:
        raise NotFound
    return found
