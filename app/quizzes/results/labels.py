"""How results are said, in plain words."""

from app.courses.rules import QuizPhase
from app.platform.i18n import lazy
from app.quizzes.results.rules import Change, Flag
from app.quizzes.rules import AttemptMode, AttemptState, Late

FLAGS = {
    Flag.TOO_HARD: lazy("Too hard: few people answer it right."),
    Flag.TOO_EASY: lazy("Too easy: nearly everybody answers it right, so it says little."),
    Flag.BACKWARDS: lazy("It works backwards: people who do well in the other questions do worse in this one."),
    Flag.UNCHOSEN: lazy("A wrong answer is chosen by nobody. Write one that somebody could believe."),
    Flag.BETTER_WRONG: lazy("Those who chose a wrong answer did better in the other questions. Check what is right."),
}
CHANGES = {
    Change.UNCLEAR: lazy("It may be chance: no change at all would fit these numbers too."),
    Change.WORSE: lazy("People know less than before, and chance alone does not explain it."),
    Change.SMALL: lazy("A small change, measured by how much people differed before."),
    Change.MEDIUM: lazy("A medium change, measured by how much people differed before."),
    Change.LARGE: lazy("A large change, measured by how much people differed before."),
}
PHASES = {
    QuizPhase.POST: lazy("From before to after the training"),
    QuizPhase.FOLLOW_UP: lazy("From before the training to months later"),
}
STATES = {
    None: lazy("Not begun"),
    AttemptState.NOT_STARTED: lazy("Not begun"),
    AttemptState.IN_PROGRESS: lazy("Answering now"),
    AttemptState.OVERDUE: lazy("Time is over, not handed in"),
    AttemptState.SUBMITTED: lazy("Handed in"),
    AttemptState.GRADED: lazy("Handed in"),
    AttemptState.ABANDONED: lazy("Given up"),
}
MODES = {
    AttemptMode.OWN: lazy("By oneself"),
    AttemptMode.ALOUD: lazy("Read out by a trainer"),
    AttemptMode.PAPER: lazy("On paper"),
}
LATE = {
    Late.AFTER_TIME: lazy("Time was over."),
    Late.AFTER_HANDING_IN: lazy("The quiz was handed in already."),
}
