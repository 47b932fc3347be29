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
from app.quizzes.queries import Sitting
from app.quizzes.queries.last_codes import Meant
from app.quizzes.rules.last_codes import IN_WORDS, codes_in, numbers_in
from app.quizzes.shown import Stored, choice_of, shown
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
    for_person, sitting = _sitting(actor, training_id, unit_id, person_id)
    entered = []
    for meant in _by_question(_all_meant(queries.meaning_of(sitting, codes := codes_in(text)), codes)):
        question, options = meant[0].question, [each.option for each in meant]
        if IN_WORDS in options:
            raise Refused(
                _(
                    "The code of question %(number)s needs the words or numbers that stand below it. Nothing was "
                    "saved. Enter both further down.",
                    number=question.number,
                )
            )
        if not _is_saved_already(meant, sitting.seed):
            _refuse_if_older(meant)
        entered.append(_entered(actor, for_person, sitting, question, options))
    return entered


def enter_words(
    actor: Actor, training_id: int, unit_id: int, person_id: int, code: str, words: str
) -> Entered:
    """Save an answer that is no option - words, a number, one number for each line -, which stands on the phone below
    the code of its question. As `enter_codes`; Refused as well when the words are no answer to that question.
    """
    for_person, sitting = _sitting(actor, training_id, unit_id, person_id)
    codes = codes_in(code)
    if len(codes) != 1:
        raise Refused(_("Enter one code."))
    [meant] = _all_meant(queries.meaning_of(sitting, codes), codes)
    question, number = meant.question, meant.question.number
    if meant.option != IN_WORDS:
        raise Refused(_("This code says the whole answer to question %(number)s. Enter it above.", number=number))
    posted = _posted(question, sitting.seed, words)
    chosen = None if posted is None else choice_of(question, sitting.seed, posted)
    if posted is None or not chosen:
        raise Refused(_("This is no answer to question %(number)s. Nothing was saved.", number=number))
    if question.choice != chosen:
        _refuse_if_older([meant])
    return _entered(actor, for_person, sitting, question, posted)


def _sitting(actor: Actor, training_id: int, unit_id: int, person_id: int) -> tuple[Actor, Sitting]:
    """The person as an actor that notes who entered it, and the last attempt, which is held."""
    if not may_open(actor, training_for(actor, training_id)):
        raise NotFound
    attempt_id = queries.latest_begun(training_id, unit_id, person_id)
    if attempt_id is None:
        raise Refused(_("This person has not begun the quiz."))
    for_person = replace(actor, person_id=person_id)
    return for_person, queries.sitting(for_person, attempt_id, hold=True)


def _entered(actor: Actor, for_person: Actor, sitting: Sitting, question: Stored, posted: Sequence[str]) -> Entered:
    saved = answer(for_person, sitting.attempt_id, question.question_id, posted, question.revision)
    audit.record(actor, "quizzes.enter_code", f"attempt:{sitting.attempt_id}", question=question.question_id)
    return Entered(question.number, isinstance(saved, KeptApart))


def _posted(question: Stored, seed: int, words: str) -> list[str] | None:
    """What the page would have sent: the words, or for each line what stands at that place of its list, none for 0."""
    asked = shown(question, seed, ())
    lists = [[right.name for right in left.rights] for left in asked.lefts]
    lists += [[str(place) for place in range(1, len(asked.things) + 1)] for _thing in asked.things]
    if not lists:
        return [words]
    places = numbers_in(words, len(lists))
    if places is None or any(place > len(names) for place, names in zip(places, lists, strict=True)):
        return None
    return [["", *names][place] for place, names in zip(places, lists, strict=True)]


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
