"""What is right in an item and what an answer is worth."""

from collections.abc import Iterable, Iterator
from decimal import Decimal

from app.quizzes.gift.questions import Choice, Matching, Number, Numeric, Ordering, Question, Short, TrueFalse
from app.quizzes.gift.tagged import WHOLE
from app.quizzes.interchange.markup import escape
from app.quizzes.interchange.qti.version import Version


def response(question: Question, version: Version) -> list[str]:
    """The declaration of the answer: its kind, what is right, and points between 0 and 1."""
    match question:
        case Choice():
            names = [f"ANSWER_{n}" for n in range(1, len(question.options) + 1)]
            weights = [option.fraction for option in question.options]
            right = [name for name, weight in zip(names, weights, strict=True) if _is_right(weight, question.type)]
            cardinality = "multiple" if question.type == "multiple" else "single"
            right = right if cardinality == "multiple" else right[:1]
            return [_declared(version, cardinality, "identifier", right, zip(names, weights, strict=True))]
        case TrueFalse():
            right = [str(question.correct).lower()]
            return [_declared(version, "single", "identifier", right, [(right[0], Decimal(100))])]
        case Short():
            points = [(option.words.text, option.fraction) for option in question.options]
            best = [text for text, weight in points if weight == 100][:1]
            return [_declared(version, "single", "string", best, points, case_sensitive="false")]
        case Numeric():
            first = [_middle(number) for number in question.numbers if number.fraction == 100][:1]
            return [_declared(version, "single", "float", first, [])]
        case Matching():
            rights = right_names(question)
            pairs = [f"L{n} {rights[right]}" for n, (_, right) in enumerate(question.pairs, 1)]
            each = Decimal(100) / len(pairs)
            return [_declared(version, "multiple", "directedPair", pairs, [(pair, each) for pair in pairs])]
        case Ordering():
            order = [f"ANSWER_{n}" for n in range(1, len(question.items) + 1)]
            return [_declared(version, "ordered", "identifier", order, [])]
        case _:
            return [_declared(version, "single", "string", [], [])] if question.type == "essay" else []


def right_names(question: Matching) -> dict[str, str]:
    """A name for each different right side of the pairs."""
    texts = dict.fromkeys(right for _, right in question.pairs)
    return {text: f"R{n}" for n, text in enumerate(texts, 1)}


def _is_right(weight: Decimal, kind: str) -> bool:
    return weight > 0 if kind == "multiple" else weight == 100


def _declared(
    version: Version,
    cardinality: str,
    kind: str,
    right: Iterable[str],
    points: Iterable[tuple[str, Decimal]],
    **entry: str,
) -> str:
    tag = version.tag
    values = [tag("value", escape(value)) for value in right]
    entries = [tag("map-entry", map_key=key, mapped_value=_points(weight), **entry) for key, weight in points]
    inside = [tag("correct-response", *values)] if values else []
    inside += [tag("mapping", *entries, lower_bound="0", upper_bound="1", default_value="0")] if entries else []
    return tag("response-declaration", *inside, identifier="RESPONSE", cardinality=cardinality, base_type=kind)


def _points(weight: Decimal) -> str:
    return f"{(weight / 100).normalize():f}"


def _middle(number: Number) -> str:
    return f"{number.low if number.value is None else number.value:f}"


def of(question: Question, version: Version) -> str:
    """How the answer becomes points and feedback."""
    tag = version.tag
    match question:
        case Choice():
            told = _set(version, "FEEDBACK", tag("variable", identifier="RESPONSE"))
            return tag("response-processing", _exact(version) if _is_whole(question) else _mapped(version), told)
        case TrueFalse():
            return tag("response-processing", _mapped(version), _truth(version))
        case Short():
            rules = [_text_rule(version, n, option.words.text) for n, option in enumerate(question.options, 1)]
            return tag("response-processing", _mapped(version), *rules)
        case Numeric():
            rules = [_number_rule(version, n, number) for n, number in enumerate(question.numbers, 1)]
            return tag("response-processing", *rules, _wrong_rule(version))
        case Matching():
            return tag("response-processing", _exact(version) if _is_whole(question) else _mapped(version))
        case Ordering():
            rules = [_exact(version)] if _is_whole(question) else list(_placed(question, version))
            return tag("response-processing", *rules)
        case _:
            return ""


