"""Differences of shares, as people read them: in points of 100."""

from app.effect.labels import per_cent
from app.platform.i18n.formats import format_number
from app.quizzes.results.rules import Gain


def points(share: float) -> str:
    """One decimal: more would pretend."""
    return per_cent(share * 100)


def facts(found: Gain) -> dict[str, str]:
    """What goes into a sentence."""
    return {
        "n": format_number(found.n), "mean": points(found.mean), "low": points(found.low), "high": points(found.high)}
