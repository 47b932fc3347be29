"""Contexts of the pages of proposals."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from app.courses.models import CourseVersion
from app.coverage.proposals.forms import GapForm, RunForm
from app.coverage.proposals.proposing import Gap, Proposed
from app.coverage.queries import Required
from app.factories.models import Factory, Programme
from app.platform.web import Page
from app.sessions.rules import Modality


@dataclass(frozen=True)
class GapsPage(Page):
    template: ClassVar[str] = "coverage/proposals/gaps.html"
    programme: Programme | None
    requirement: Required | None
    version: CourseVersion | None
    where: GapForm
    form: RunForm
    gaps: Sequence[Gap]
    values: Mapping[str, Any]
    """The course and the place as the parts of an address."""


@dataclass(frozen=True)
class ProposalPage(Page):
    template: ClassVar[str] = "coverage/proposals/proposal.html"
    programme: Programme
    version: CourseVersion
    form: RunForm
    proposed: Proposed
    factories: Mapping[int, Factory]
    fields: Sequence[tuple[str, str]]
    """What was asked, to be sent again."""
    back: str
    modalities: Mapping[Modality, Any]
