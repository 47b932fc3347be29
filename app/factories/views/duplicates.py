"""Likely duplicates of a programme: look at two, join them, take it back, or say that they are two."""

from collections import Counter

from flask import flash, g, request, url_for
from werkzeug.wrappers import Response

from app.access.permissions import Permission
from app.factories import labels
from app.factories.merging import operations, queries
from app.factories.pages import DuplicatesPage, MergePage
from app.factories.views.blueprint import bp
from app.platform.i18n import _
from app.platform.refusal import NotFound
from app.platform.web import render, see_other
from app.platform.web.addresses import page_address
from app.platform.web.forms import number

_MAY = Permission.PEOPLE_MERGE
SIZE = 25


@bp.get("/programmes/<code>/duplicates", may=_MAY)
def duplicates(code: str) -> Response:
    programme = queries.programme_by_code(g.actor, code)
    pairs = queries.suggestions(programme.id)
    page = max(1, request.args.get("page", 1, type=int))
    shown = pairs[(page - 1) * SIZE : page * SIZE]
    cards = queries.cards({each for pair in shown for each in (pair.first_id, pair.second_id)})
    rows = [(cards[pair.first_id], cards[pair.second_id], labels.REASONS_TO_MERGE[pair.reason]) for pair in shown]
    before = page_address(page - 1) if page > 1 else ""
    after = page_address(page + 1) if len(pairs) > page * SIZE else ""
    return render(DuplicatesPage(programme, rows, labels.ROLES, page, before, after))


@bp.post("/programmes/<code>/duplicates/apart", may=_MAY)
def set_apart(code: str) -> Response:
    programme = queries.programme_by_code(g.actor, code)
    one, other = number(request.form.get("first")), number(request.form.get("second"))
    if one is None or other is None or queries.programmes_of(one) != {programme.id}:
        raise NotFound
    operations.set_apart(g.actor, one, other)
    flash(_("These two are no longer suggested."), "done")
    return see_other(url_for("factories.duplicates", code=programme.code))


@bp.get("/people/<int:person_id>/merge/<int:other_id>", may=_MAY)
def merge(person_id: int, other_id: int) -> Response:
    preview = operations.preview(g.actor, person_id, other_id)
    page = MergePage(
        preview=preview,
        cards=queries.cards({person_id, other_id}),
        fields=labels.PERSON_FIELDS,
        sexes=labels.ONE_SEX,
        roles=labels.ROLES,
        rows=_rows(preview),
    )
    return render(page)


@bp.post("/people/<int:person_id>/merge/<int:other_id>", may=_MAY)
def join(person_id: int, other_id: int) -> Response:
    take = frozenset(name for name in operations.FIELDS if request.form.get(name) == "other")
    operations.merge(g.actor, person_id, other_id, take)
    flash(_("The two entries are one person now. You can undo this below."), "done")
    return see_other(url_for("factories.person", person_id=person_id))


@bp.post("/merges/<int:merge_id>/undo", may=_MAY)
def separate(merge_id: int) -> Response:
    found = operations.part(g.actor, merge_id)
    flash(_("The two entries are two people again."), "done")
    return see_other(url_for("factories.person", person_id=found.winner_id))


def _rows(preview: operations.Preview) -> list[tuple[object, int, int]]:
    """For each table how many rows go over, and how many stay with the old entry: alike, or in a log."""
    goes: Counter[str] = Counter()
    stays: Counter[str] = Counter()
    for room in preview.rooms.values():
        for fate, counted in (("moved", goes), ("kept", stays), ("logged", stays)):
            counted.update({name: len(ids) for name, ids in room[fate].items()})
    return [(labels.TABLES[name], goes[name], stays[name]) for name in dict.fromkeys((*goes, *stays))]
