"""The small values that statements are made of: addresses, languages, ids, moments, durations."""

import re
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from app.api.xapi.rules.problems import Malformed, want

IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:[^\s<>\"{}|\\^`\x00-\x20]+")
_MAILBOX = re.compile(r"mailto:[^@\s:]+@[^@\s]+")
_SHA1 = re.compile(r"[0-9a-fA-F]{40}")
_UUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_LANGUAGE = re.compile(
    r"(?:[A-Za-z]{2,3}(?:-[A-Za-z]{3}){0,3}|[A-Za-z]{4,8})"  # language, extended
    r"(?:-[A-Za-z]{4})?(?:-(?:[A-Za-z]{2}|[0-9]{3}))?"  # script, region
    r"(?:-(?:[A-Za-z0-9]{5,8}|[0-9][A-Za-z0-9]{3}))*"  # variants
    r"(?:-[A-WY-Za-wy-z0-9](?:-[A-Za-z0-9]{2,8})+)*(?:-x(?:-[A-Za-z0-9]{1,8})+)?"
    r"|x(?:-[A-Za-z0-9]{1,8})+|i-[A-Za-z]+"
)
_MEDIA_TYPE = re.compile(r"[A-Za-z0-9!#$&^_.+\-]+/[A-Za-z0-9!#$&^_.+\-]+([ \t]*;[ -~\t]*)?")
_MOMENT = re.compile(
    r"(?P<day>\d{4}-\d\d-\d\d)[Tt ](?P<time>\d\d:\d\d:\d\d)(?:[.,](?P<part>\d+))?(?P<zone>[Zz]|[+-]\d\d(?::?\d\d)?)?"
)
_DURATION = re.compile(
    r"P(?:\d+(?:[.,]\d+)?W"
    r"|(?=[\dT])(?:\d+(?:[.,]\d+)?Y)?(?:\d+(?:[.,]\d+)?M)?(?:\d+(?:[.,]\d+)?D)?"
    r"(?:T(?=\d)(?:\d+(?:[.,]\d+)?H)?(?:\d+(?:[.,]\d+)?M)?(?:\d+(?:[.,]\d+)?S)?)?)",
    re.ASCII,
)
_FINE_SECONDS = re.compile(r"([.,]\d\d)\d+S$")


def check_object(value: Any, where: str, allowed: Iterable[str] | None = None) -> None:
    """An object with no property but those allowed."""
    want(isinstance(value, dict), where, "must be an object")
    if allowed is not None and (strange := value.keys() - allowed):
        raise Malformed(f"{where} has an unknown property {min(strange)!r}")


def check_text(value: Any, where: str) -> None:
    """A string."""
    want(isinstance(value, str), where, "must be a string")


def check_iri(value: Any, where: str) -> None:
    """An absolute IRI."""
    want(isinstance(value, str) and IRI.fullmatch(value) is not None, where, "must be an absolute IRI")


def check_mailbox(value: Any, where: str) -> None:
    """A mail address as IRI."""
    want(isinstance(value, str) and _MAILBOX.fullmatch(value) is not None, where, "must be a mailto: address")


def check_sha1(value: Any, where: str) -> None:
    """A SHA-1 in hexadecimal."""
    want(isinstance(value, str) and _SHA1.fullmatch(value) is not None, where, "must be a SHA-1 in hexadecimal")


def check_uuid(value: Any, where: str) -> None:
    """A UUID in its usual form."""
    want(isinstance(value, str) and _UUID.fullmatch(value) is not None, where, "must be a UUID")


def check_language(value: Any, where: str) -> None:
    """A language tag (RFC 5646)."""
    want(isinstance(value, str) and _LANGUAGE.fullmatch(value) is not None, where, "must be a language (RFC 5646)")


def check_language_map(value: Any, where: str) -> None:
    """Texts by language."""
    check_object(value, where)
    for language, text in value.items():
        check_language(language, where)
        check_text(text, where)


def check_media_type(value: Any, where: str) -> None:
    """A media type, with its parameters."""
    want(isinstance(value, str) and _MEDIA_TYPE.fullmatch(value) is not None, where, "must be a media type")


def check_extensions(value: Any, where: str) -> None:
    """Anything, under names that are IRIs."""
    check_object(value, where)
    for name in value:
        check_iri(name, where)


def check_bool(value: Any, where: str) -> None:
    """True or false."""
    want(isinstance(value, bool), where, "must be true or false")


def is_number(value: Any) -> bool:
    """A JSON number; true and false are none."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def check_moment(value: Any, where: str) -> None:
    """A timestamp; see `moment`."""
    moment(value, where)


def moment(value: Any, where: str) -> datetime:
    """A timestamp as a moment; one without an offset is UTC. Finer than a microsecond is left off."""
    found = _MOMENT.fullmatch(value) if isinstance(value, str) else None
    if found is None:
        raise Malformed(f"{where} must be a timestamp (RFC 3339)")
    zone = (found["zone"] or "Z").upper()
    want(zone.replace(":", "") not in {"-00", "-0000"}, where, "must not have the offset -00:00")
    part = (found["part"] or "0")[:6].ljust(6, "0")
    try:
        read = datetime.fromisoformat(f"{found['day']}T{found['time']}.{part}{'+00:00' if zone == 'Z' else zone}")
        return read.astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise Malformed(f"{where} is no moment of any calendar") from error


def check_duration(value: Any, where: str) -> None:
    """A duration (ISO 8601)."""
    want(isinstance(value, str) and _DURATION.fullmatch(value) is not None, where, "must be a duration (ISO 8601)")


def coarse(duration: str) -> str:
    """A duration as durations are compared: to the hundredth of a second."""
    return _FINE_SECONDS.sub(r"\1S", duration)


def written(at: datetime) -> str:
    """A moment as statements write it."""
    return at.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def check_no_nulls(value: Any, where: str) -> None:
    """Outside of extensions nothing is null."""
    if value is None:
        raise Malformed(f"{where} must not be null")
    if isinstance(value, dict):
        for name, each in value.items():
            if name != "extensions":
                check_no_nulls(each, name)
    elif isinstance(value, list):
        for each in value:
            check_no_nulls(each, where)


def check_optional(thing: Mapping[str, Any], checks: Mapping[str, Any], where: str) -> None:
    """Each property that is there, by its check."""
    for name, check in checks.items():
        if name in thing:
            check(thing[name], f"{where}.{name}")
