"""A country of five factories, small enough to count on one's fingers, and every number that DOMAIN 6.2 asks for.

Today is 20 November 2026. Every supervisor and indirect supervisor must hold the course, which is taught in groups of
twenty. Who reads the tables needs no program: PEOPLE says what happened, EXPECTED what the pages must say.
"""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from flask import Flask

from app.coverage import formulas, queries
from app.coverage.queries import inside, wide
from app.coverage.queries.measures import Measure
from app.coverage.rules import Figure, Group, total
from app.factories.headcounts.models import Headcount, HeadcountCount
from app.factories.models import Employment, Factory
from app.factories.rules import JobRole, Sex
from app.platform import clock
from app.platform.db import db
from tests.make import completions, courses, coverage, factories

TODAY = date(2026, 11, 20)

PEOPLE = """
factory | people | role     | sex | line   | works since | until      | completed  | at   | valid until | withdrawn
Alba    | 1      | direct   | F   | Line 1 | 2020-01-01  |            | 2026-01-10 | Alba | 2028-01-10  |
Alba    | 1      | direct   | M   | Line 2 | 2020-01-01  |            | 2026-01-10 | Alba | 2028-01-10  |
Alba    | 1      | direct   | F   | Line 3 | 2020-01-01  |            |            |      |             |
Alba    | 1      | indirect | M   | Line 1 | 2020-01-01  |            | 2025-02-10 | Alba | 2027-02-10  |
Alba    | 1      | indirect | F   | Line 2 | 2020-01-01  |            |            |      |             |
Bora    | 2      | direct   | M   |        | 2020-01-01  | 2026-05-20 | 2025-05-10 | Bora | 2027-05-10  |
Bora    | 2      | direct   | F   |        | 2020-01-01  |            | 2025-06-01 | Bora | 2027-06-01  |
Bora    | 2      | direct   | F   |        | 2026-05-20  |            |            |      |             |
Dara    | 1      | direct   | F   |        | 2020-01-01  |            | 2024-12-20 | Dara | 2026-12-20  |
Dara    | 1      | direct   | M   |        | 2020-01-01  |            | 2026-02-01 | Dara | 2028-02-01  | 2026-06-01
Dara    | 1      | direct   | M   |        | 2020-01-01  |            | 2024-01-10 | Dara | 2026-01-10  |
Dara    | 1      | direct   | F   |        | 2026-06-01  |            | 2026-02-01 | Alba | 2028-02-01  |
Esme    | 24     | direct   | F   |        | 2020-01-01  |            |            |      |             |
Esme    | 6      | direct   | M   |        | 2020-01-01  |            | 2026-01-10 | Esme | 2028-01-10  |
"""
"""The last woman of Dara worked at Alba before, and completed the course there. Cara sent no staff list."""

DECLARED = """
factory | on         | women | men
Cara    | 2026-03-01 | 8     | 4
Esme    | 2026-11-01 | 14    | 6
"""

EXPECTED = """
factory | active | valid | ever | lost | due soon | in 90 days | uncovered | coverage | against             | lines | pairs | women: covered | active | gap  | runs | monthly exit | in 3 | in 6 | in 12
Alba    | 5      | 3     | 4    | 1    | 0        | 1          | 2         | 60 %     | roster              | 2/3   | 1/2   | 1/3            | 3/5    | -27  | 2    | 1.5 %        | 57 % | 55 % | 50 %
Bora    | 4      | 2     | 4    | 2    | 0        | 0          | 2         | 50 %     | roster              | 0/0   | 0/0   | 2/2            | 4/4    | 0    | 2    | 4.2 %        | 44 % | 39 % | 30 %
Cara    | 12     | 0     | 0    | 0    | 0        | 0          | 12        | 0 %      | headcount, old      | 0/0   | 0/0   | 0/0            | 8/12   | -    | 4    | -            | -    | -    | -
Dara    | 4      | 2     | 2    | 0    | 1        | 1          | 2         | 50 %     | roster              | 0/0   | 0/0   | 2/2            | 2/4    | 50   | 2    | 0.0 %        | 50 % | 50 % | 50 %
Esme    | 30     | 6     | 6    | 0    | 0        | 0          | 24        | 20 %     | roster, disagrees   | 0/0   | 0/0   | 0/6            | 24/30  | -80  | 4    | 0.0 %        | 20 % | 20 % | 20 %
Country | 43     | 13    | 16   | 3    | 1        | 2          | 30        | 30 %     |                     |       |       |                |        |      |      |              |      |      |
"""
"""Alba: who moved to Dara is lost here and covered there. Runs: one supervisor in four away at once, at most twenty in
a run. The country counts people by name. `-`: nobody can tell."""

ROLES = {"direct": JobRole.SUPERVISOR, "indirect": JobRole.INDIRECT_SUPERVISOR}


def table(text: str) -> list[dict[str, str]]:
    """The rows of a table as people write it."""
    head, *rows = ([cell.strip() for cell in line.split("|")] for line in text.strip().splitlines())
    return [dict(zip(head, [*row, *[""] * (len(head) - len(row))], strict=True)) for row in rows]


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _noon(text: str) -> datetime | None:
    return datetime.combine(date.fromisoformat(text), time(5), UTC) if text else None


