"""Creating and changing factories, and what holds for them from a day on."""

from datetime import date

from app.access.actor import Actor
from app.access.permissions import Permission
from app.factories.events import FactoryChanged
from app.factories.models import Factory, FactoryTerm, Programme
from app.factories.queries import factory_by_code
from app.factories.rules import FactoryStatus, TermKind
from app.factories.structure.queries import programmes as queries
from app.factories.structure.rules import EngagementMode, SupportTier
from app.factories.structure.settings import FactorySettings
from app.factories.structure.taken import unless_taken
from app.platform import audit
from app.platform.bus import publish
from app.platform.clock import today
from app.platform.db import db, insert
from app.platform.i18n import _
from app.platform.refusal import NotFound

_MAY = Permission.FACTORIES_MANAGE
_VALUES = {TermKind.SUPPORT_TIER: SupportTier, TermKind.ENGAGEMENT_MODE: EngagementMode}


def create_factory(actor: Actor, programme_code: str, settings: FactorySettings) -> Factory:
    """A new factory of a programme. Raises NotFound out of scope, and Taken for a code that exists."""
    programme = queries.managed_programme(actor, programme_code)
    factory = Factory(programme_id=programme.id)
    _write(actor, factory, settings)
    audit.record(actor, "factories.create", f"factory:{factory.id}", code=settings.code)
    return factory


def change_factory(actor: Actor, code: str, settings: FactorySettings) -> Factory:
    """Change everything of a factory but its programme. Raises NotFound out of scope, and Taken for another's code."""
    factory = factory_by_code(actor, code, _MAY)
    changed = [name for name, value in _values(settings).items() if getattr(factory, name) != value]
    _write(actor, factory, settings)
    if changed:
        audit.record(actor, "factories.change", f"factory:{factory.id}", changed=changed, before_code=code)
        publish(FactoryChanged(factory.id))
    return factory


def begin_term(actor: Actor, code: str, kind: TermKind, value: str, starts_on: date) -> None:
    """A support tier or an engagement mode from a day on; what held before stays in the history.

    The same day once more corrects what was said of it. Raises NotFound out of scope and for an unknown value.
    """
    factory = factory_by_code(actor, code, _MAY)
    if value not in set(_VALUES[kind]):
        raise NotFound
    key = {"factory_id": factory.id, "kind": kind, "starts_on": starts_on}
    said = {"value": value, "account_id": actor.account_id}
    term = insert(FactoryTerm).values(**key, **said)
    db.session.execute(term.on_conflict_do_update(index_elements=list(key), set_=said))
    details = {"kind": kind, "value": value, "starts_on": starts_on.isoformat()}
    audit.record(actor, "factories.term", f"factory:{factory.id}", **details)
    publish(FactoryChanged(factory.id))


def _values(settings: FactorySettings) -> dict[str, object]:
    names = (
        "code", "name", "local_name", "language", "province", "group_id", "export_zone", "os_id", "slcp_id", "status")
    days = None if settings.rest_days is None else sorted(settings.rest_days)
    return {
        **{name: getattr(settings, name) for name in names}, "rest_days": days, "products": sorted(settings.products)}


def _write(actor: Actor, factory: Factory, settings: FactorySettings) -> None:
    known = {group.id for group, _factories in queries.groups(actor)}
    if settings.group_id not in {None, factory.group_id, *known}:
        raise NotFound
    with unless_taken("code", _("A factory has this code already.")):
        for name, value in _values(settings).items():
            setattr(factory, name, value)
        factory.closed_on = _closed_on(factory)
        db.session.add(factory)


def _closed_on(factory: Factory) -> date | None:
    if factory.status != FactoryStatus.CLOSED:
        return None
    return factory.closed_on or today(db.session.get_one(Programme, factory.programme_id).zone)
