"""Contexts of the pages of the registers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from app.accounts.models import Account
from app.factories.models import Programme
from app.platform.web import Page
from app.sessions.models import HostAccount, Interpreter, PlanningRules, Room
from app.sessions.registers.models import Absence, Qualification
from app.sessions.registers.queries.trainers import TrainerRow


@dataclass(frozen=True)
class RegistersPage(Page):
    template: ClassVar[str] = "sessions/registers/programmes.html"
    programmes: Sequence[Programme]


@dataclass(frozen=True)
class RoomsPage(Page):
    template: ClassVar[str] = "sessions/registers/rooms.html"
    programme: Programme
    rows: Sequence[tuple[Room, str | None]]
    form: Any
    today: date


@dataclass(frozen=True)
class InterpretersPage(Page):
    template: ClassVar[str] = "sessions/registers/interpreters.html"
    programme: Programme
    rows: Sequence[Interpreter]
    names: Mapping[str, str]
    form: Any
    today: date


@dataclass(frozen=True)
class HostsPage(Page):
    """`form` is None for those who may only look."""

    template: ClassVar[str] = "sessions/registers/hosts.html"
    programme: Programme
    rows: Sequence[HostAccount]
    form: Any
    today: date


@dataclass(frozen=True)
class ThingPage(Page):
    """A room, an interpreter or a host account, to be changed."""

    template: ClassVar[str] = "sessions/registers/thing.html"
    programme: Programme
    name: str
    form: Any
    action: str
    back: tuple[Any, str]


@dataclass(frozen=True)
class TrainersPage(Page):
    template: ClassVar[str] = "sessions/registers/trainers.html"
    programme: Programme
    rows: Sequence[TrainerRow]
    names: Mapping[str, str]
    today: date


@dataclass(frozen=True)
class TrainerPage(Page):
    """`speaking` and `leaving` are None for those who may only look, `qualifying` for all but managers."""

    template: ClassVar[str] = "sessions/registers/trainer.html"
    programme: Programme
    account: Account
    spoken: Sequence[str] | None
    names: Mapping[str, str]
    qualifications: Sequence[tuple[Qualification, Mapping[str, str]]]
    leave: Sequence[Absence]
    speaking: Any
    qualifying: Any
    leaving: Any


@dataclass(frozen=True)
class RulesPage(Page):
    """`form` and `breaking` are None for those who may only look."""

    template: ClassVar[str] = "sessions/registers/rules.html"
    programme: Programme
    rules: PlanningRules
    breaks: Sequence[tuple[str, Mapping[str, Any]]]
    weekdays: Mapping[int, Any]
    form: Any
    breaking: Any
    names: Sequence[Any]
