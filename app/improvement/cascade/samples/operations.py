"""Drawing samples and saying what visits found."""

from datetime import date
from secrets import token_hex

import sqlalchemy as sa

from app.access.actor import Actor
from app.factories.operations.applying import hold
from app.factories.queries import factory_by_code
from app.improvement.cascade.samples import queries
from app.improvement.cascade.samples.models import Sample, SampleItem
from app.improvement.cascade.samples.rules import Found, drawn
from app.platform import audit
from app.platform.clock import now, today
from app.platform.db import db
from app.platform.i18n import _
from app.platform.refusal import Refused


def draw(
    actor: Actor, code: str, sent_id: str, *, sessions: int, people: int, since: date | None = None,
    seed: str | None = None,
) -> Sample:
    """Draw sessions and people by chance and keep what was drawn. The same form once more is answered with its sample.

    `seed` repeats a sample; without it a new one is made. Raises NotFound, and Refused where nothing can be drawn.
    """
    factory = factory_by_code(actor, code, queries.VALIDATE)
    hold(factory.id)
    known = db.session.scalar(sa.select(Sample).where(Sample.sent_id == sent_id, Sample.factory_id == factory.id))
    if known is not None:
        return known
    seed = seed or token_hex(8)
    held = queries.sessions_to_draw(factory.id, since)
    if not held:
        raise Refused(_("There is no session to draw from. Choose an earlier first day."))
    there = queries.people_to_draw(held, factory.id, today(factory.programme.zone))
    made = Sample(
        sent_id=sent_id, factory_id=factory.id, seed=seed, since=since, sessions=sessions, people=people,
        account_id=actor.account_id, drawn_at=now(),
    )  # fmt: skip
    made.items = [
        *(SampleItem(cascade_id=each, person_id=None) for each in drawn(held, sessions, seed)),
        *(SampleItem(cascade_id=there[each], person_id=each) for each in drawn(there, people, seed)),
    ]
    db.session.add(made)
    db.session.flush()
    audit.record(actor, "cascade.draw", f"factory:{factory.id}", sample=made.id, seed=seed)
    return made


def note_found(actor: Actor, code: str, sample_id: int, item_id: int, found: Found, checked_on: date) -> SampleItem:
    """Say what a visit found of a line of the sample; saying it otherwise corrects it, and the log keeps both.

    Raises NotFound; Refused for a day that has not come: a visit that lies ahead is never stored.
    """
    factory, sample = queries.sample(actor, code, sample_id)
    if checked_on > today(factory.programme.zone):
        raise Refused(_("This day has not come yet."))
    row = queries.item(sample.id, item_id)
    if (row.found, row.checked_on) != (found, checked_on):
        row.found, row.checked_on, row.account_id = found, checked_on, actor.account_id
        audit.record(
            actor, "cascade.note_found", f"factory:{factory.id}", sample=sample.id, item=row.id, found=found,
            on=str(checked_on),
        )  # fmt: skip
    return row
