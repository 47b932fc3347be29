"""The factory's own certificates on its page."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from app.access.actor import Actor
from app.access.permissions import Permission
from app.certificates.of_factories import rules
from app.certificates.of_factories.labels import STATES
from app.certificates.of_factories.models import FactoryRule
from app.certificates.of_factories.queries import certificates, ruling, weighing
from app.certificates.of_factories.rules import State
from app.certificates.of_factories.shown import Shown, ShownLine, lines, shown
from app.factories.models import Factory
from app.platform.i18n import _
from app.platform.web.panels import Panel


@dataclass(frozen=True)
class Card:
    """A rule as the factory stands to it today, and its newest certificate."""

    rule: FactoryRule
    lines: Sequence[ShownLine]
    newest: Shown | None
    met: bool
    is_near: bool

    @property
    def missing(self) -> int:
        return sum(line.missing for line in self.lines)


def factory(actor: Actor, factory: Factory) -> Panel | None:
    """On the page of a factory: what it holds, nearly reaches or lost."""
    if not actor.scope(Permission.CERTIFICATES_DOWNLOAD).reaches(factory.programme_id, factory.id):
        return None
    context = {
        "factory": factory,
        "content": partial(_content, factory),  # asked only where it is shown
        "states": STATES,
        "may_manage": actor.scope(Permission.CERTIFICATES_MANAGE).reaches(factory.programme_id, factory.id),
    }
    title = _("Certificates for the factory")
    return Panel("factory-certificates", title, "certificates/of_factories/_factory.html", context)


@dataclass(frozen=True)
class Content:
    """Cards of the rules in use, and everything else that was ever issued."""

    cards: Sequence[Card]
    older: Sequence[Shown]


def _content(factory: Factory) -> Content:
    in_use = ruling.rules_of(factory.programme_id)
    issued = [shown(row) for row in certificates.of_factory(factory.id)]
    titles = {str(row.course_id): row.titles for row in ruling.requirements(factory.programme_id)}
    asked = {rule.id: rule.asked for rule in in_use}
    found = {each.rule_id: each for each in weighing.findings(factory.programme, asked, [factory.id])}
    newest = {rule.id: _newest(rule, issued) for rule in in_use}
    cards = [
        Card(
            rule, lines(found[rule.id].weighed, titles), newest[rule.id], found[rule.id].met,
            rules.is_near(found[rule.id].weighed),
        )
        for rule in in_use
    ]  # fmt: skip
    told = [each.certificate.id for each in newest.values() if each]
    return Content(cards, [each for each in issued if each.certificate.id not in told])


def _newest(rule: FactoryRule, issued: Sequence[Shown]) -> Shown | None:
    own = (each for each in issued if each.certificate.rule.number == rule.number and each.state is not State.REPLACED)
    return next(own, None)
