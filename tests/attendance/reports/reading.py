"""Short ways to read a report in a test."""

from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from app.attendance.reports.output import as_json
from app.attendance.reports.reading import check
from app.attendance.reports.results import Known, Listed

DHAKA = ZoneInfo("Asia/Dhaka")
PEOPLE = (
    Listed("0001", "Keo Dara", "កែវ ដារ៉ា", "dara@golden.example", "+85512000345"),
    Listed("0002", "Chan Sreymom", "ចាន់ ស្រីមុំ"),
    Listed("0003", "Md. Rafiqul Islam", "মোঃ রফিকুল ইসলাম"),
    Listed("0004", "Võ Thị Thúy"),
)


def read(*contents: str | bytes, people: tuple[Listed, ...] = PEOPLE, **known: Any) -> dict[str, Any]:
    """The result as JSON; texts become UTF-8. The day is 14 May 2026 in Dhaka unless said otherwise."""
    told = Known(**{"zone": DHAKA, "session_date": date(2026, 5, 14), **known})
    files = [(f"{number}.csv", each.encode() if isinstance(each, str) else each) for number, each in enumerate(contents)]
    return as_json(check(files, people, told), people, told)


def minutes(found: dict[str, Any]) -> dict[str, int]:
    """Minutes by display name."""
    assert found["outcome"] == "accepted", found
    return {each["display_name"]: each["minutes"] for each in found["participants"]}


def statuses(found: dict[str, Any]) -> dict[str, tuple[str, list[str]]]:
    """Status and employee numbers by display name."""
    return {each["display_name"]: (each["match"]["status"], each["match"]["employee_numbers"]) for each in found["participants"]}
