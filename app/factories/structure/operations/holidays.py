"""The holidays of a programme."""

from app.access.actor import Actor
from app.factories.models import Holiday
from app.factories.structure.queries import programmes as queries
from app.factories.structure.settings import HolidaySettings
from app.factories.structure.taken import unless_taken
from app.platform import audit
from app.platform.db import db
from app.platform.i18n import _


def add_holiday(actor: Actor, code: str, settings: HolidaySettings) -> Holiday:
    """A new holiday. Raises NotFound out of scope, and Taken for a day that is one already."""
    programme = queries.managed_programme(actor, code)
    holiday = Holiday(programme_id=programme.id)
    _write(holiday, settings)
    _log(actor, "programmes.add_holiday", holiday)
    return holiday


def change_holiday(actor: Actor, code: str, holiday_id: int, settings: HolidaySettings) -> Holiday:
    """Move a holiday, name it, make it certain. Raises NotFound out of scope, and Taken for another's day."""
    holiday = queries.holiday(queries.managed_programme(actor, code).id, holiday_id)
    before = holiday.day.isoformat()
    _write(holiday, settings)
    _log(actor, "programmes.change_holiday", holiday, before=before)
    return holiday


def remove_holiday(actor: Actor, code: str, holiday_id: int) -> None:
    """Take a holiday out of the list; the log keeps the day. Raises NotFound out of scope."""
    holiday = queries.holiday(queries.managed_programme(actor, code).id, holiday_id)
    _log(actor, "programmes.remove_holiday", holiday)
    db.session.delete(holiday)


def _write(holiday: Holiday, settings: HolidaySettings) -> None:
    with unless_taken("day", _("This day is a holiday already.")):
        holiday.day, holiday.name = settings.day, dict(settings.name)
        holiday.is_provisional = settings.is_provisional
        db.session.add(holiday)


def _log(actor: Actor, action: str, holiday: Holiday, **more: str) -> None:
    day = {"day": holiday.day.isoformat(), "is_provisional": holiday.is_provisional}
    audit.record(actor, action, f"programme:{holiday.programme_id}", **{**day, **more})
