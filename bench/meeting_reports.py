"""A meeting report of 500 rows read and matched against 400 people. `./dev bench meeting_reports [--json]`.

CPU milliseconds of this process, the slowest of several kinds of report: names as they are in the list, misspelt names,
names of nobody, each in a list of common family names. The last line is JSON.
"""

import json
import random
import sys
import time
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from app.attendance.reports.names import read_name
from app.attendance.reports.reading import check
from app.attendance.reports.results import Known, Listed

ROWS, PEOPLE, TIMES, MOST = 500, 400, 5, 300.0
FAMILY = ("Nguyễn Thị", "Trần Văn", "Chea", "Sok", "Keo", "Md. Abdul", "Mst. Fatema", "Mohammad", "S.H.N.", "Phạm Thị")
GIVEN = ("Hồng", "Lan", "Thuý", "Dara", "Sophea", "Sreymom", "Karim", "Begum", "Rafiqul", "Wijesinghe", "Anoma", "Hoa")
LOCAL = ("សុខ", "ដារ៉ា", "ចាន់", "ស្រីមុំ", "ফাতেমা", "বেগম", "করিম", "අනෝමා", "விஜய", "محمد", "علي", "አልማዝ", "በቀለ")
KNOWN = Known(ZoneInfo("Asia/Dhaka"), date(2026, 5, 14), "mdy", ("Training Room",), ("t@x.example",))
HEAD = "Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes),Guest,In Waiting Room"


def people(pick: random.Random) -> list[Listed]:
    """A list of made-up people, many of them with like names."""
    return [
        Listed(
            f"{number:05d}", f"{pick.choice(FAMILY)} {pick.choice(GIVEN)} {pick.choice(GIVEN)}",
            f"{pick.choice(LOCAL)} {pick.choice(LOCAL)} {pick.choice(LOCAL)}", None, f"+88017{number:08d}",
        )
        for number in range(PEOPLE)
    ]  # fmt: skip


def misspelt(name: str, pick: random.Random) -> str:
    """Two letters are others."""
    letters = list(name)
    for _ in range(2):
        letters[pick.randrange(len(letters))] = pick.choice("aeioukhmnst")
    return "".join(letters)


def names(kind: str, listed: list[Listed], pick: random.Random) -> list[str]:
    """The display names of a report."""
    own = [pick.choice(listed) for _ in range(ROWS)]
    if kind == "as listed":
        short = [f"{each.employee_number} {each.name.split()[-1]}" for each in own]
        return [pick.choice((each.name, each.local_name or "", code)) for each, code in zip(own, short, strict=True)]
    if kind == "misspelt":
        return [misspelt(pick.choice((each.name, each.local_name or "")), pick) for each in own]
    strange = [f"{misspelt(pick.choice(FAMILY), pick)} {pick.choice(GIVEN)}{pick.choice(GIVEN).lower()}" for _ in own]
    return [f"{name} {number}" for number, name in enumerate(strange)]


def report(shown: list[str], pick: random.Random) -> bytes:
    """Rows of joins."""
    start = datetime(2026, 5, 14, 9)  # noqa: DTZ001 - as it stands in a file
    rows = [HEAD]
    for name in shown:
        joined = start + timedelta(seconds=pick.randrange(3600))
        left = joined + timedelta(seconds=pick.randrange(7200))
        rows.append(f"{name},,{joined:%m/%d/%Y %I:%M:%S %p},{left:%m/%d/%Y %I:%M:%S %p},1,Yes,No")
    return "\n".join(rows).encode()


def milliseconds(kind: str) -> float:
    """CPU time of reading and matching, without what is remembered of an earlier time."""
    pick = random.Random(7)
    listed = people(pick)
    data = report(names(kind, listed, pick), pick)
    taken = []
    for _ in range(TIMES):
        read_name.cache_clear()
        begun = time.process_time()
        found = check([("report.csv", data)], listed, KNOWN)
        taken.append((time.process_time() - begun) * 1000)
        assert found.accepted
    return round(sorted(taken)[TIMES // 2], 1)


def main() -> int:
    found = {kind: milliseconds(kind) for kind in ("as listed", "misspelt", "of nobody")}
    if "--json" not in sys.argv:
        for kind, value in found.items():
            print(f"{kind:<12} {value:>8} ms  (at most {MOST})")
    missed = [kind for kind, value in found.items() if value > MOST]
    told = {f"{kind.replace(' ', '_')}_cpu_ms": value for kind, value in found.items()}
    print(json.dumps({"bench": "reports", "rows": ROWS, "people": PEOPLE, **told, "missed": missed}))
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
