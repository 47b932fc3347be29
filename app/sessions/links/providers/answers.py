"""Answers of BigBlueButton: small XML, of which texts and lists of attendees are taken."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.platform.tables import TableRefused
from app.platform.tables.markup import local, walk
from app.sessions.links.providers.interface import ProviderFault
from app.sessions.links.rules import Problem

_MOST_DEPTH = 12
_MOST_ELEMENTS = 20_000


@dataclass
class Answer:
    """Texts by path below the root, such as `metadata/seamwise`; each attendee as texts by name."""

    texts: dict[str, str] = field(default_factory=dict)
    attendees: list[dict[str, str]] = field(default_factory=list)

    @property
    def went_well(self) -> bool:
        return self.texts.get("returncode") == "SUCCESS"

    @property
    def message(self) -> str:
        return self.texts.get("messageKey", "")


def read(data: bytes) -> Answer:
    """Raises ProviderFault (garbled) for what is no answer of BigBlueButton."""
    reading = _Reading()
    try:
        walk(data, reading.start, reading.end, reading.text)
    except TableRefused as error:
        raise ProviderFault(Problem.GARBLED, "the answer of the meeting server is no XML") from error
    if reading.root != "response" or "returncode" not in reading.answer.texts:
        raise ProviderFault(Problem.GARBLED, "the answer of the meeting server has another shape")
    return reading.answer


class _Reading:
    """Where in the answer the parser is."""

    def __init__(self) -> None:
        self.answer, self.root, self._path, self._words, self._elements = Answer(), "", list[str](), list[str](), 0

    def start(self, name: str, _attributes: Mapping[str, str]) -> None:
        self._elements += 1
        if self._elements > _MOST_ELEMENTS or len(self._path) >= _MOST_DEPTH:
            raise ProviderFault(Problem.GARBLED, "the answer of the meeting server is too deep or too long")
        self.root = self.root or local(name)
        self._path.append(local(name))
        self._words = []
        if self._path[1:] == ["attendees", "attendee"]:
            self.answer.attendees.append({})

    def text(self, words: str) -> None:
        self._words.append(words)

    def end(self, _name: str) -> None:
        words = "".join(self._words).strip()
        inside, self._words = self._path[1:], []
        if inside[:2] == ["attendees", "attendee"]:
            if len(inside) == 3:
                self.answer.attendees[-1][inside[2]] = words
        elif inside:
            self.answer.texts.setdefault("/".join(inside), words)
        self._path.pop()
