"""Coverage in numbers that give nobody away: for those who see factories, but not their people. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.access.small_numbers import Shown, guarded
from app.coverage.queries import Figures, Required
from app.coverage.rules import Figure, total
from app.factories.models import Factory
from app.factories.rules import JobRole


@dataclass(frozen=True)
class RoleNumbers:
    """People of one role under one requirement. Each number may be hidden; sums over roles are never made."""

    role: JobRole
    active: Shown
    covered: Shown
    uncovered: Shown


@dataclass(frozen=True)
class CourseNumbers:
    """One required course in one factory, role by role."""

    requirement: Required
    roles: Sequence[RoleNumbers]


@dataclass(frozen=True)
class Compared:
    """One required course, factory beside factory: the roles that it asks, and of each factory one cell a role."""

    requirement: Required
    rows: Sequence[tuple[Factory, CourseNumbers]]


@dataclass(frozen=True)
class FactoryNumbers:
    """A factory with the courses that are required there."""

    factory: Factory
    courses: Sequence[CourseNumbers]


def numbers(
    factories: Sequence[Factory], requirements: Sequence[Required], figures: Figures
) -> list[FactoryNumbers]:
    """One entry a factory, in the given order; what asks committees or the factory itself is left out. `figures` tell
    roles apart, and count those who are exempt like everybody else: otherwise two requirements of one role would tell
    how many they are.
    """
    return [
        FactoryNumbers(
            factory,
            [
                CourseNumbers(row, _roles(row, figures.get((factory.id, row.id), [])))
                for row in requirements
                if row.programme_id == factory.programme_id and row.roles
            ],
        )
        for factory in factories
    ]


def _roles(requirement: Required, figures: Iterable[Figure]) -> list[RoleNumbers]:
    found = list(figures)
    return [_role(role, total(each for each in found if each.role == role)) for role in requirement.roles]


def _role(role: JobRole, figure: Figure) -> RoleNumbers:
    row = guarded([figure.covered, figure.uncovered])
    return RoleNumbers(role, row.total, *row.parts)


def compared(found: Iterable[FactoryNumbers]) -> list[Compared]:
    """The same numbers, course by course: nothing is added up, and nothing is told that is not told anyhow. Factories
    stay in their order; one by numbers would tell of those that are not shown.
    """
    courses: dict[str, list[tuple[Factory, CourseNumbers]]] = {}
    for each in found:
        for course in each.courses:
            courses.setdefault(course.requirement.code, []).append((each.factory, course))
    return [Compared(rows[0][1].requirement, rows) for rows in courses.values()]
