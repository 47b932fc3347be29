"""The effect of training in a programme, looked at in three ways."""

from collections.abc import Mapping, Sequence

from flask import g, request
from werkzeug.wrappers import Response

from app.access.permissions import Permission
from app.effect import inputs, queries, summary
from app.effect.asked import Asked, courses
from app.effect.forms import EffectForm
from app.effect.models import EffectResult
from app.effect.pages import EffectPage, Looked
from app.effect.plots import bars
from app.effect.showing import EffectShown, show
from app.effect.views.blueprint import bp
from app.factories.models import Programme
from app.platform.i18n import _, text
from app.platform.i18n.languages import direction
from app.platform.i18n.texts import current_language
from app.platform.refusal import NotFound
from app.platform.web import render
from app.platform.web.forms import offered


@bp.get("/effect", may=Permission.EFFECT_READ)
def index() -> Response:
    seen, made = queries.programmes(g.actor), queries.results(g.actor)
    one, form = _chosen(seen), EffectForm(request.args)
    elsewhere = {each.id for each in seen if each is not one}
    listed_here = [(each, each.factory_id) for each in made if each.factory_id and each.programme_id not in elsewhere]
    marks = inputs.marks([factory_id for _result, factory_id in listed_here])
    factories = [(each, show(each, _of(marks, factory_id))) for each, factory_id in listed_here]
    if one is None:
        return render(EffectPage(form, None, factories))
    titles = courses(one.id)
    form.programme.choices = offered((each.code, text(each.name)) for each in seen)
    form.programme.data = one.code
    listed = sorted((text(names), code) for code, names in titles.values())
    form.course.choices = offered([("", _("All courses")), *((code, name) for name, code in listed)])
    if not form.validate():
        return render(EffectPage(form, None, []), 422)
    asked = Asked(one.id, form.course.data or "", form.since.data, form.until.data)
    return render(EffectPage(form, _looked(one, asked, titles, made), factories))


def _of(marks: Mapping[str, str], factory_id: int) -> dict[str, str]:
    return {key: mark for key, mark in marks.items() if key == str(factory_id)}


def _chosen(seen: Sequence[Programme]) -> Programme | None:
    """The programme that the address names, else the first. Raises NotFound for one that is not in sight."""
    code = request.args.get("programme", "")
    found = next((each for each in seen if each.code == code or not code), None)
    if code and found is None:
        raise NotFound
    return found


def _looked(one: Programme, asked: Asked, titles: summary.Titles, made: Sequence[EffectResult]) -> Looked:
    with_weeks = queries.factories_with_weeks(one.id)
    result = next((each for each in made if each.factory_id is None and each.programme_id == one.id), None)
    lines = show(result, inputs.marks(with_weeks)) if result else None
    workers, outside = summary.seen_by_workers(asked)
    [bar] = bars([_figure(lines)], is_mirrored=direction(current_language()) == "rtl")
    return Looked(
        one, summary.knowledge(asked, titles), summary.behaviour(asked, titles), workers, outside,
        lines, bar, bool(with_weeks), queries.is_comparing(one.id, None),
        g.actor.scope(Permission.EFFECT_IMPORT).reaches(one.id))


def _figure(lines: EffectShown | None) -> tuple[float, float, float] | None:
    effect = lines.effect if lines else None
    if effect is None or effect.low is None or effect.high is None:
        return None
    return effect.low, effect.pct, effect.high
