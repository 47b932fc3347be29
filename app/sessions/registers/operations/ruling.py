"""The rules by which a programme plans."""

from app.access.actor import Actor
from app.access.permissions import Permission
from app.factories.structure.taken import Taken
from app.platform import audit
from app.platform.db import db, insert
from app.platform.i18n import _
from app.sessions.models import PlanningRules
from app.sessions.registers.queries.things import planning_rules, programme_for
from app.sessions.registers.settings import BreakSettings, RulesSettings, times_of

_MAY = Permission.REGISTERS_MANAGE


def change_rules(actor: Actor, code: str, settings: RulesSettings) -> PlanningRules:
    """Change the rules, but for the breaks. Raises NotFound out of scope."""
    found = _held(actor, code)
    values = {
        "release_one_in": settings.release_one_in,
        "travel_near_minutes": settings.travel_near_minutes,
        "travel_far_minutes": settings.travel_far_minutes,
        "reminder_days": sorted(set(settings.reminder_days), reverse=True),
        "quiet_from": f"{settings.quiet_from:%H:%M}",
        "quiet_until": f"{settings.quiet_until:%H:%M}",
    }
    changed = {name: value for name, value in values.items() if getattr(found, name) != value}
    for name, value in changed.items():
        setattr(found, name, value)
    if changed:
        audit.record(actor, "registers.change_rules", f"programme:{found.programme_id}", **changed)
    return found


def add_break(actor: Actor, code: str, settings: BreakSettings) -> PlanningRules:
    """One more prayer or meal. Raises NotFound out of scope, and Taken for times that a break has already."""
    found = _held(actor, code)
    if settings.times in {times_of(each) for each in found.breaks}:
        raise Taken("starts", _("There is a break at these times already."))
    found.breaks = sorted([*found.breaks, settings.kept()], key=times_of)
    details = {"times": settings.times, "days": sorted(settings.days)}
    audit.record(actor, "registers.add_break", f"programme:{found.programme_id}", **details)
    return found


def remove_break(actor: Actor, code: str, times: str) -> None:
    """Take a break out. Raises NotFound out of scope; one that is gone changes nothing."""
    found = _held(actor, code)
    left = [each for each in found.breaks if times_of(each) != times]
    if len(left) < len(found.breaks):
        found.breaks = left
        audit.record(actor, "registers.remove_break", f"programme:{found.programme_id}", times=times)


def _held(actor: Actor, code: str) -> PlanningRules:
    """The row of the programme, made where there is none, and locked: breaks are one value."""
    programme = programme_for(actor, code, _MAY)
    db.session.execute(insert(PlanningRules).values(programme_id=programme.id).on_conflict_do_nothing())
    found = planning_rules(programme.id, lock=True)
    if found is None:
        raise RuntimeError("the row was just made")
    return found
