"""One question as one item."""

from collections import Counter

from app.quizzes.gift.questions import (
    Choice,
    Description,
    Essay,
    Matching,
    Numeric,
    Ordering,
    Question,
    Short,
    TrueFalse,
    Words,
)
from app.quizzes.gift.tagged import without_observing
from app.quizzes.interchange.extras import Extras, as_comment
from app.quizzes.interchange.notes import made_up_title
from app.quizzes.interchange.qti import processing
from app.quizzes.interchange.qti.identifiers import is_identifier, made_up_identifier
from app.quizzes.interchange.qti.texts import block
from app.quizzes.interchange.qti.version import Version

ANSWER = "ANSWER_"
WRONG = "WRONG"
RIGHT = "RIGHT"
GENERAL = "GENERAL"
RESPONSE = "RESPONSE"


def item(asked: Question, number: int, version: Version) -> str:
    """The file of an item. What QTI has no place for goes into a data attribute (3.0) or a comment (2.1)."""
    question = without_observing(asked)
    identifier = question.id if question.id and is_identifier(question.id) else made_up_identifier(number)
    extras = _extras(question, identifier)
    notes = {"data_seamwise": extras.written()} if version is Version.V3 and extras.written() else {}
    tag = version.tag
    text = block(question.text, question.format)
    root = tag(
        "assessment-item",
        *([as_comment(extras)] if version is Version.V21 else []),
        *_declarations(question, version),
        tag("item-body", text, _interaction(question, version), **notes),
        processing.of(question, version),
        *_feedback(question, version),
        xmlns=version.items,
        identifier=identifier,
        title=question.title or made_up_title(question.text),
        adaptive="false",
        time_dependent="false",
    )
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{root}\n'


def _extras(question: Question, identifier: str) -> Extras:
    texts = enumerate(question.options) if isinstance(question, Short) else ()
    formats = {str(at): option.words.format.value for at, option in texts if option.words.format}
    return Extras(
        untitled=not question.title,
        gap=question.missing_word or None,
        category=question.category,
        id=None if question.id == identifier else question.id,
        tags=question.tags,
        source=question.source,
        review=question.review,
        alt=question.alt,
        formats=formats or None,
    )


def _declarations(question: Question, version: Version) -> list[str]:
    tag = version.tag
    several = "multiple" if question.type == "multiple" else "single"
    scores = [
        tag("outcome-declaration", _default(version, "0"), identifier="SCORE", cardinality="single", base_type="float"),
        tag("outcome-declaration", identifier="FEEDBACK", cardinality=several, base_type="identifier"),
    ]
    if question.general_feedback:
        always = _default(version, GENERAL)
        scores.append(
            tag("outcome-declaration", always, identifier=GENERAL, cardinality="single", base_type="identifier")
        )
    return [*processing.response(question, version), *scores]


def _default(version: Version, value: str) -> str:
    return version.tag("default-value", version.tag("value", value))


def _interaction(question: Question, version: Version) -> str:
    tag, to = version.tag, {"response_identifier": RESPONSE}
    match question:
        case Choice():
            choices = [
                tag("simple-choice", _block(option.words, question), identifier=f"{ANSWER}{n}")
                for n, option in enumerate(question.options, 1)
            ]
            most = "1" if question.type == "single" else "0"
            return tag("choice-interaction", *choices, **to, shuffle="true", max_choices=most)
        case TrueFalse():
            both = [tag("simple-choice", str(truth), identifier=str(truth).lower()) for truth in (True, False)]
            return tag("choice-interaction", *both, **to, shuffle="false", max_choices="1")
        case Short() | Numeric():
            return f"<p>{tag('text-entry-interaction', **to)}</p>"
        case Matching():
            return _matching(question, version)
        case Ordering():
            items = [
                tag("simple-choice", _block(words, question), identifier=f"{ANSWER}{n}")
                for n, words in enumerate(question.items, 1)
            ]
            return tag("order-interaction", *items, **to, shuffle="true")
        case Essay():
            return tag("extended-text-interaction", **to)
        case Description():
            return ""


def _matching(question: Matching, version: Version) -> str:
    """Right sides of the same words are one choice for several left ones, or a learner would see them twice."""
    tag = version.tag
    lefts = [
        tag("simple-associable-choice", _block(left, question), identifier=f"L{n}", match_max="1")
        for n, (left, _) in enumerate(question.pairs, 1)
    ]
    names = processing.right_names(question)
    most = Counter(right for _, right in question.pairs)
    rights = [(name, text, str(most[text])) for text, name in names.items()]
    rights += [(f"D{n}", text, "1") for n, text in enumerate(question.distractors, 1)]
    written = [
        tag("simple-associable-choice", _block(Words(text), question), identifier=name, match_max=count)
        for name, text, count in rights
    ]
    sets = (tag("simple-match-set", *lefts), tag("simple-match-set", *written))
    to = {"response_identifier": RESPONSE, "shuffle": "true", "max_associations": str(len(lefts))}
    return tag("match-interaction", *sets, **to)


def _feedback(question: Question, version: Version) -> list[str]:
    said: list[tuple[str, Words | None]] = []
    match question:
        case Choice() | Short():
            said = [(f"{ANSWER}{n}", option.feedback) for n, option in enumerate(question.options, 1)]
        case Numeric():
            said = [(f"{ANSWER}{n}", number.feedback) for n, number in enumerate(question.numbers, 1)]
            said.append((WRONG, question.feedback_wrong))
        case TrueFalse():
            said = [(RIGHT, question.feedback_right), (WRONG, question.feedback_wrong)]
        case _:
            pass
    modal = [_modal(name, words, "FEEDBACK", question, version) for name, words in said if words]
    if question.general_feedback:
        modal.append(_modal(GENERAL, question.general_feedback, GENERAL, question, version))
    return modal


def _modal(name: str, words: Words, outcome: str, question: Question, version: Version) -> str:
    text = _block(words, question)
    body = version.tag("content-body", text) if version is Version.V3 else text
    return version.tag("modal-feedback", body, outcome_identifier=outcome, identifier=name, show_hide="show")


def _block(words: Words, question: Question) -> str:
    return block(words.text, words.format or question.format)
