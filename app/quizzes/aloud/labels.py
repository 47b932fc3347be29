"""Words of readings."""

from app.platform.i18n import lazy
from app.quizzes.rules import Hindrance

HINDRANCES = {
    Hindrance.ANSWERING: lazy("Answers on a phone now"),
    Hindrance.USED: lazy("Has used all attempts"),
    Hindrance.SAW_ANSWERS: lazy("Was shown the answers"),
}
