"""How quizzes before and after a training session are spoken of."""

from app.courses.rules import QuizPhase
from app.platform.i18n import lazy
from app.quizzes.followups.rules import Asked, Stage

PHASES = {QuizPhase.PRE: lazy("Before the training"), QuizPhase.FOLLOW_UP: lazy("Months after the training")}
STAGES = {Stage.OPEN: lazy("Open now"), Stage.COMING: lazy("To come"), Stage.PAST: lazy("Over")}
ASKED = {
    Asked.ANSWERED: (lazy("Answered"), "done"),
    Asked.MISSING: (lazy("Not answered yet"), "need"),
    Asked.LEFT: (lazy("Left the factory: not asked"), "off"),
    Asked.WITHDREW: (lazy("Gave the seat back: not asked"), "off"),
}
