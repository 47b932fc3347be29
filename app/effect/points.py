"""Differences of shares, as people read them: in points of 100."""

from app.effect.labels import per_cent
from app.platform.i18n import lazy
from app.platform.i18n.formats import format_number
from app.quizzes.results.rules import Gain

ALIKE = lazy("All changed alike: nothing tells how sure this is.")


def points(share: float) -> str:
    """One decimal: more would pretend."""
    return per_cent(share * 100)


def is_sure(found: Gain) -> bool:
    """Whether it is more than chance that there is a gain. Where all changed alike, nothing tells."""
    return found.low > 0 and not is_alike(found)


def is_alike(found: Gain) -> bool:
    """Whether all changed by the very same: their interval is a point, and says nothing of others."""
    return found.low == found.high


def facts(found: Gain) -> dict[str, str]:
    """What goes into a sentence."""
    return {
        "n": format_number(found.n), "mean": points(found.mean), "low": points(found.low), "high": points(found.high)}
