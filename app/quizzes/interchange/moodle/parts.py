"""Parts of a Moodle question that have no place here: said once each, unless they hold what is usual anyway."""

from app.quizzes.interchange.markup import Node
from app.quizzes.interchange.notes import Notes

_EVERYWHERE = {"name", "questiontext", "generalfeedback", "idnumber", "tags"}
_READ = {
    "multichoice": {"single", "answer"},
    "truefalse": {"answer"},
    "shortanswer": {"answer"},
    "numerical": {"answer"},
    "matching": {"subquestion"},
    "ordering": {"answer", "gradingtype"},
}
_TRUE, _FALSE = {"true", "1", ""}, {"false", "0", ""}
_USUAL = {
    "defaultgrade": {"1", "0", ""},
    "penalty": {"0.3333333", "0.1", "1", "0", ""},
    "hidden": _FALSE,
    "shuffleanswers": _TRUE,
    "answernumbering": {"abc", "none", ""},
    "showstandardinstruction": _TRUE | _FALSE,
    "usecase": _FALSE,
    "unitgradingtype": {"0", ""},
    "unitpenalty": {"0.1", "0", ""},
    "showunits": {"3", "0", ""},
    "unitsleft": _FALSE,
    "responseformat": {"editor", ""},
    "responserequired": _TRUE,
    "responsefieldlines": {"15", "10", ""},
    "attachments": {"0", ""},
    "attachmentsrequired": {"0", ""},
    "layouttype": {"VERTICAL", "0", ""},
    "selecttype": {"ALL", "0", ""},
    "selectcount": {"0", "2", ""},
    "shownumcorrect": _TRUE | _FALSE,
}


def report_parts(question: Node, notes: Notes) -> None:
    """A warning with its line for each part that is not taken over."""
    known = _EVERYWHERE | _READ.get(question.get("type"), set())
    for part in question.elements:
        value = _plain(part.text.strip())
        if part.name not in known and value not in _USUAL.get(part.name, {""}):
            notes.add(part.line, "unsupported_part", f"{part.name} {value}")
        elif part.name not in known and part.elements and part.name not in _USUAL and _holds(part):
            notes.add(part.line, "unsupported_part", part.name)
    for node in question.walk():
        if node.name == "file":
            notes.add(node.line, "unsupported_part", f"picture {node.get('name')}".strip())


def _holds(part: Node) -> bool:
    """Whether anything but empty texts stands in it."""
    return any(node.attributes.keys() - {"format"} or node.name not in {"text", part.name} for node in part.walk())


def _plain(value: str) -> str:
    """Numbers without the zeros behind them: Moodle writes 1.0000000."""
    whole, point, rest = value.partition(".")
    if point and whole.isdigit() and rest.isdigit():
        return f"{whole}.{rest.rstrip('0')}".rstrip(".")
    return value
