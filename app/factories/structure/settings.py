"""What a person can set, as one value each. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from app.factories.rules import FactoryStatus


@dataclass(frozen=True)
class ProgrammeSettings:
    """Everything of a programme that its managers keep."""

    code: str
    name: Mapping[str, str]
    country: str
    zone: str
    rest_days: tuple[int, ...]
    languages: tuple[str, ...]
    headcount_months: int
    renewal_days: int = 90
    certificate_wait_days: int = 0


@dataclass(frozen=True)
class HolidaySettings:
    """A day on which a programme's factories rest."""

    day: date
    name: Mapping[str, str]
    is_provisional: bool


@dataclass(frozen=True)
class GroupSettings:
    """A manufacturer, and which of the factories in reach belong to it."""

    code: str
    name: str
    country: str | None
    factory_ids: frozenset[int]


@dataclass(frozen=True)
class FactorySettings:
    """Everything of a factory that staff keep; `rest_days` None follows the programme."""

    code: str
    name: str
    local_name: str | None
    language: str
    province: str
    group_id: int | None
    export_zone: str | None
    os_id: str | None
    slcp_id: str | None
    rest_days: tuple[int, ...] | None
    status: FactoryStatus
    products: tuple[str, ...] = ()
