"""Contexts of the pages of factories' certificates."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

from app.certificates.of_factories.forms import ReasonForm
from app.certificates.of_factories.labels import STATES
from app.certificates.of_factories.models import FactoryCheck, FactoryRule
from app.certificates.of_factories.queries.certificates import Wanted
from app.certificates.of_factories.queries.weighing import Preview
from app.certificates.of_factories.rules import State
from app.certificates.of_factories.shown import Shown, ShownLine
from app.factories.models import Programme
from app.platform.web import Page

States = Mapping[State, tuple[Any, str]]


@dataclass(frozen=True)
class RuleRow:
    """A rule in use, in words."""

    rule: FactoryRule
    lines: Sequence[ShownLine]


@dataclass(frozen=True)
class RulesPage(Page):
    template: ClassVar[str] = "certificates/of_factories/rules.html"
    programme: Programme
    rows: Sequence[RuleRow]
    has_requirements: bool


@dataclass(frozen=True)
class RulePage(Page):
    template: ClassVar[str] = "certificates/of_factories/rule.html"
    programme: Programme
    rule: FactoryRule | None
    rule_form: Any
    rule_names: Sequence[Any]
    conditions: Sequence[Mapping[str, Any]]
    preview: Preview | None
    versions: Sequence[FactoryRule]


@dataclass(frozen=True)
class CertificatesPage(Page):
    template: ClassVar[str] = "certificates/of_factories/list.html"
    certificates: Sequence[Shown]
    wanted: Wanted
    values: Mapping[str, Any]
    programmes: Sequence[Programme]
    number: int
    previous_url: str
    next_url: str
    states: States = field(default_factory=lambda: STATES)


@dataclass(frozen=True)
class CertificatePage(Page):
    template: ClassVar[str] = "certificates/of_factories/certificate.html"
    shown: Shown
    code: str
    checks: Sequence[tuple[FactoryCheck, Sequence[ShownLine]]]
    may_manage: bool
    reason_form: ReasonForm
    states: States = field(default_factory=lambda: STATES)


@dataclass(frozen=True)
class VerifyPage(Page):
    template: ClassVar[str] = "certificates/of_factories/verify.html"
    shown: Shown
    successor: str | None
    """The number of the certificate that replaced it."""
    has_revoked_seal: bool
    is_about_file: bool
    official: str
