"""Reads what stands between the braces; what it begins with and holds decides the kind of question."""

from app.quizzes.gift.escapes import show
from app.quizzes.gift.numbers import read_numeric
from app.quizzes.gift.questions import Choice, Essay, Matching, Option, Question, Short, TrueFalse
from app.quizzes.gift.reader import Common, Piece, Reader

_TRUTH = {"T": True, "TRUE": True, "F": False, "FALSE": False}


def read_answers(reader: Reader, body: str, at: int, common: Common) -> Question:
    """The question with its answers. `at` is where the body begins in the block."""
    stripped = body.strip()
    if not stripped:
        return Essay(**common)
    if stripped.startswith("#"):
        mark = body.index("#") + 1
        return read_numeric(reader, body[mark:], at + mark, common)
    if "~" in stripped:
        return _choice(reader, body, at, common)
    if _has_pairs(reader, body, at):
        return _matching(reader, body, at, common)
    if stripped.partition("#")[0].strip().upper() in _TRUTH:
        return _true_false(reader, body, at, common)
    return _short(reader, body, at, common)


def _has_pairs(reader: Reader, body: str, at: int) -> bool:
    """An arrow makes pairs, unless it stands in a feedback or some answer has a weight."""
    pieces = [piece for piece in reader.pieces(body, at, "=") if piece.mark]
    arrow = any("->" in piece.text.partition("#")[0] for piece in pieces)
    return arrow and not any(piece.text.startswith("%") for piece in pieces)


def _choice(reader: Reader, body: str, at: int, common: Common) -> Choice:
    pieces = list(reader.pieces(body, at, "=~"))
    options = _options(reader, pieces)
    single = any(piece.mark == "=" for piece in pieces)
    if single and not any(option.fraction == 100 for option in options):
        reader.fault("no_right_answer", at)
    if not single:
        _check_weights(reader, options, at)
    return Choice(type="single" if single else "multiple", options=options, **common)


def _check_weights(reader: Reader, options: tuple[Option, ...], at: int) -> None:
    total = sum(option.fraction for option in options if option.fraction > 0)
    if not total:
        reader.fault("no_right_answer", at)
    elif abs(total - 100) >= 1:
        reader.fault("weights_not_100", at, f"{total:f}")


def _short(reader: Reader, body: str, at: int, common: Common) -> Short:
    options = _options(reader, list(reader.pieces(body, at, "=")), bare_is_right="=" not in body)
    if options and not any(option.fraction == 100 for option in options):
        reader.fault("no_right_answer", at)
    return Short(options=options, **common)


def _options(reader: Reader, pieces: list[Piece], *, bare_is_right: bool = False) -> tuple[Option, ...]:
    found = []
    for piece in pieces:
        if not piece.mark and not bare_is_right:
            reader.fault("text_before_answers", piece.at, show(piece.text))
        elif option := _option(reader, piece):
            found.append(option)
    return tuple(found)


def _option(reader: Reader, piece: Piece) -> Option | None:
    weight, rest = reader.weight(piece)
    written, _, feedback = rest.partition("#")
    text = reader.words(written, piece.at)
    if text is None:
        reader.fault("empty_answer", piece.at)
        return None
    return Option(text, weight, reader.words(feedback, piece.at))


def _matching(reader: Reader, body: str, at: int, common: Common) -> Matching:
    pairs, distractors = [], []
    for piece in reader.pieces(body, at, "="):
        left, arrow, right = (part.strip() for part in piece.text.partition("->"))
        if not piece.mark:
            reader.fault("text_before_answers", piece.at, show(piece.text))
        elif not arrow:
            reader.fault("matching_without_arrow", piece.at, show(piece.text))
        elif not right:
            reader.fault("empty_answer", piece.at)
        elif words := reader.words(left, piece.at):
            pairs.append((words, show(right)))
        else:
            distractors.append(show(right))
    if len(pairs) < 2:
        reader.fault("matching_too_few", at)
    return Matching(pairs=tuple(pairs), distractors=tuple(distractors), **common)


def _true_false(reader: Reader, body: str, at: int, common: Common) -> TrueFalse:
    """The first feedback is for the wrong answer, the second for the right one."""
    truth, _, feedback = body.partition("#")
    wrong, _, right = feedback.partition("#")
    return TrueFalse(
        correct=_TRUTH[truth.strip().upper()],
        feedback_wrong=reader.words(wrong, at),
        feedback_right=reader.words(right, at),
        **common,
    )
