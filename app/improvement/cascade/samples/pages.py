"""Contexts of the pages of samples."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from app.factories.models import Factory
from app.improvement.cascade.samples.forms import DrawForm, FoundForm
from app.improvement.cascade.samples.models import Sample, SampleItem
from app.improvement.cascade.samples.rules import Share
from app.platform.web import Page


@dataclass(frozen=True)
class SamplesPage(Page):
    """The samples of a factory, each with what was found of sessions and people."""

    template: ClassVar[str] = "improvement/samples/samples.html"
    factory: Factory
    rows: Sequence[tuple[Sample, Share, Share]]
    form: DrawForm


@dataclass(frozen=True)
class SamplePage(Page):
    """One sample: each line with its form."""

    template: ClassVar[str] = "improvement/samples/sample.html"
    factory: Factory
    sample: Sample
    sessions: Sequence[tuple[SampleItem, FoundForm]]
    people: Sequence[tuple[SampleItem, FoundForm]]
    shares: tuple[Share, Share]
    themes: Mapping[str, Any]
    found: Mapping[Any, Any]
    signs: Mapping[Any, str]
