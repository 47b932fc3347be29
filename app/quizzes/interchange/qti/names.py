"""One name for both: QTI 2 says `choiceInteraction`, `baseType`, QTI 3 `qti-choice-interaction`, `base-type`."""

import re

from app.quizzes.interchange.markup import Node

_CAPITAL = re.compile(r"(?<=[a-z\d])([A-Z])")
_HYPHEN = re.compile(r"-([a-z])")


def one_name(node: Node) -> Node:
    """The tree with the names of both versions made the same. Changes it in place."""
    for each in node.walk():
        each.name = _common(each.name)
        each.attributes = {_common(name): value for name, value in each.attributes.items()}
    return node


def _common(name: str) -> str:
    return _CAPITAL.sub(lambda found: "-" + found[1].lower(), name.removeprefix("qti-"))


def camel(name: str) -> str:
    """`choice-interaction` as QTI 2 writes it."""
    return _HYPHEN.sub(lambda found: found[1].upper(), name)
