"""The message catalogues: one for each site language but English."""

import re
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po, write_po

from app.platform.i18n.compile import FOLDER
from app.platform.i18n.languages import LANGUAGES, SITE_LANGUAGES

ROOT = Path(__file__).resolve().parents[3]
KEYWORDS = {"_": None, "gettext": None, "ngettext": (1, 2), "lazy": None}
_PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]")


def collected() -> Catalog:
    """Every message of the source."""
    catalogue = Catalog(domain="messages", project="Seamwise")
    with (ROOT / "babel.cfg").open(encoding="utf-8") as mapping:
        methods, options = parse_mapping_cfg(mapping)  # type: ignore[no-untyped-call] # Babel leaves it untyped
    for _file, _line, message, comments, context in extract_from_dir(
        ROOT, methods, options, keywords=KEYWORDS, comment_tags=("translators:",), strip_comment_tags=True
    ):
        catalogue.add(message, None, auto_comments=comments, context=context)
    return catalogue


def update() -> dict[str, int]:
    """Bring each catalogue to the messages of the source; answers how many still want words, by language."""
    template = collected()
    return {language: _update(language, template) for language in SITE_LANGUAGES[1:]}


def faults() -> list[str]:
    """What is wrong with the catalogues, a line each."""
    template = collected()
    return [fault for language in SITE_LANGUAGES[1:] for fault in _faults(language, template)]


def _path(language: str) -> Path:
    return FOLDER / language / "LC_MESSAGES" / "messages.po"


def _read(language: str) -> Catalog:
    path = _path(language)
    if not path.exists():
        return Catalog(locale=language, domain="messages", project="Seamwise")
    with path.open("rb") as file:
        return read_po(file, locale=language)


def _update(language: str, template: Catalog) -> int:
    catalogue = _read(language)
    catalogue.update(template, no_fuzzy_matching=True)
    catalogue.obsolete.clear()
    catalogue.header_comment = f"# {LANGUAGES[language].english_name} words of Seamwise."
    catalogue.fuzzy = False
    _path(language).parent.mkdir(parents=True, exist_ok=True)
    with _path(language).open("wb") as file:
        write_po(file, catalogue, width=110, no_location=True, sort_output=True)
    return sum(1 for message in catalogue if message.id and not _is_translated(message))


def _faults(language: str, template: Catalog) -> Iterator[str]:
    catalogue = _read(language)
    for message in template:
        if message.id:
            yield from _message_faults(language, message, catalogue.get(message.id, message.context))
    for message in catalogue:
        if message.id and template.get(message.id, message.context) is None:
            yield f"{language}: no longer in the source: {message.id!r}"


def _message_faults(language: str, source: Message, message: Message | None) -> Iterator[str]:
    if message is None or not _is_translated(message):
        yield f"{language}: not translated: {source.id!r}"
        return
    if message.fuzzy:
        yield f"{language}: doubtful: {source.id!r}"
    wanted = _placeholders(source.id)
    for words in _strings(message):
        if _placeholders(words) - wanted:
            yield f"{language}: unknown placeholder in {words!r}"


def _is_translated(message: Message) -> bool:
    return all(_strings(message)) and bool(_strings(message))


def _strings(message: Message) -> tuple[str, ...]:
    if message.string is None:
        return ()
    return (message.string,) if isinstance(message.string, str) else tuple(message.string)


def _placeholders(text: str | list[str] | tuple[str, ...]) -> set[str]:
    return set(_PLACEHOLDER.findall(text if isinstance(text, str) else " ".join(text)))
