"""Results of anonymous forms as a table for others: the same numbers as on the page, and none beside them."""

from collections.abc import Iterator, Sequence

from app.platform.i18n import _
from app.platform.tables.writing import Cell
from app.quizzes.surveys.labels import AGREEMENTS, PHASES
from app.quizzes.surveys.queries import Result
from app.quizzes.surveys.rules import FormText, Item


def result_header() -> list[str]:
    """The columns."""
    return [
        _("Factory"), _("When"), _("Answers in all"), _("Question"), _("Answer"), _("Number"), _("Share in per cent"),
    ]  # fmt: skip


def result_rows(results: Sequence[Result], text: FormText) -> Iterator[Sequence[Cell]]:
    """A row for each answer that there is to choose, and for each comment."""
    for result in results:
        factory = result.factory.name if result.factory else ""
        for phase in result.phases:
            figures = result.figures[phase]
            for item in text.items:
                figure = figures["items"].get(item.id) if figures else None
                if figures and figure:
                    begun: list[Cell] = [factory, str(PHASES[phase]) if phase else "", figures["n"], item.text]
                    yield from ([*begun, *row] for row in _rows(item, figure))


def _rows(item: Item, figure: dict[str, object]) -> Iterator[list[Cell]]:
    comments, counts = figure.get("comments"), figure.get("counts")
    if isinstance(comments, list):
        yield from ([words, None, None] for words in comments)
    if isinstance(counts, list):
        options = [str(each) for each in (AGREEMENTS if item.is_scale else item.options)]
        for option, count in zip(options, counts, strict=True):
            yield [option, count, round(100 * count / sum(counts), 1)]
