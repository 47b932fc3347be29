"""Creating and changing programmes."""

from dataclasses import replace

from app.access.actor import Actor
from app.access.permissions import Permission
from app.factories.models import Programme
from app.factories.structure.queries.programmes import managed_programme
from app.factories.structure.settings import ProgrammeSettings
from app.factories.structure.taken import unless_taken
from app.platform import audit
from app.platform.db import db
from app.platform.i18n import _
from app.platform.refusal import NotFound


def create_programme(actor: Actor, settings: ProgrammeSettings) -> Programme:
    """A new programme. Raises NotFound for whoever may not, and Taken for a code that exists."""
    if not actor.scope(Permission.PROGRAMMES_CREATE).everything:
        raise NotFound
    programme = Programme(code=settings.code)
    with unless_taken("code", _("A programme has this code already.")):
        _write(programme, settings)
        db.session.add(programme)
    audit.record(actor, "programmes.create", f"programme:{programme.id}", code=settings.code)
    return programme


def change_programme(actor: Actor, code: str, settings: ProgrammeSettings) -> Programme:
    """Change everything of a programme but its code; its first language stays first. Raises NotFound out of scope."""
    programme = managed_programme(actor, code)
    kept = tuple(language for language in programme.languages if language in settings.languages)
    settings = replace(settings, languages=tuple(dict.fromkeys((*kept, *settings.languages))))
    changed = [name for name, value in _values(settings).items() if getattr(programme, name) != value]
    _write(programme, settings)
    if changed:
        audit.record(actor, "programmes.change", f"programme:{programme.id}", changed=changed)
    return programme


def _values(settings: ProgrammeSettings) -> dict[str, object]:
    return {
        "name": dict(settings.name), "country": settings.country, "zone": settings.zone,
        "rest_days": sorted(settings.rest_days), "languages": list(settings.languages),
        "headcount_months": settings.headcount_months, "renewal_days": settings.renewal_days,
        "certificate_wait_days": settings.certificate_wait_days,
    }


def _write(programme: Programme, settings: ProgrammeSettings) -> None:
    for name, value in _values(settings).items():
        setattr(programme, name, value)
