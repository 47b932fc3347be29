"""How the rules of quizzes are said."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.platform.i18n import _, lazy, ngettext
from app.platform.i18n.formats import format_number
from app.quizzes.rules import Counts, QuizPolicy, Release, WhenLate

COUNTING = {
    Counts.BEST: lazy("The best result counts."),
    Counts.LAST: lazy("The last result counts."),
    Counts.FIRST: lazy("The first result counts."),
    Counts.AVERAGE: lazy("The average of your results counts."),
}

RELEASE = {
    Release.AT_ONCE: lazy("The right answers are shown as soon as you hand in."),
    Release.AFTER_CLOSING: lazy("The right answers are shown when the quiz is closed for everybody."),
    Release.NEVER: lazy("The right answers are not shown."),
}

WHEN_LATE = {
    WhenLate.SUBMIT: lazy("When time is over, what you have saved is handed in by itself."),
    WhenLate.GRACE: lazy("When time is over you can still hand in for a while, but answer no more."),
    WhenLate.ABANDON: lazy("Hand in before time is over. Otherwise it does not count."),
}


@dataclass(frozen=True)
class RuleWords:
    """How each rule is said."""

    counting: Mapping[Counts, Any]
    late: Mapping[WhenLate, Any]
    release: Mapping[Release, Any]


COUNTED = {
    Counts.BEST: lazy("The best counts."),
    Counts.LAST: lazy("The last counts."),
    Counts.FIRST: lazy("The first counts."),
    Counts.AVERAGE: lazy("Their average counts."),
}
SOLUTIONS = {
    Release.AT_ONCE: lazy("Solutions as soon as somebody hands in."),
    Release.AFTER_CLOSING: lazy("Solutions after closing."),
    Release.NEVER: lazy("Solutions are never shown."),
}


def in_sentences(policy: QuizPolicy, asked: int, written: int) -> list[str]:
    """The rules of a quiz for those who run it: attempts, time, solutions and what is late, then whatever else is not
    as usual. Each attempt asks `asked` of the `written` questions.
    """
    found = [
        policy.practice and _("Practice: open at any time, explained at once, never counted."),
        _attempts(policy),
        policy.limit_minutes and ngettext("%(num)s minute.", "%(num)s minutes.", policy.limit_minutes),
        not policy.practice and SOLUTIONS[policy.release],
        (not policy.practice or policy.limit_minutes) and _late(policy),
        policy.wait_minutes and policy.attempts != 1 and ngettext(
            "%(num)s minute between two attempts.", "%(num)s minutes between two attempts.", policy.wait_minutes
        ),
        asked < written and _(
            "%(asked)s of %(written)s questions are drawn for each attempt.", asked=format_number(asked),
            written=format_number(written),
        ),
        policy.forms > 1 and ngettext(
            "%(num)s parallel form.", "%(num)s parallel forms: nobody gets the same one before and after.", policy.forms
        ),
        policy.mixed_questions and _("The questions come in another order for everybody."),
        not policy.mixed_options and _("The answers to choose from stand in the same order for everybody."),
    ]  # fmt: skip
    return [str(sentence) for sentence in found if sentence]


def _attempts(policy: QuizPolicy) -> str:
    if policy.attempts == 1:
        return str(_("One attempt."))
    many = _("Any number of attempts.")
    if policy.attempts is not None:
        many = ngettext("%(num)s attempt.", "%(num)s attempts.", policy.attempts)
    return str(many) if policy.practice else f"{many} {COUNTED[policy.counts]}"


def _late(policy: QuizPolicy) -> str:
    match policy.when_late:
        case WhenLate.SUBMIT:
            return str(_("Late: what is saved counts."))
        case WhenLate.ABANDON:
            return str(_("Late: what is not handed in does not count."))
        case WhenLate.GRACE:
            return str(ngettext(
                "Late: it can be handed in for %(num)s minute more, without another answer.",
                "Late: it can be handed in for %(num)s minutes more, without another answer.", policy.grace_minutes,
            ))  # fmt: skip


RULES = RuleWords(COUNTING, WHEN_LATE, RELEASE)
