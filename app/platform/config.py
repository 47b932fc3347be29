"""Settings are data: a name, a type, a default and a sentence. They are read once and never change."""

import dataclasses
from collections.abc import Mapping
from dataclasses import MISSING, dataclass, field, fields
from pathlib import Path
from typing import Any, get_type_hints

from flask import current_app

PREFIX = "SEAMWISE_"
ENVIRONMENTS = ("production", "development", "test")


class SettingsError(Exception):
    """The settings cannot be used; each argument is one sentence that says which and why."""


def _setting(default: Any, help_: str) -> Any:
    return field(default=default, metadata={"help": help_})


@dataclass(frozen=True, kw_only=True)
class Settings:
    """All settings. In the environment each is `SEAMWISE_` and the name in capitals; lists are separated by commas."""

    env: str = _setting("production", "production, development or test; production refuses to start when unsafe.")
    secret_key: str = _setting("", "At least 32 random characters; signs cookies and one-time links.")
    old_secret_keys: tuple[str, ...] = _setting((), "Former secret keys that are still accepted, newest first.")
    database_url: str = _setting("sqlite:///var/seamwise.db", "sqlite:///file or postgresql+psycopg://address.")
    data_dir: Path = _setting(Path("var"), "Folder for stored files; must be on a disk that is backed up.")
    base_url: str = _setting("http://localhost:8000", "Address of the site, without a final slash.")
    trusted_hosts: tuple[str, ...] = _setting((), "Host names that requests may carry.")
    proxy_count: int = _setting(0, "Number of reverse proxies in front; so many forwarded headers are read.")
    mail_transport: str = _setting("smtp", "smtp, or outbox: keep each mail on the outbox page and send none.")
    mail_sender: str = _setting("training@localhost", "Address that mails come from and that calendars answer to.")
    mail_sender_name: str = _setting("Seamwise", "Name beside the sending address.")
    smtp_host: str = _setting("localhost", "Mail server.")
    smtp_port: int = _setting(25, "Port of the mail server.")
    smtp_security: str = _setting("starttls", "plain, starttls or tls.")
    smtp_user: str = _setting("", "Name at the mail server, when it wants one.")
    smtp_password: str = _setting("", "Password at the mail server.")
    imap_host: str = _setting("", "Server of the mailbox to which calendars answer; left empty none is read by IMAP.")
    imap_port: int = _setting(993, "Port of that server.")
    imap_security: str = _setting("tls", "plain, starttls or tls.")
    imap_user: str = _setting("", "Name at that server.")
    imap_password: str = _setting("", "Password at that server.")
    imap_folder: str = _setting("INBOX", "Folder whose unread mails are read and then marked; nobody else reads it.")
    incoming_maildir: str = _setting("", "Maildir into which a mail server on this machine puts what is answered.")
    jitsi_url: str = _setting("", "Address of a Jitsi server with signed tokens; left empty there is none.")
    jitsi_app_id: str = _setting("", "Name of the application by which the Jitsi server knows this site.")
    jitsi_secret: str = _setting("", "Secret shared with the Jitsi server, at least 32 characters (HS256).")
    jitsi_key_file: str = _setting("", "File with a private key in PEM that signs instead of the secret (RS256).")
    jitsi_key_id: str = _setting("", "Name of that key, when the Jitsi server wants one.")
    jitsi_subject: str = _setting("", "Domain or tenant that tokens are for; left empty, the host of the address.")
    jitsi_audience: str = _setting("", "Audience of tokens; left empty, the name of the application.")
    bbb_url: str = _setting("", "API address of a BigBlueButton server, such as https://host/bigbluebutton/api.")
    bbb_secret: str = _setting("", "Secret shared with the BigBlueButton server.")
    idle_minutes: int = _setting(30, "A signed-in staff account is signed out after so many idle minutes.")
    sign_in_hours: int = _setting(12, "No sign-in lasts longer than this.")
    second_factor: str = _setting(
        "", "required or optional for staff roles; left empty it is required in production and optional elsewhere."
    )
    keep_answers_months: int = _setting(24, "Answers of quizzes are deleted after so many months; points stay.")
    keep_records_months: int = _setting(
        60, "Attendance and certificates name a person for so many months after their validity."
    )
    keep_contacts_months: int = _setting(6, "Telephone and e-mail of people who left are deleted after so many months.")
    keep_evidence_months: int = _setting(
        24, "Files that were handed in, and the text of mails, are deleted after so many months."
    )
    webhook_hosts: tuple[str, ...] = _setting(
        (), "Receivers of webhooks in the own network, as host:port; all others must be on the public internet."
    )
    job_lease_seconds: int = _setting(60, "A job whose worker died is taken up by another after this time.")
    certificate_keys_dir: Path = _setting(
        Path("var/keys"), "Folder with the private keys of certificates; only the worker needs to read it."
    )
    certificate_timestamp_url: str = _setting(
        "", "Address of a time-stamping service (RFC 3161) for certificates; left empty there are no time stamps."
    )
    certificate_timestamp_roots: str = _setting("", "File in PEM with the root certificates of that service.")
    organisation: str = _setting("Seamwise", "Name of the organisation that signs certificates.")
    fonts_dir: Path = _setting(Path("build/fonts"), "Folder with the certificate fonts that set-up prepares.")
    assets_dir: Path = _setting(Path("build/assets"), "Folder with the assets that set-up prepares.")
    templates_dir: Path = _setting(
        Path("build/templates"), "Folder in which compiled templates are kept; nobody else may write in it."
    )

    @property
    def is_production(self) -> bool:
        return self.env == "production"

    @property
    def needs_second_factor(self) -> bool:
        """Whether staff roles are worth nothing before a second factor was given."""
        return (self.second_factor or ("required" if self.is_production else "optional")) != "optional"


