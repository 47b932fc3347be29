"""How the rules of quizzes are said."""

from app.platform.i18n import lazy
from app.quizzes.rules import Counts

COUNTING = {
    Counts.BEST: lazy("The best result counts."),
    Counts.LAST: lazy("The last result counts."),
    Counts.FIRST: lazy("The first result counts."),
    Counts.AVERAGE: lazy("The average of your results counts."),
}
