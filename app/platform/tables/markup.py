"""XML of strangers: read as a stream, without anything from outside. Expat is safe here because a document type is
refused before any entity can exist."""

from collections.abc import Callable, Mapping
from functools import lru_cache
from xml.parsers import expat

from app.platform.tables.limits import TableRefused

Start = Callable[[str, Mapping[str, str]], None]
End = Callable[[str], None]
Text = Callable[[str], None]


@lru_cache(maxsize=1024)
def local(name: str) -> str:
    """The name without its namespace."""
    return name.rpartition(" ")[2]


def _refuse_document_type(*_: object) -> None:
    raise TableRefused("file_unsafe")


def walk(data: bytes, start: Start, end: End | None = None, text: Text | None = None) -> None:
    """Call back for each element and text of one part. Names carry their namespace, see `local`.

    Raises TableRefused: file_unsafe for a document type, file_damaged for broken XML.
    """
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse_document_type
    parser.EntityDeclHandler = _refuse_document_type
    parser.StartElementHandler = start
    if end is not None:
        parser.EndElementHandler = end
    if text is not None:
        parser.CharacterDataHandler = text
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        raise TableRefused("file_damaged") from error
