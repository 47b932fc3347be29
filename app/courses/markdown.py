"""Lessons: Markdown in, safe HTML out. Pure.

Two walls: the parser knows no raw HTML, and what it makes goes through a sanitiser that allows a short list of tags.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token

_LINK = re.compile(r"https://[A-Za-z0-9.-]+(:\d{1,5})?([/?#][^\s<>\"\\]*)?")
_MEDIA = re.compile(r"media/[A-Za-z0-9][A-Za-z0-9._-]*\.(svg|png|jpe?g|webp)")
_CHECKBOX = re.compile(r"\[([ xX])\] ")
_TOP_LEVEL = 2
_LOWEST_LEVEL = 6
_KEY_POINTS_SECTION = 2
# Each open bracket is a new try to find a link; text with more of them than any lesson needs is shown as it is.
_MOST_BRACKETS = 1000

_TAGS = {"a", "br", "code", "del", "div", "em", "h2", "h3", "h4", "h5", "h6", "hr", "img", "li", "ol", "p", "pre", "s"}
_TAGS |= {"strong", "table", "tbody", "td", "th", "thead", "tr", "ul"}
_ATTRIBUTES: dict[str, set[str]] = {
    "*": set(),
    "a": {"href"},
    "img": {"src", "alt", "loading"},
    "ol": {"start"},
    "div": {"class", "role"},
    "li": {"class"},
}


@dataclass(frozen=True, slots=True)
class RefusedLink:
    """A link or picture that is not shown: only https links and pictures of the course's own media folder are."""

    line: int
    address: str


@dataclass(slots=True)
class Lesson:
    """A parsed lesson: its blocks, the media files it shows with their lines, and what was refused."""

    tokens: list[Token]
    pictures: list[tuple[int, str]] = field(default_factory=list)
    refused: list[RefusedLink] = field(default_factory=list)


def parse_lesson(markdown: str, media: str | None = None) -> Lesson:
    """Parse and clean. `media` is the address that stands for `media/`; without it pictures are their description."""
    parser = _parser()
    if markdown.count("[") > _MOST_BRACKETS:
        parser.disable(["link", "image"])
    lesson = Lesson(parser.parse(markdown))
    for token in lesson.tokens:
        if token.children:
            line = token.map[0] + 1 if token.map else 1
            token.children = list(_inline(token.children, line, lesson, media))
    return lesson


def render(markdown: str, media: str | None = None) -> str:
    """Sanitised HTML of a lesson.

    The page says the title, so a title line at the top is left out and headings begin at h2 without a jump. A quote
    is a call-out; links are https only and say noopener; nothing remote is loaded.
    """
    lesson = parse_lesson(markdown, media)
    parser = _parser()
    html = parser.renderer.render(_shaped(lesson.tokens), parser.options, {})
    return clean(html)


def clean(html: str) -> str:
    """What of HTML may be in a lesson."""
    return nh3.clean(
        html,
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        url_schemes={"https"},
        link_rel="noopener noreferrer",
        allowed_classes={},
    )


def key_points(markdown: str) -> tuple[str, ...]:
    """The sentences in bold that open the paragraphs of the second section, as plain text; its list items if none are.

    Lessons have their aims first and their key points second in every language.
    """
    section = _section(parse_lesson(markdown).tokens, _KEY_POINTS_SECTION)
    bold = tuple(_opening(token) for token in section if token.type == "inline" and token.level == 1)
    items = tuple(token.content for token in section if token.type == "inline" and token.level > 1)
    return tuple(text for text in bold if text) or items


def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
    # Every address but an empty one is let through here and judged in one place, where its line is known.
    parser.validateLink = bool  # type: ignore[method-assign,assignment]  # the documented way to set it
    return parser


def _inline(tokens: Sequence[Token], line: int, lesson: Lesson, media: str | None) -> Iterator[Token]:
    """Links and pictures that are allowed; of the others only the words."""
    dropped = 0
    for token in tokens:
        if token.type == "softbreak":
            line += 1
        if token.type == "image":
            yield _picture(token, line, lesson, media)
        elif token.type == "link_open" and not _LINK.fullmatch(str(token.attrGet("href"))):
            lesson.refused.append(RefusedLink(line, str(token.attrGet("href"))))
            dropped += 1
        elif token.type == "link_close" and dropped:
            dropped -= 1
        else:
            yield token


def _picture(token: Token, line: int, lesson: Lesson, media: str | None) -> Token:
    source = str(token.attrGet("src"))
    known = bool(_MEDIA.fullmatch(source))
    if known:
        lesson.pictures.append((line, source))
    else:
        lesson.refused.append(RefusedLink(line, source))
    if not known or media is None:
        return Token("text", "", 0, content=token.content)
    token.attrs = {"src": media + source.removeprefix("media/"), "alt": "", "loading": "lazy"}
    return token


def _shaped(tokens: Sequence[Token]) -> list[Token]:
    """Without the title, with the levels of headings, call-outs and check lists of our pages."""
    body = list(tokens[3:]) if tokens and tokens[0].type == "heading_open" and tokens[0].tag == "h1" else list(tokens)
    _level_headings(body)
    for number, token in enumerate(body):
        if token.type.startswith("blockquote"):
            token.tag = "div"
            token.attrs = {"class": "callout", "role": "note"} if token.nesting == 1 else {}
        elif token.type == "list_item_open":
            _check_item(body[number : number + 3])
    return body


def _level_headings(tokens: Sequence[Token]) -> None:
    highest = min((int(token.tag[1]) for token in tokens if token.type == "heading_open"), default=_TOP_LEVEL)
    level = _TOP_LEVEL - 1
    for token in tokens:
        if token.type == "heading_open":
            wanted = int(token.tag[1]) - highest + _TOP_LEVEL
            level = min(wanted, level + 1, _LOWEST_LEVEL)
        if token.type.startswith("heading"):
            token.tag = f"h{level}"


def _check_item(tokens: Sequence[Token]) -> None:
    """`- [ ] words` is an item of a check list."""
    inline = tokens[-1]
    words = inline.children[0] if inline.type == "inline" and inline.children else None
    if words and _CHECKBOX.match(words.content):
        words.content = _CHECKBOX.sub("", words.content, count=1)
        tokens[0].attrs = {"class": "check"}


def _section(tokens: Sequence[Token], number: int) -> Sequence[Token]:
    starts = [at for at, token in enumerate(tokens) if token.type == "heading_open" and token.tag == "h2"]
    starts.append(len(tokens))
    return tokens[starts[number - 1] + 3 : starts[number]] if number < len(starts) else ()


def _opening(inline: Token) -> str:
    """The words of a paragraph's bold beginning, or nothing."""
    children = inline.children or []
    if not children or children[0].type not in {"strong_open", "text"} or children[0].content:
        return ""
    words: list[str] = []
    for token in children[1:] if children[0].type == "strong_open" else children[2:]:
        if token.type == "strong_close":
            return "".join(words)
        words.append(token.content)
    return ""
