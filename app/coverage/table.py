"""The table of factories and requirements: one cell where they meet."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.access.actor import Actor
from app.coverage.queries import Figures, Required, sees
from app.coverage.requirements.rules import Kind
from app.coverage.rules import Figure, total
from app.factories.models import Factory


@dataclass(frozen=True)
class Cell:
    """The figures of one factory under one requirement."""

    requirement: Required
    by_sex: Sequence[Figure]

    @property
    def all(self) -> Figure:
        return total(self.by_sex)

    @property
    def asks(self) -> bool:
        """Whether there is anything to show: a cadence asks factories, and only those in its scope."""
        return self.requirement.kind is not Kind.CADENCE or self.all.units > 0

    @property
    def shown(self) -> Sequence[Figure]:
        """Sexes of which somebody is active; those who only left stand in the total."""
        return [figure for figure in self.by_sex if figure.active]


@dataclass(frozen=True)
class Row:
    """A factory, and its cell for each requirement by code; None where its programme does not ask for that, or not
    for everybody to know."""

    factory: Factory
    cells: Mapping[str, Cell | None]

    @property
    def worst(self) -> float:
        """The smallest share in the row; where nobody is active there is nothing to worry about."""
        shares = [cell.all.share for cell in self.cells.values() if cell]
        return min((share for share in shares if share is not None), default=1.0)


def cells(
    actor: Actor, factory: Factory, requirements: Sequence[Required], figures: Figures
) -> dict[str, Cell | None]:
    """By code, in the order of the requirements."""
    of_programme = [row for row in requirements if row.programme_id == factory.programme_id]
    own = {row.code: row for row in of_programme if sees(actor, row, factory.id)}
    return {
        code: Cell(own[code], figures.get((factory.id, own[code].id), [])) if code in own else None
        for code in dict.fromkeys(row.code for row in requirements)
    }


def rows(
    actor: Actor, factories: Sequence[Factory], requirements: Sequence[Required], figures: Figures
) -> list[Row]:
    """One row a factory, the one that needs most first."""
    made = [Row(factory, cells(actor, factory, requirements, figures)) for factory in factories]
    return sorted(made, key=lambda row: (row.worst, row.factory.name, row.factory.id))