@pytest.fixture
def country(app: Flask) -> dict[str, Factory]:
    """Everything that the tables say, known on its day."""
    with clock.telling(datetime.combine(TODAY, time(5), UTC)):
        programme, version = factories.programme(), courses.version("sst", group_max=20)
        coverage.require(programme, version)
        named = {name: factories.factory(name=name) for name in ("Alba", "Bora", "Cara", "Dara", "Esme")}
        for row in table(PEOPLE):
            for _ in range(int(row["people"])):
                _person(named, row, version)
        for row in table(DECLARED):
            _declared(named[row["factory"]], row)
        coverage.open_anew()
        yield named


def _person(named: dict[str, Factory], row: dict[str, str], version: courses.CourseVersion) -> None:
    here, role = named[row["factory"]], ROLES[row["role"]]
    person = factories.person(here, role, sex=Sex(row["sex"]), line=row["line"] or None)
    job = db.session.query(Employment).filter_by(person_id=person.id).one()
    job.started_on, job.ended_on = _day(row["works since"]), _day(row["until"])
    if row["at"] and row["at"] != row["factory"]:
        before = factories.employ(person, named[row["at"]], role, number=f"B{person.id}")
        before.ended_on = job.started_on
    if row["completed"]:
        done = completions.completion(person, version, named[row["at"]], at=_noon(row["completed"]), valid_until=_noon(row["valid until"]))
        done.withdrawn_at, done.role = _noon(row["withdrawn"]), role
    db.session.flush()


def _declared(factory: Factory, row: dict[str, str]) -> None:
    said = Headcount(factory_id=factory.id, as_of=_day(row["on"]), number=1, source="declared", is_revision=False, received_at=_noon(row["on"]))
    said.counts = [HeadcountCount(role=JobRole.SUPERVISOR, sex=sex, people=int(row[name])) for sex, name in ((Sex.F, "women"), (Sex.M, "men"))]
    db.session.add(said)
    db.session.flush()


def _part(part: formulas.Part) -> str:
    return f"{part.met}/{part.of}"


def _percent(share: float | None, places: int = 0) -> str:
    return "-" if share is None else f"{share * 100:.{places}f} %"


def _counts(whole: Figure) -> dict[str, str]:
    counts = (whole.active, whole.covered, whole.ever, whole.lost, whole.due_soon, whole.due_90, whole.uncovered)
    names = ("active", "valid", "ever", "lost", "due soon", "in 90 days", "uncovered")
    return {**dict(zip(names, map(str, counts), strict=True)), "coverage": _percent(whole.share)}


def _against(measure: Measure) -> str:
    found = measure.denominator
    return found.source + (", old" if found.is_old else "") + (", disagrees" if found.disagrees else "")


def _counted(factory: Factory) -> dict[str, str]:
    [measure] = queries.measures(factory)
    rows, gap = inside.by_line(factory, measure.requirement), formulas.equity_gap(measure.figures)
    rate, whole = inside.monthly_exit(factory, measure.requirement), measure.whole
    ahead = ["-"] * 3 if rate is None else [_percent(each) for each in formulas.forecast(measure.share or 0, rate)]
    return {
        "factory": factory.name, **_counts(whole), "against": _against(measure),
        "lines": _part(formulas.lines_covered(rows, inside.open_lines(factory))), "pairs": _part(formulas.level_pairs(rows)),
        "women: covered": _part(gap.covered), "active": str(whole.active),
        "gap": "-" if gap.points is None else f"{gap.points * 100:.0f}",
        "runs": str(formulas.sessions_needed(whole.uncovered, whole.active, measure.requirement.group_max)),
        "monthly exit": _percent(rate, 1), **dict(zip(("in 3", "in 6", "in 12"), ahead, strict=True)),
        "of women": _part(gap.active),
    }  # fmt: skip


def test_every_formula(country: dict[str, Factory]) -> None:
    expected = table(EXPECTED.replace("| active | gap", "| of women | gap"))
    for row in expected[:-1]:
        found = _counted(country[row["factory"]])
        assert {name: found[name] for name in row} == row
    whole = wide.of_country([country["Alba"].programme_id])
    figures = [figure for (factory_id, _requirement), figure in whole.items() if factory_id in {each.id for each in country.values()}]
    added = _counts(total(figures))
    assert {name: expected[-1][name] for name in added} == added
    programme = country["Alba"].programme
    [world] = wide.world(queries.required([programme.id]), {programme.id: programme.zone}).values()
    pages = [queries.measures(factory)[0] for factory in country.values()]
    assert (world.met, world.of) == (int(added["valid"]), sum(each.denominator.people for each in pages))


@pytest.mark.parametrize(
    ("rate", "left"), [(0.01, (97, 94, 89, 83, 79)), (0.02, (94, 89, 78, 70, 62)), (0.03, (91, 83, 69, 58, 48)), (0.05, (86, 74, 54, 40, 29))]
)
def test_decay_is_that_of_the_table_of_the_domain(rate: float, left: tuple[int, ...]) -> None:
    assert tuple(round(each * 100) for each in formulas.forecast(1, rate, (3, 6, 12, 18, 24))) == left


def test_nobody_needs_no_run() -> None:
    assert formulas.sessions_needed(0, 10, 20) == 0
    assert formulas.sessions_needed(3, 3, 20) == 3, "one at a time where there are few"
    assert formulas.sessions_needed(100, 800, 25) == 4


def test_a_new_supervisor_is_seen_with_the_day(country: dict[str, Factory]) -> None:
    [requirement] = queries.requirements_of(country["Bora"])
    rows = db.session.execute(queries.people(country["Bora"], requirement, Group.UNCOVERED)).all()
    assert [(TODAY - row.since) for row in rows] == [timedelta(days=184)] * 2
