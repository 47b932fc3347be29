"""How anonymous forms are spoken of."""

from app.courses.rules import FormKind
from app.platform.i18n import lazy
from app.quizzes.surveys.rules import SurveyPhase

AGREEMENTS = (
    lazy("I agree fully"), lazy("I agree"), lazy("I cannot say"), lazy("I disagree"), lazy("I disagree fully"),
)  # fmt: skip
PHASES = {SurveyPhase.PRE: lazy("Before the training"), SurveyPhase.POST: lazy("After the training")}
KINDS = {FormKind.EVALUATION: lazy("Evaluation"), FormKind.WORKER_SURVEY: lazy("Survey of workers")}
