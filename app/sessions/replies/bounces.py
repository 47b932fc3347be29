"""Mails that say that a mail of ours did not arrive (RFC 3464, and those that only say so in words)."""

import re
from collections.abc import Sequence

from app.sessions.replies.headers import Headers, headers_of, sender_of
from app.sessions.replies.parts import Part
from app.sessions.replies.rules import Delivery

_DAEMONS = ("mailer-daemon@", "mail-daemon@", "mailerdaemon@")
_FAILED = re.compile(
    r"undeliver|returned mail|return(ed)? to sender|delivery (status|failure|has failed|problem|report|incomplete)|"
    r"failure notice|mail delivery (failed|system|error)|(could|can)( ?not|'t) be delivered|unzustellbar|"
    r"non remis|no se puede entregar|не доставлено",
    re.IGNORECASE,
)
_FIELD = re.compile(
    rb"(?im)^(final-recipient|original-recipient|action|status)[ \t]*:[ \t]*([^\r\n]{0,500})"
)
_MESSAGE_ID = re.compile(rb"(?im)^message-id[ \t]*:\s{0,4}(<[^<>\s]{1,200}>)")
_CODE = re.compile(r"\b([245]\.\d{1,3}\.\d{1,3})\b")
_ADDRESS = re.compile(r"<?([A-Za-z0-9._%+=-]{1,64}@[A-Za-z0-9.-]{1,180}[A-Za-z0-9])>?")
_READ_AT_MOST = 64 * 1024


def delivery_of(parts: Sequence[Part]) -> Delivery | None:
    """What the report says, or None when the mail is no report of a delivery."""
    reports = [part for part in parts if not part.is_inner and part.kind.endswith("delivery-status")]
    return _reported(reports, parts) if reports or _is_report(parts[0]) else None


def worded_delivery_of(parts: Sequence[Part]) -> Delivery | None:
    """What a mail server says in words alone, or None when the mail is not from one."""
    return _told_in_words(parts) if _is_from_daemon(parts[0].headers) else None


def _is_report(root: Part) -> bool:
    return root.kind == "multipart/report" and root.parameters.get("report-type", "").lower() in {
        "delivery-status", "",
    }  # fmt: skip


def _is_from_daemon(headers: Headers) -> bool:
    sender = sender_of(headers) or headers.get("from").lower()
    if headers.get("x-failed-recipients") or any(daemon in sender for daemon in _DAEMONS):
        return True
    is_from_nobody = headers.get("return-path").replace(" ", "") == "<>" or "postmaster@" in sender
    return is_from_nobody and bool(_FAILED.search(headers.get("subject")))


def _reported(reports: Sequence[Part], parts: Sequence[Part]) -> Delivery:
    """The first recipient that failed, else the first; we write to one at a time."""
    found: list[dict[str, str]] = []
    for part in reports:
        for block in re.split(rb"\r?\n[ \t]*\r?\n", part.content()[:_READ_AT_MOST])[:50]:
            values = {m[1].decode().lower(): m[2].decode("utf-8", "replace").strip() for m in _FIELD.finditer(block)}
            if values.keys() & {"final-recipient", "original-recipient"}:
                found.append(values)
    if not found:
        return _told_in_words(parts)
    chosen = next((each for each in found if each.get("action", "").lower() == "failed"), found[0])
    address = chosen.get("final-recipient") or chosen.get("original-recipient", "")
    status = _CODE.search(chosen.get("status", ""))
    return Delivery(
        _plain(address.rpartition(";")[2]), chosen.get("action", "").lower().partition(" ")[0][:20],
        status[1] if status else "", _original(parts),
    )  # fmt: skip


def _told_in_words(parts: Sequence[Part]) -> Delivery:
    headers = parts[0].headers
    texts = [part.text()[:_READ_AT_MOST] for part in parts if not part.is_inner and part.kind == "text/plain"][:5]
    said = "\n".join(texts)
    status, address = _CODE.search(said), _ADDRESS.search(headers.get("x-failed-recipients")) or _ADDRESS.search(said)
    return Delivery(_plain(address[1]) if address else "", "failed", status[1] if status else "", _original(parts))


def _plain(address: str) -> str:
    return address.strip().strip("<>").lower()[:254]


def _original(parts: Sequence[Part]) -> str:
    """The Message-ID of the mail that came back: in the copy of it, in its headings, or anywhere in the text."""
    for part in parts:
        if part.is_inner and part.headers.get("message-id"):
            return part.headers.get("message-id")[:250]
    for part in parts:
        if part.kind in {"text/rfc822-headers", "message/rfc822-headers", "text/plain"} and not part.is_inner:
            content = part.content()[:_READ_AT_MOST]
            if found := _MESSAGE_ID.search(content):
                return found[1].decode("ascii", "replace")
            if "headers" in part.kind and (named := headers_of(content).get("message-id")):
                return named[:250]
    return (parts[0].headers.get("in-reply-to") or parts[0].headers.get("references").split(" ")[-1])[:250]
