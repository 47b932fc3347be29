"""The learning record on the page of a factory."""

from collections.abc import Sequence
from typing import Any
from zoneinfo import ZoneInfo

from flask import request, url_for

from app.access.actor import Actor
from app.access.permissions import Permission
from app.factories.labels import ONE_SEX, ROLES
from app.factories.models import Factory
from app.learning_record import queries
from app.learning_record.forms import RecordForm
from app.learning_record.kinds import KINDS, EntryKind
from app.learning_record.policy import seen_by
from app.platform.i18n import _, text
from app.platform.web.paging import paginate
from app.platform.web.panels import Panel

SIZE = 30


def factory(actor: Actor, factory: Factory) -> Panel | None:
    """The timeline with its filter. It names people, so it is for those who may see the people of the factory."""
    if not actor.scope(Permission.FACTORIES_READ).reaches(factory.programme_id, factory.id):
        return None
    seen = seen_by(actor, factory)
    form, zone = _form(factory, seen), ZoneInfo(factory.programme.zone)
    kind = EntryKind(form.kind.data) if form.kind.data else None
    page = paginate(
        queries.entries(factory.id, seen, kind, form.course.data), request.args.get("page", 1, type=int), SIZE
    )
    context = {
        "factory": factory,
        "form": form,
        "entries": [(row.RecordEntry.at.astimezone(zone).date(), *row) for row in page.rows],
        "number": page.number,
        "previous_url": _url(factory, form, page.number - 1) if page.number > 1 else "",
        "next_url": _url(factory, form, page.number + 1) if page.has_more else "",
        "kinds": KINDS,
        "roles": ROLES,
        "sexes": ONE_SEX,
    }
    return Panel("record", _("Learning record"), "learning_record/_panel.html", context)


def _form(factory: Factory, seen: Sequence[EntryKind]) -> RecordForm:
    form = RecordForm(request.args)
    kinds = {str(kind): KINDS[kind].word for kind in seen}
    courses = {code: text(titles) for code, titles in queries.courses(factory.id)}
    for field, choices in ((form.kind, kinds), (form.course, courses)):
        offered: list[tuple[str, Any]] = [("", _("All")), *choices.items()]
        field.choices = offered
        field.data = field.data if field.data in choices else ""
    return form


def _url(factory: Factory, form: RecordForm, number: int) -> str:
    asked = {"kind": form.kind.data or None, "course": form.course.data or None}
    return url_for("factories.panel", code=factory.code, panel="record", page=number, **asked)
