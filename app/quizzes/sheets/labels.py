"""Words of tests on paper."""

from app.platform.i18n import lazy
from app.quizzes.rules import Counts

COUNTED = {
    Counts.BEST: lazy("The best of all results counts."),
    Counts.LAST: lazy("Results of attempts and the total stand beside each other; the total counts as the last."),
    Counts.FIRST: lazy("The first attempt counts; the total counts only where there is none."),
    Counts.AVERAGE: lazy("The average of all results counts, the total among them."),
}
"""What counts where somebody has an attempt and a total that was noted for a paper."""
