"""course.yaml out of facts, in the layout of the house; what is written reads as exactly the same facts."""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from app.content.schema import CourseFacts

_WIDEST = 118
_STAYS = {"validity", "test"}
"""Names that are said even when there is nothing: null means something there."""
_PLAIN = re.compile(r"[a-z]+([_/-][a-z]+)*")
_READ_AS_OTHER = {"y", "n", "yes", "no", "on", "off", "true", "false", "null"}
_ESCAPED = re.compile('["\\\\\x00-\x1f\x7f-\xa0\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]')


def facts_text(facts: CourseFacts) -> str:
    """The text of course.yaml. Comments of an older file are not kept."""
    value = facts.model_dump(mode="json")
    for language in value["languages"].values():
        language["reviewed"] = language["reviewed"] or False
    return "".join(f"{line}\n" for line in _block(_said(value), 0))


def _said(value: Any) -> Any:
    """Without what is left out: no value where none is needed, and empty lists of things that a course may have."""
    if isinstance(value, dict):
        said = {name: _said(each) for name, each in value.items() if each is not None or name in _STAYS}
        return {name: each for name, each in said.items() if each != [] or name == "themes"}
    return [_said(each) for each in value] if isinstance(value, list) else value


def _block(value: Any, indent: int) -> Iterator[str]:
    """A mapping or list over several lines; what fits into one line stands in one."""
    pad = " " * indent
    if isinstance(value, dict):
        for name, each in value.items():
            yield from _entry(f"{pad}{_word(name)}:", each, indent + 2)
    else:
        for each in value:
            first, *rest = [*_entry("", each, indent + 2)] if _is_short(each, indent) else [*_block(each, indent + 2)]
            yield f"{pad}- {first.lstrip()}"
            yield from rest


def _entry(head: str, value: Any, indent: int) -> Iterator[str]:
    if _is_short(value, len(head)):
        yield f"{head} {_flow(value)}"
    else:
        yield head
        yield from _block(value, indent)


def _is_short(value: Any, before: int) -> bool:
    """Whether it stands in one line; lists of mappings get a line for each."""
    if isinstance(value, list) and any(isinstance(each, dict) for each in value):
        return False
    return not isinstance(value, dict | list) or before + len(_flow(value)) < _WIDEST


def _flow(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_word(name)}: {_flow(each)}" for name, each in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(_flow(each) for each in value) + "]"
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, int | float):
        return str(int(value)) if value == int(value) else f"{Decimal(repr(value)):f}"
    return _word(value)


def _word(text: str) -> str:
    """A plain word, or the text in quotes."""
    if _PLAIN.fullmatch(text) and text not in _READ_AS_OTHER:
        return text
    return '"' + _ESCAPED.sub(lambda sign: _escape(sign[0]), text) + '"'


def _escape(sign: str) -> str:
    return {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t"}.get(sign, f"\\u{ord(sign):04x}")
