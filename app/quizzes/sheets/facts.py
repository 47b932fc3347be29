"""What stands on a test on paper. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from app.quizzes.shown import Shown


@dataclass(frozen=True)
class Drawing:
    """A picture as its file is, and what it shows in words."""

    file: str
    data: bytes
    words: str


@dataclass(frozen=True)
class Paper:
    """One parallel form, from 1, with its questions in one language. `pictures` are those of a question by its number,
    and there by the name of the option; the own one of the question has an empty name.
    """

    form: int
    code: str
    questions: Sequence[Shown]
    pictures: Mapping[int, Mapping[str, Drawing]] = field(default_factory=dict)


@dataclass(frozen=True)
class Taker:
    """Whose answer sheet it is; everything but code and address is empty on a blank one."""

    code: str
    address: str
    name: str = ""
    local_name: str = ""
    language: str = "en"
    number: str = ""
    factory: str = ""


@dataclass(frozen=True)
class Handout:
    """An answer sheet for one of the papers, with or without the questions before it."""

    paper: int
    taker: Taker
    with_questions: bool


@dataclass(frozen=True)
class Print:
    """Everything that is printed at once, in the language `locale`."""

    titles: Mapping[str, str]
    course: Mapping[str, str]
    locale: str
    papers: Sequence[Paper]
    handouts: Sequence[Handout]
    has_forms: bool
