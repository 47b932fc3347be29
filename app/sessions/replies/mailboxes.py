"""Where answers arrive: a folder on an IMAP server, or a maildir. A mail leaves only when it was handled.

Both list what waits, hand one mail out, and mark it afterwards. Whoever dies in between finds it again.
"""

import imaplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Protocol

from imap_tools import BaseMailBox, ImapToolsError, MailBox, MailBoxUnencrypted, MailMessageFlags

from app.platform.config import Settings
from app.sessions.replies.parts import MOST_BYTES

_SECONDS = 30


class MailboxError(Exception):
    """The mailbox cannot be read now."""


class Mailbox(Protocol):
    """What polling needs of a mailbox."""

    name: str

    def waiting(self, most: int) -> list[str]:
        """The keys of mails that nobody has handled, oldest first."""

    def fetch(self, key: str) -> bytes | None:
        """The mail, cut off where it is too large for any answer; None when it is gone."""

    def mark_done(self, key: str) -> None:
        """It was handled."""

    def quarantine(self, key: str) -> None:
        """It could not be handled: out of the way, and easy to find for a person."""


class Maildir:
    """A maildir: what is handled goes to `cur` as seen, what cannot be handled is flagged as well."""

    def __init__(self, path: Path) -> None:
        self.name, self._path = f"maildir:{path}", path

    def waiting(self, most: int) -> list[str]:
        new = [f"new/{each.name}" for each in self._files("new")]
        looked_at = [f"cur/{each.name}" for each in self._files("cur") if "S" not in each.name.partition(":2,")[2]]
        return sorted(new + looked_at, key=lambda key: key.partition("/")[2])[:most]

    def fetch(self, key: str) -> bytes | None:
        try:
            with (self._path / key).open("rb") as file:
                return file.read(MOST_BYTES + 1)
        except FileNotFoundError:
            return None

    def mark_done(self, key: str) -> None:
        self._to_cur(key, "S")

    def quarantine(self, key: str) -> None:
        self._to_cur(key, "FS")

    def _files(self, folder: str) -> list[Path]:
        return [each for each in (self._path / folder).iterdir() if each.is_file() and each.name[0] != "."]

    def _to_cur(self, key: str, flags: str) -> None:
        name = key.partition("/")[2].partition(":2,")[0]
        with suppress(FileNotFoundError):  # somebody else marked it meanwhile
            (self._path / key).rename(self._path / "cur" / f"{name}:2,{flags}")


class ImapFolder:
    """A folder of an IMAP server: what is handled is marked as read, what cannot be handled is flagged as well."""

    def __init__(self, name: str, box: BaseMailBox) -> None:
        self.name, self._box = name, box

    def waiting(self, most: int) -> list[str]:
        return sorted(self._box.uids("UNSEEN"), key=int)[:most]

    def fetch(self, key: str) -> bytes | None:
        kind, answer = self._box.client.uid("FETCH", key, f"(BODY.PEEK[]<0.{MOST_BYTES + 1}>)")
        if kind != "OK":
            raise MailboxError(f"FETCH answered {kind}")
        return next((bytes(part[1]) for part in answer if isinstance(part, tuple)), None)

    def mark_done(self, key: str) -> None:
        self._box.flag(key, MailMessageFlags.SEEN, True)

    def quarantine(self, key: str) -> None:
        self._box.flag(key, [MailMessageFlags.FLAGGED, MailMessageFlags.SEEN], True)


@contextmanager
def mailbox(settings: Settings) -> Iterator[Mailbox]:
    """The mailbox of the settings. Raises MailboxError, also for what goes wrong while it is used."""
    try:
        if settings.incoming_maildir:
            yield Maildir(Path(settings.incoming_maildir))
        else:
            with _signed_in(settings) as box:
                yield ImapFolder(name_of(settings), box)
    except (OSError, imaplib.IMAP4.error, ImapToolsError) as fault:
        raise MailboxError(f"{type(fault).__name__}: {fault}") from fault


def name_of(settings: Settings) -> str:
    """What the mailbox is called in messages; nothing where none is set."""
    if settings.incoming_maildir:
        return f"maildir:{settings.incoming_maildir}"
    return f"imap:{settings.imap_user}@{settings.imap_host}/{settings.imap_folder}" if settings.imap_host else ""


@contextmanager
def _signed_in(settings: Settings) -> Iterator[BaseMailBox]:
    """The line is closed whatever happens on it."""
    host, port, context = settings.imap_host, settings.imap_port, ssl.create_default_context()
    is_tls = settings.imap_security == "tls"
    box: BaseMailBox = (
        MailBox(host, port, timeout=_SECONDS, ssl_context=context)
        if is_tls
        else MailBoxUnencrypted(host, port, timeout=_SECONDS)
    )
    try:
        if settings.imap_security == "starttls":
            box.client.starttls(context)
        box.login(settings.imap_user, settings.imap_password, initial_folder=settings.imap_folder)
        yield box
    except BaseException:
        box.client.shutdown()
        raise
    box.logout()
