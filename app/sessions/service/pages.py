"""Contexts of the pages of service and entitlement."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar

from app.factories.models import Factory, Programme
from app.factories.rules import TermKind
from app.factories.structure.labels import VALUES
from app.platform.web import Page
from app.sessions.service.forms import CycleForm, GrantForm, ModeForm, RuleForm
from app.sessions.service.models import ProvinceMode, ServiceRule
from app.sessions.service.queries import Served, ServiceFilter
from app.sessions.service.rules import Kind
from app.sessions.service.wording import CAUSES, CONCERNS, KINDS, PAYERS


@dataclass(frozen=True)
class Labels:
    """What templates look up."""

    tiers: Mapping[Any, Any] = field(default_factory=lambda: VALUES[TermKind.SUPPORT_TIER])
    modes: Mapping[Any, Any] = field(default_factory=lambda: VALUES[TermKind.ENGAGEMENT_MODE])
    kinds: Mapping[Any, Any] = field(default_factory=lambda: KINDS)
    payers: Mapping[Any, Any] = field(default_factory=lambda: PAYERS)
    causes: Mapping[Any, Any] = field(default_factory=lambda: CAUSES)
    concerns: Mapping[Any, tuple[Any, str]] = field(default_factory=lambda: CONCERNS)

    def units(self, kind: Kind, amount: int) -> float | int:
        """An amount of the ledger as people say it: training days, or seats."""
        return amount / 2 if kind is Kind.HALF_DAYS and amount % 2 else amount // (2 if kind is Kind.HALF_DAYS else 1)


LABELS = Labels()


@dataclass(frozen=True)
class ServicePage(Page):
    template: ClassVar[str] = "sessions/service/list.html"
    rows: Sequence[Served]
    chosen: ServiceFilter
    values: Mapping[str, str]
    programmes: Sequence[Programme]
    provinces: Sequence[str]
    may_manage: bool
    previous_url: str
    next_url: str
    number: int
    labels: Labels = LABELS


@dataclass(frozen=True)
class RulesPage(Page):
    template: ClassVar[str] = "sessions/service/rules.html"
    programme: Programme
    rules: Sequence[ServiceRule]
    modes: Sequence[ProvinceMode]
    rule_form: RuleForm
    mode_form: ModeForm
    labels: Labels = LABELS


@dataclass(frozen=True)
class EntitlementPage(Page):
    template: ClassVar[str] = "sessions/service/entitlement.html"
    factory: Factory
    served: Served
    entries: Sequence[Any]
    grant_form: GrantForm
    cycle_form: CycleForm
    labels: Labels = LABELS
