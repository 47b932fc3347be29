"""Answers of people without network: they show a code for each to the trainer, who enters it for them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from app.access.actor import Actor
from app.platform import audit
from app.platform.i18n import _
from app.platform.refusal import NotFound, Refused
from app.quizzes import queries
from app.quizzes.operations.answering import KeptApart, answer
from app.quizzes.policy import may_open
from app.quizzes.queries.last_codes import Meant
from app.quizzes.rules.last_codes import codes_in
from app.quizzes.shown import choice_of
from app.sessions.queries import training_for


@dataclass(frozen=True, slots=True)
class Entered:
    """The number of a question and whether the answer to it came too late to count by itself."""

    number: int
    is_late: bool


def enter_codes(actor: Actor, training_id: int, unit_id: int, person_id: int, text: str) -> list[Entered]:
    """Save the answers that the codes in `text` stand for, in the person's last attempt, as noted by the actor.

    All of them or none. Raises NotFound for whoever may not open the quiz; Refused when the person has begun nothing, a
    code is of no answer of this person, or the person saved something else since the code was shown.
    """
    if not may_open(actor, training_for(actor, training_id)):
        raise NotFound
    attempt_id = queries.latest_begun(training_id, unit_id, person_id)
    if attempt_id is None:
        raise Refused(_("This person has not begun the quiz."))
    for_person = replace(actor, person_id=person_id)
    sitting = queries.sitting(for_person, attempt_id, hold=True)
    entered = []
    for meant in _by_question(_all_meant(queries.meaning_of(sitting, codes := codes_in(text)), codes)):
        question, options = meant[0].question, [each.option for each in meant]
        if not _is_saved_already(meant, sitting.seed):
            _refuse_if_older(meant)
        saved = answer(for_person, attempt_id, question.question_id, options, question.revision)
        audit.record(actor, "quizzes.enter_code", f"attempt:{attempt_id}", question=question.question_id)
        entered.append(Entered(question.number, isinstance(saved, KeptApart)))
    return entered


def _all_meant(found: dict[str, Meant], codes: Sequence[str]) -> list[Meant]:
    wrong = [code for code in codes if code not in found]
    if wrong:
        raise Refused(
            _("No answer of this person has the code %(code)s. Nothing was saved. Look at it again.", code=wrong[0])
        )
    return [found[code] for code in codes]


def _by_question(meant: Sequence[Meant]) -> list[list[Meant]]:
    numbers = sorted({each.question.number for each in meant})
    groups = [[each for each in meant if each.question.number == number] for number in numbers]
    for group in groups:
        if len(group) > 1 and group[0].question.kind != "multiple":
            number = group[0].question.number
            raise Refused(
                _("These are codes of two answers to question %(number)s. Nothing was saved.", number=number)
            )
    return groups


def _is_saved_already(meant: Sequence[Meant], seed: int) -> bool:
    question = meant[0].question
    return question.choice == choice_of(question, seed, [each.option for each in meant])


def _refuse_if_older(meant: Sequence[Meant]) -> None:
    if not all(each.is_current for each in meant):
        raise Refused(
            _(
                "The person saved another answer to question %(number)s after this code was shown. That one stays, "
                "and nothing was saved.",
                number=meant[0].question.number,
            )
        )
