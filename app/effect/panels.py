"""The effect of training on a factory's page."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from app.access.actor import Actor
from app.access.permissions import Permission
from app.effect import inputs, labels, queries
from app.effect.queries import LineShown, Unmatched
from app.effect.showing import EffectShown, show
from app.factories.labels import SEXES
from app.factories.models import Factory
from app.platform.i18n import _
from app.platform.web.panels import Panel


@dataclass(frozen=True)
class Shown:
    """What trained lines made, the lines with their trainings, and the files they come from."""

    effect: EffectShown | None
    is_comparing: bool
    lines: Sequence[LineShown]
    unmatched: Unmatched
    files: Sequence[Any]
    may_enter: bool


def factory(actor: Actor, factory: Factory) -> Panel | None:
    """Line productivity before and after training."""
    if not actor.scope(Permission.EFFECT_READ).reaches(factory.programme_id, factory.id):
        return None
    may_enter = actor.scope(Permission.EFFECT_IMPORT).reaches(factory.programme_id, factory.id)
    context = {
        "factory": factory, "show": partial(_show, factory, may_enter=may_enter), "sexes": SEXES,
        "files": labels.FILES, "per_cent": labels.per_cent}
    return Panel("effect", _("Effect of training"), "effect/_panel.html", context)


def _show(factory: Factory, *, may_enter: bool) -> Shown:
    made, trained = queries.latest(factory.programme_id, factory.id), queries.trainings([factory.id])
    lines = queries.lines(factory.id, trained)
    return Shown(
        show(made, inputs.marks([factory.id], trained)) if made else None,
        queries.is_comparing(factory.programme_id, factory.id),
        lines, queries.unmatched(factory, lines, trained), queries.files(factory.id) if may_enter else [], may_enter)
