"""Groups: manufacturers that own several factories."""

from app.access.actor import Actor
from app.access.permissions import Permission
from app.factories.models import Group
from app.factories.structure.queries import programmes as queries
from app.factories.structure.settings import GroupSettings
from app.factories.structure.taken import unless_taken
from app.platform import audit
from app.platform.db import db
from app.platform.i18n import _
from app.platform.refusal import NotFound, Refused


def create_group(actor: Actor, settings: GroupSettings) -> Group:
    """A new group with factories of the actor. Raises Taken for a code that exists, Refused without a factory."""
    _must_own(actor, settings)
    group = Group(code=settings.code)
    with unless_taken("code", _("A group has this code already.")):
        group.name, group.country = settings.name, settings.country
        db.session.add(group)
    _give(actor, group, settings)
    audit.record(actor, "groups.create", f"group:{group.id}", factories=sorted(settings.factory_ids))
    return group


def change_group(actor: Actor, code: str, settings: GroupSettings) -> Group:
    """Rename a group, and give it factories in reach or take them out. Raises NotFound for a group out of reach."""
    group = queries.group(actor, code)
    _must_own(actor, settings)
    is_renamed = (group.name, group.country) != (settings.name, settings.country)
    if is_renamed and queries.has_factories_elsewhere(actor, group.id):
        raise Refused(_("Factories of other programmes belong to this group. An administrator can rename it."))
    group.name, group.country = settings.name, settings.country
    _give(actor, group, settings)
    audit.record(actor, "groups.change", f"group:{group.id}", factories=sorted(settings.factory_ids))
    return group


def _must_own(actor: Actor, settings: GroupSettings) -> None:
    """A group without a factory would be out of reach of the one who made it."""
    if not settings.factory_ids and not actor.scope(Permission.PROGRAMMES_MANAGE).everything:
        raise Refused(_("Choose at least one factory of the group."))
    if not settings.factory_ids <= {factory.id for factory in queries.factories_in_reach(actor)}:
        raise NotFound


def _give(actor: Actor, group: Group, settings: GroupSettings) -> None:
    for factory in queries.factories_in_reach(actor):
        if factory.id in settings.factory_ids:
            factory.group_id = group.id
        elif factory.group_id == group.id:
            factory.group_id = None
