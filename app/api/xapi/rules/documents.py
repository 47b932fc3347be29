"""Documents: what a system remembers of an activity, of a person, or of both."""

import hashlib
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from app.api.xapi.rules.problems import Malformed
from app.api.xapi.rules.reading import read_json, write_json

JSON = "application/json"


def etag_of(content: bytes) -> str:
    """What tells this content from any other."""
    return hashlib.sha256(content).hexdigest()[:40]


def is_json(content_type: str) -> bool:
    """Whether a document says that it is JSON."""
    return content_type.partition(";")[0].strip().lower() == JSON


def merged(before: bytes, before_type: str, sent: bytes, sent_type: str) -> bytes:
    """Two JSON objects as one: whole properties of the new one stand in for those of the old. Raises Malformed."""
    if not (is_json(before_type) and is_json(sent_type)):
        raise Malformed("only documents of the type application/json can be joined")
    return write_json({**object_in(before), **object_in(sent)}).encode()


def object_in(content: bytes) -> dict[str, Any]:
    """The JSON object in a document. Raises Malformed."""
    found = read_json(content, "the document")
    if not isinstance(found, dict):
        raise Malformed("the document must be a JSON object to be joined with another")
    return found


@dataclass(frozen=True)
class Seen:
    """What a sender says of the document that it has in view; `must_say` where it may not leave that open where there
    is one."""

    if_match: str | None = None
    if_none_match: str | None = None
    must_say: bool = False
    also_of_nothing: bool = False
    """Whether it must be said even where there is none: 1.0.3 asks for that."""


class Judgement(StrEnum):
    """Whether a document may be written."""

    FINE = "fine"
    OUTDATED = "outdated"
    UNSEEN = "unseen"
    """There is one, and the sender said nothing of it."""
    SILENT = "silent"
    """There is none, and the sender should have said that it expects none."""


def judge(etag: str | None, seen: Seen) -> Judgement:
    """`etag`: of what is there, None for nothing. Source: RFC 9110, 13.1, and xAPI 2.0.0, 4.1.4."""
    if seen.if_match is not None:
        is_it = etag is not None and ("*" in tags(seen.if_match) or etag in tags(seen.if_match))
        return Judgement.FINE if is_it else Judgement.OUTDATED
    if seen.if_none_match is not None:
        is_there = etag is not None and ("*" in tags(seen.if_none_match) or etag in tags(seen.if_none_match))
        return Judgement.OUTDATED if is_there else Judgement.FINE
    if etag is None:
        return Judgement.SILENT if seen.must_say and seen.also_of_nothing else Judgement.FINE
    return Judgement.UNSEEN if seen.must_say else Judgement.FINE


def tags(header: str) -> set[str]:
    """The entity tags of a header, without their quotes."""
    return {each.strip().removeprefix("W/").strip('"') for each in header.split(",")}
