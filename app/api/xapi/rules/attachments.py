"""What comes with a statement: files by their hash, or by their address."""

import hashlib
import re
from typing import Any

from app.api.xapi.rules import values
from app.api.xapi.rules.problems import Malformed, want

SIGNATURE = "http://adlnet.gov/expapi/attachments/signature"
SIGNATURE_TYPE = "application/octet-stream"
_NAMES = ("usageType", "display", "description", "contentType", "length", "sha2", "fileUrl")
_SHA2 = re.compile(r"[0-9a-fA-F]{56,128}")


def check_attachments(value: Any, where: str) -> None:
    """A list of files."""
    want(isinstance(value, list), where, "must be a list")
    for each in value:
        values.check_object(each, where, _NAMES)
        values.check_iri(each.get("usageType"), f"{where}.usageType")
        values.check_language_map(each.get("display"), f"{where}.display")
        values.check_media_type(each.get("contentType"), f"{where}.contentType")
        length = each.get("length")
        want(isinstance(length, int) and not isinstance(length, bool), f"{where}.length", "must be a whole number")
        checks = {"description": values.check_language_map, "fileUrl": values.check_iri}
        values.check_optional(each, checks, where)
        sha2 = each.get("sha2")
        is_hash = isinstance(sha2, str) and _SHA2.fullmatch(sha2) is not None
        want(is_hash, f"{where}.sha2", "must be a SHA-2 in hexadecimal")


def check_sent(statements: list[dict[str, Any]], hashes: set[str]) -> None:
    """Every file without an address came along, and nothing came that no statement names."""
    named, needed = set(), set()
    for statement in statements:
        for each in statement_attachments(statement):
            named.add(each["sha2"].lower())
            if "fileUrl" not in each:
                needed.add(each["sha2"].lower())
    if missing := needed - hashes:
        raise Malformed(f"the file of an attachment did not come along: {min(missing)}")
    if strange := hashes - named:
        raise Malformed(f"a part belongs to no attachment: {min(strange)}")


def statement_attachments(statement: dict[str, Any]) -> list[dict[str, Any]]:
    """Those of a statement and of the one inside."""
    inner = statement["object"] if statement["object"].get("objectType") == "SubStatement" else {}
    return [*statement.get("attachments", ()), *inner.get("attachments", ())]


def hashes(statement: dict[str, Any]) -> set[str]:
    """Of all its files, in small letters."""
    return {each["sha2"].lower() for each in statement_attachments(statement)}


def is_hash_of(sha2: str, content: bytes) -> bool:
    """Whether this is one of the SHA-2 hashes of these bytes, by its length."""
    algorithm = {56: hashlib.sha224, 64: hashlib.sha256, 96: hashlib.sha384, 128: hashlib.sha512}.get(len(sha2))
    return algorithm is not None and algorithm(content).hexdigest() == sha2.lower()
