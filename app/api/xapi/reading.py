"""The statements that come with a call, checked before anything is asked of the database."""

from typing import Any

from app.api.xapi.calls import Call
from app.api.xapi.operations import Sent
from app.api.xapi.rules import attachments, multipart, signatures, statements, values
from app.api.xapi.rules.problems import Malformed, want
from app.api.xapi.rules.reading import read_json
from app.api.xapi.rules.versions import Version

MOST = 1000
"""Statements in one call."""


def sent_with(asked: Call) -> Sent:
    """The statements of a call and the files that came along. Raises Malformed."""
    kind = asked.content_type.partition(";")[0].strip().lower()
    files: dict[str, tuple[str, bytes]] = {}
    if kind == "multipart/mixed":
        first, *others = multipart.parts_of(asked.body, asked.content_type)
        is_json = first.headers.get("content-type", "").partition(";")[0].strip().lower() == "application/json"
        want(is_json, "the first part", "must be the statements, in application/json")
        body = first.body
        files = _files(others)
    elif kind == "application/json":
        body = asked.body
    else:
        raise Malformed("statements come as application/json or multipart/mixed")
    sent = read_json(body)
    want(not isinstance(sent, list) or len(sent) <= MOST, "the body", f"may hold {MOST} statements at most")
    batch = statements.checked_batch(sent, is_new=asked.version is Version.NEW)
    attachments.check_sent(batch, set(files))
    _check_signatures(batch, files)
    return Sent(batch, asked.version, files)


def _files(parts: list[multipart.Part]) -> dict[str, tuple[str, bytes]]:
    files = {}
    for part in parts:
        is_binary = part.headers.get("content-transfer-encoding", "").lower() == "binary"
        want(is_binary, "a part", "must have the Content-Transfer-Encoding binary")
        sha2 = part.headers.get("x-experience-api-hash", "").lower()
        want(bool(sha2), "a part", "must have an X-Experience-API-Hash")
        want(attachments.is_hash_of(sha2, part.body), "X-Experience-API-Hash", "is not the hash of its part")
        kind = part.headers.get("content-type", "application/octet-stream")
        values.check_media_type(kind, "the Content-Type of a part")
        files[sha2] = (kind, part.body)
    return files


def _check_signatures(batch: list[dict[str, Any]], files: dict[str, tuple[str, bytes]]) -> None:
    contents = {sha2: content for sha2, (_kind, content) in files.items()}
    for statement in batch:
        signatures.check_signatures(statement, contents)
