"""Who may read what of a record."""

from app.access.actor import Actor
from app.factories.models import Factory
from app.learning_record.kinds import KINDS, EntryKind


def seen_by(actor: Actor, factory: Factory) -> list[EntryKind]:
    """The kinds of entries that the actor sees in the record of the factory, which it sees."""
    scopes = {may: actor.scope(may) for may in {kind.may for kind in KINDS.values()}}
    return [
        kind for kind, shown in KINDS.items() if scopes[shown.may].reaches(factory.programme_id, factory.id)
    ]
