"""Results and figures as tables for other programs."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from app.platform.i18n import _
from app.platform.i18n.languages import LANGUAGES
from app.platform.tables.writing import Cell
from app.quizzes.results.analysis import ItemRow
from app.quizzes.results.labels import FLAGS, MODES, STATES
from app.quizzes.results.queries import OneAttempt


def header() -> list[str]:
    """The words above the columns."""
    return [
        _("Factory"), _("Name"), _("Name in Latin letters"), _("Attempt"), _("State"), _("How it was taken"),
        _("Form"), _("Begun"), _("Handed in"), _("Minutes"), _("Points"), _("Of"), _("Share"), _("Passed"),
    ]  # fmt: skip


def rows(attempts: Sequence[OneAttempt], zone: str) -> Iterator[list[Cell]]:
    """One row an attempt; times as the clock on the wall of the programme shows them."""
    for each in attempts:
        yield [
            each.factory_name, each.local_name or each.name, each.name, each.number, str(STATES[each.state]),
            str(MODES[each.mode]), each.form + 1, _wall(each.started_at, zone), _wall(each.submitted_at, zone),
            _minutes(each), each.score, each.max_score,
            None if each.score is None or not each.max_score else round(each.score / each.max_score, 4),
            "" if each.passed is None else _("Yes") if each.passed else _("No"),
        ]  # fmt: skip


def item_header() -> list[str]:
    """The words above the columns of the figures of questions."""
    return [
        _("Number"), _("Question"), _("Answer"), _("Worth"), _("People"), _("Answered"), _("Right (facility)"),
        _("Tells apart (discrimination)"), _("Seconds"), _("To look at"),
    ]  # fmt: skip


def item_rows(items: Sequence[ItemRow]) -> Iterator[list[Cell]]:
    """One row a question, and below it one for each of its answers, as the page of the analysis shows them."""
    for item in items:
        hints = [str(FLAGS[flag]) for flag in item.flags]
        others = [LANGUAGES[each.language].own_name for each in item.differs if each.language in LANGUAGES]
        hints += [f"{_('In one language it behaves differently:')} {name}" for name in others]
        yield [
            item.number, item.text, "", None, item.asked, item.answered, round(item.facility, 4),
            None if item.discrimination is None else round(item.discrimination, 4),
            None if item.seconds is None else round(item.seconds, 1), " ".join(hints),
        ]  # fmt: skip
        for place, option in enumerate(item.options or item.typed):
            words = option.text or (_("False") if place else _("True"))
            yield [item.number, "", words, round(option.points, 4), option.n, None, None, None, None, ""]


def _wall(at: datetime | None, zone: str) -> str:
    return at.astimezone(ZoneInfo(zone)).strftime("%Y-%m-%d %H:%M") if at else ""


def _minutes(attempt: OneAttempt) -> float | None:
    if attempt.started_at is None or attempt.submitted_at is None:
        return None
    return round((attempt.submitted_at - attempt.started_at).total_seconds() / 60, 1)