def read(environ: Mapping[str, str]) -> Settings:
    """Read settings from environment variables. Raises SettingsError naming every unknown or unreadable one."""
    hints = get_type_hints(Settings)
    known = {PREFIX + f.name.upper(): f.name for f in fields(Settings)}
    given = {name: value for name, value in environ.items() if name.startswith(PREFIX) and name not in OWN_VARIABLES}
    problems = [f"{name} is not a setting of Seamwise." for name in given if name not in known]
    values: dict[str, Any] = {}
    for name, text in given.items():
        if name in known:
            try:
                values[known[name]] = _parse(text, hints[known[name]])
            except ValueError:
                problems.append(f"{name} cannot be read: {text!r} is not a {hints[known[name]].__name__}.")
    if problems:
        raise SettingsError(*problems)
    return Settings(**values)


# Read by tests and by the command file, not by the product.
OWN_VARIABLES = {PREFIX + "STOP_AT", PREFIX + "LONG", PREFIX + "SAMPLES"}


def _parse(text: str, kind: Any) -> Any:
    if kind is int:
        return int(text)
    if kind is Path:
        return Path(text)
    if kind is str:
        return text
    return tuple(part.strip() for part in text.split(",") if part.strip())


def unsafe(settings: Settings) -> list[str]:
    """Every reason why these settings must not serve real people, one sentence each."""
    checks = (
        (settings.env not in ENVIRONMENTS, f"SEAMWISE_ENV must be one of {', '.join(ENVIRONMENTS)}."),
        (_is_weak(settings.secret_key), "SEAMWISE_SECRET_KEY must be at least 32 random characters."),
        (any(map(_is_weak, settings.old_secret_keys)), "SEAMWISE_OLD_SECRET_KEYS holds a weak key."),
        (not settings.trusted_hosts, "SEAMWISE_TRUSTED_HOSTS must name the host of the site."),
        ("*" in settings.trusted_hosts, "SEAMWISE_TRUSTED_HOSTS must not hold a wildcard."),
        (not settings.base_url.startswith("https://"), "SEAMWISE_BASE_URL must begin with https://."),
        (settings.mail_transport != "smtp", "SEAMWISE_MAIL_TRANSPORT must be smtp: an outbox sends nothing."),
        (
            settings.smtp_security == "plain" and settings.smtp_host not in {"localhost", "127.0.0.1", "::1"},
            "SEAMWISE_SMTP_SECURITY must be starttls or tls for a mail server on another machine.",
        ),
        (
            settings.imap_security == "plain" and settings.imap_host not in {"", "localhost", "127.0.0.1", "::1"},
            "SEAMWISE_IMAP_SECURITY must be starttls or tls for a mailbox on another machine.",
        ),
        (
            settings.second_factor not in {"", "required", "optional"},
            "SEAMWISE_SECOND_FACTOR must be required or optional.",
        ),
        (settings.mail_sender.endswith("@localhost"), "SEAMWISE_MAIL_SENDER must be an address that receives answers."),
        *_unsafe_links(settings),
    )
    return [sentence for failed, sentence in checks if failed]


def _unsafe_links(settings: Settings) -> tuple[tuple[bool, str], ...]:
    jitsi, bbb = bool(settings.jitsi_url), bool(settings.bbb_url)
    return (
        (jitsi and not settings.jitsi_url.startswith("https://"), "SEAMWISE_JITSI_URL must begin with https://."),
        (jitsi and not settings.jitsi_app_id, "SEAMWISE_JITSI_APP_ID must be set beside SEAMWISE_JITSI_URL."),
        (
            jitsi and not settings.jitsi_key_file and _is_weak(settings.jitsi_secret),
            "SEAMWISE_JITSI_SECRET must be at least 32 random characters, or SEAMWISE_JITSI_KEY_FILE name a key.",
        ),
        (bbb and not settings.bbb_url.startswith("https://"), "SEAMWISE_BBB_URL must begin with https://."),
        (bbb and _is_weak(settings.bbb_secret), "SEAMWISE_BBB_SECRET must be at least 32 random characters."),
    )


def _is_weak(key: str) -> bool:
    return len(key) < 32 or len(set(key)) < 10


def settings() -> Settings:
    """What the running site was started with."""
    found: Settings = current_app.extensions["settings"]
    return found


def documented() -> list[tuple[str, str, str]]:
    """Environment name, default and meaning of every setting, for the documentation and its test."""
    return [
        (PREFIX + f.name.upper(), "" if f.default is MISSING else str(f.default), f.metadata["help"])
        for f in dataclasses.fields(Settings)
    ]
