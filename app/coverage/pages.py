"""Context of the page of a head office."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from app.coverage.numbers import Compared, FactoryNumbers
from app.platform.web import Page


@dataclass(frozen=True)
class GroupPage(Page):
    template: ClassVar[str] = "coverage/group.html"
    rows: Sequence[FactoryNumbers]
    courses: Sequence[Compared]
    roles: Mapping[Any, Any]
