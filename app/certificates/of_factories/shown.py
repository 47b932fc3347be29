"""The certificate of a factory as pages and letters show it, in the reader's language."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from app.certificates.of_factories import face, rules
from app.certificates.of_factories.face import Facts, few
from app.certificates.of_factories.models import FactoryCertificate
from app.certificates.of_factories.paper import FactoryFace
from app.certificates.of_factories.rules import Count, State, Weighed
from app.factories.labels import ROLES, SEXES
from app.platform.clock import now
from app.platform.i18n import _
from app.platform.i18n.formats import format_number, format_percent


@dataclass(frozen=True)
class ShownLine:
    """A condition in words, with what was counted. What could point to single people is left out."""

    weighed: Weighed
    course: Mapping[str, str]

    @property
    def roles(self) -> list[str]:
        return [str(ROLES[role]) for role in self.weighed.condition.roles]

    @property
    def asked(self) -> str:
        """What the condition asks for."""
        condition = self.weighed.condition
        share = format_percent(condition.share / 100)
        if condition.each_sex:
            return _(
                "At least %(share)s hold a valid certificate, women and men each, and no fewer than %(least)s people.",
                share=share, least=format_number(condition.least),
            )  # fmt: skip
        return _(
            "At least %(share)s hold a valid certificate, and no fewer than %(least)s people.",
            share=share, least=format_number(condition.least),
        )  # fmt: skip

    @property
    def counted(self) -> str:
        """What was counted."""
        return told(self.weighed.everybody)

    @property
    def by_sex(self) -> list[tuple[str, str]]:
        """Women and men, where their numbers point to nobody."""
        if not rules.told_by_sex(self.weighed, rules.others(self.weighed)):
            return []
        return [(str(SEXES[sex]), told(count)) for sex, count in self.weighed.by_sex]

    @property
    def is_exact(self) -> bool:
        """Whether a bar may be drawn."""
        return not few(self.weighed.everybody.covered) and not few(self.weighed.everybody.active)

    @property
    def missing(self) -> int:
        return self.weighed.missing


def told(count: Count) -> str:
    """Numbers as anybody may read them."""
    if few(count.active):
        return _("fewer than 5 people")
    active = format_number(count.active)
    if few(count.covered):
        return _("fewer than 5 of %(total)s", total=active)
    return _(
        "%(covered)s of %(total)s (%(share)s)",
        covered=format_number(count.covered), total=active, share=format_percent(count.covered / count.active),
    )  # fmt: skip


def lines(weighed: Iterable[Weighed], courses: Mapping[str, Mapping[str, str]]) -> list[ShownLine]:
    """Conditions with the titles of their courses."""
    return [ShownLine(each, courses.get(str(each.condition.course_id), {})) for each in weighed]


@dataclass(frozen=True)
class Shown:
    """What is printed, and what it is worth now. Days are those of the programme's zone."""

    certificate: FactoryCertificate
    face: FactoryFace
    facts: Facts
    state: State

    @property
    def lines(self) -> Sequence[ShownLine]:
        """As it was when it was issued - or when it was lost."""
        kept: list[dict[str, Any]] | None = self.certificate.lost
        return lines([rules.weighed(each) for each in kept] if kept else self.facts.weighed, self.facts.courses)

    @property
    def issued_lines(self) -> Sequence[ShownLine]:
        """As it was when it was issued."""
        return lines(self.facts.weighed, self.facts.courses)

    @property
    def has_file(self) -> bool:
        return bool(self.certificate.file_key) and self.state not in {State.REVOKED, State.DOWNGRADED}

    @property
    def is_waiting(self) -> bool:
        """The file is still to be drawn."""
        return self.certificate.file_key is None and self.is_in_force

    @property
    def is_in_force(self) -> bool:
        return self.state not in {State.REVOKED, State.DOWNGRADED, State.REPLACED}

    @property
    def ended_on(self) -> date | None:
        """The day on which it was lost, replaced or revoked."""
        row = self.certificate
        moment = row.revoked_at or row.replaced_at or row.downgraded_at
        return self._day(moment) if moment else None

    @property
    def today(self) -> date:
        return self._day(now())

    def _day(self, moment: datetime) -> date:
        return moment.astimezone(ZoneInfo(self.facts.zone)).date()


def shown(certificate: FactoryCertificate) -> Shown:
    """A stored certificate as it stands now."""
    worth = rules.state(certificate.standing, now())
    return Shown(certificate, face.thaw(certificate.face), face.thaw_facts(certificate.face), worth)
