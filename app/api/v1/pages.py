"""Context of the documentation."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from app.api.v1.resource import Resource
from app.api.webhooks.rules import Happening
from app.platform.web import Page


@dataclass(frozen=True)
class DocumentationPage(Page):
    """What a program can read, for whoever writes the program."""

    template: ClassVar[str] = "api/v1/documentation.html"
    resources: Sequence[Resource[Any]]
    parameters: Mapping[str, Sequence[Mapping[str, Any]]]
    site: str
    beginning: str
    most_a_minute: int
    happenings: Sequence[Happening]