def _is_whole(question: Question) -> bool:
    """Whether there are points only when everything is right."""
    return WHOLE in question.tags and (question.type != "single")


def _exact(version: Version) -> str:
    tag = version.tag
    exact = tag("match", tag("variable", identifier="RESPONSE"), tag("correct", identifier="RESPONSE"))
    return _if(version, exact, _score(version, Decimal(100)))


def _placed(question: Ordering, version: Version) -> Iterator[str]:
    """Every item in its own place adds its share."""
    tag, share = version.tag, Decimal(100) / len(question.items)
    for place in range(1, len(question.items) + 1):
        there = tag("index", tag("variable", identifier="RESPONSE"), n=str(place))
        here = tag("match", there, _value(version, "identifier", f"ANSWER_{place}"))
        more = tag("sum", tag("variable", identifier="SCORE"), _value(version, "float", _points(share)))
        yield _if(version, here, _set(version, "SCORE", more))


def _truth(version: Version) -> str:
    tag = version.tag
    right = tag("match", tag("variable", identifier="RESPONSE"), tag("correct", identifier="RESPONSE"))
    told = [_set(version, "FEEDBACK", _value(version, "identifier", name)) for name in ("RIGHT", "WRONG")]
    when = tag("response-if", right, told[0])
    return tag("response-condition", when, tag("response-else", told[1]))


def _text_rule(version: Version, number: int, text: str) -> str:
    said = _value(version, "string", text)
    same = version.tag("string-match", version.tag("variable", identifier="RESPONSE"), said, case_sensitive="false")
    return _if(version, same, _set(version, "FEEDBACK", _value(version, "identifier", f"ANSWER_{number}")))


def _number_rule(version: Version, place: int, number: Number) -> str:
    """Of several numbers that fit, the one with the most points counts."""
    tag = version.tag
    better = tag("lt", tag("variable", identifier="SCORE"), _value(version, "float", _points(number.fraction)))
    told = _set(version, "FEEDBACK", _value(version, "identifier", f"ANSWER_{place}"))
    return _if(version, tag("and", _fits(version, number), better), _score(version, number.fraction), told)


def _fits(version: Version, number: Number) -> str:
    tag, given = version.tag, version.tag("variable", identifier="RESPONSE")
    if number.value is None:
        low, high = (_value(version, "float", f"{bound:f}") for bound in (number.low, number.high))
        return tag("and", tag("gte", given, low), tag("lte", given, high))
    value, width = _value(version, "float", f"{number.value:f}"), f"{number.tolerance:f}"
    if not number.tolerance:
        return tag("equal", given, value, tolerance_mode="exact")
    return tag("equal", given, value, tolerance_mode="absolute", tolerance=f"{width} {width}")


def _wrong_rule(version: Version) -> str:
    tag = version.tag
    none = tag("equal", tag("variable", identifier="SCORE"), _value(version, "float", "0"), tolerance_mode="exact")
    return _if(version, none, _set(version, "FEEDBACK", _value(version, "identifier", "WRONG")))


def _if(version: Version, condition: str, *then: str) -> str:
    return version.tag("response-condition", version.tag("response-if", condition, *then))


def _mapped(version: Version) -> str:
    return _set(version, "SCORE", version.tag("map-response", identifier="RESPONSE"))


def _score(version: Version, weight: Decimal) -> str:
    return _set(version, "SCORE", _value(version, "float", _points(weight)))


def _set(version: Version, outcome: str, value: str) -> str:
    return version.tag("set-outcome-value", value, identifier=outcome)


def _value(version: Version, kind: str, value: str) -> str:
    return version.tag("base-value", escape(value), base_type=kind)
