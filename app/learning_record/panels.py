"""The learning record on the page of a factory, and what somebody learned on the page of a person."""

from functools import partial
from typing import Any

from app.access.actor import Actor
from app.access.permissions import Permission
from app.factories.models import Factory, Person
from app.learning_record import queries
from app.learning_record.policy import seen_by
from app.learning_record.queries import Wanted
from app.learning_record.queries.transcripts import places, transcript
from app.learning_record.reading import WORDS, shown
from app.platform.db import db
from app.platform.i18n import _
from app.platform.web.panels import Panel

SIZE = 8


def factory(actor: Actor, factory: Factory) -> Panel | None:
    """The latest entries. They name people, so this is for those who may see the people of the factory."""
    if not actor.scope(Permission.FACTORIES_READ).reaches(factory.programme_id, factory.id):
        return None
    return Panel("record", _("Learning record"), "learning_record/_panel.html", partial(_latest, actor, factory))


def _latest(actor: Actor, factory: Factory) -> dict[str, Any]:
    wanted = Wanted(factory.id, seen_by(actor, factory), factory.programme.zone)
    rows = db.session.execute(queries.entries(wanted).limit(SIZE)).all()
    return {"factory": factory, "entries": shown(actor, factory, rows), "words": WORDS}


def person(actor: Actor, person: Person) -> Panel:
    """What the person learned, as far as the actor may see; whether the person shares more with factories in scope."""
    scope = actor.scope(Permission.FACTORIES_READ)
    shown_places = [each for each in places(person.id) if scope.reaches(each.programme_id, each.factory_id)]
    context = {
        "person": person,
        "found": transcript(actor, person.id),
        "places": shown_places,
        "editable": {
            each.code for each in shown_places
            if actor.scope(Permission.PEOPLE_EDIT).reaches(each.programme_id, each.factory_id)
        },
    }  # fmt: skip
    return Panel("transcript", _("Completed courses"), "learning_record/_transcript.html", context)
