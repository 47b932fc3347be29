"""Builds the application from its settings."""

import gc
import logging
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import sqlalchemy as sa
from flask import Flask, g, request
from flask_babel import Babel
from werkzeug.middleware.proxy_fix import ProxyFix
from whitenoise import WhiteNoise

from app import wiring
from app.access import actor as actors
from app.platform import bus, config
from app.platform.config import Settings, SettingsError
from app.platform.db import db, engine
from app.platform.db.saying import saying
from app.platform.files import DiskStorage, Handouts, Uploads
from app.platform.i18n import languages, ngettext
from app.platform.i18n.speaking import gettext
from app.platform.web import compress, cross_site, errors, headers, requests, templates
from app.platform.web import logging as logs
from app.platform.web.application import Application

ROOT = Path(__file__).resolve().parents[1]
LARGEST_REQUEST = 25 * 1024 * 1024
GARBAGE = 20_000
"""After so many new objects the garbage collector looks for circles; a page makes and drops some thousand."""


def create_app(settings: Settings | None = None) -> Flask:
    """The application. Raises SettingsError with every reason when production settings are unsafe."""
    settings = settings or config.read(os.environ)
    refuse_unsafe(settings)
    app = Application("app", static_folder=None, root_path=str(ROOT / "app"))
    app.config.update(_flask_config(settings))
    app.extensions["settings"] = settings
    app.extensions["files"] = DiskStorage(_absolute(settings.data_dir) / "files")
    app.extensions["handouts"] = Handouts(_absolute(settings.data_dir) / "handouts")
    app.extensions["uploads"] = Uploads(_absolute(settings.data_dir) / "uploads")
    app.extensions["mail_transport"] = wiring.mail_transport(settings)
    _database(app)
    bus.connect(wiring.ON)
    _web(app, settings)
    for group in wiring.CLI:
        app.cli.add_command(saying(group) if isinstance(group, click.Group) else group)
    return app


def refuse_unsafe(settings: Settings) -> None:
    """Production starts with safe settings or not at all."""
    if not settings.is_production:
        return
    reasons = config.unsafe(settings)
    if os.environ.get("FLASK_DEBUG", "0") not in {"", "0"}:
        reasons.append("FLASK_DEBUG must not be set.")
    if settings.database_url.startswith("sqlite") and not engine.sqlite_is_safe():
        reasons.append("This SQLite is older than 3.51.3 and can damage the database; install the pysqlite3 package.")
    if reasons:
        raise SettingsError(*reasons)


def _flask_config(settings: Settings) -> dict[str, object]:
    url = sa.make_url(settings.database_url)
    if url.get_backend_name() == "sqlite" and url.database and url.database != ":memory:":
        url = url.set(database=str(_absolute(Path(url.database))))
    return {
        "SECRET_KEY": settings.secret_key or "development only, refused in production",
        "SECRET_KEY_FALLBACKS": list(settings.old_secret_keys),
        "SQLALCHEMY_DATABASE_URI": url,
        "SQLALCHEMY_ENGINE_OPTIONS": engine.engine_options(url),
        "SESSION_COOKIE_NAME": "__Host-seamwise" if settings.base_url.startswith("https://") else "seamwise",
        "SESSION_COOKIE_SECURE": settings.base_url.startswith("https://"),
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "MAX_CONTENT_LENGTH": LARGEST_REQUEST,
        "MAX_FORM_MEMORY_SIZE": 1024 * 1024,
        "MAX_FORM_PARTS": 2000,
        "TRUSTED_HOSTS": list(settings.trusted_hosts) or None,
        "PREFERRED_URL_SCHEME": settings.base_url.partition(":")[0],
    }


def _absolute(path: Path) -> Path:
    return path if path.is_absolute() else ROOT / path


def _database(app: Flask) -> None:
    db.init_app(app)
    with app.app_context():
        engine.prepare(db.engine)


def _web(app: Application, settings: Settings) -> None:
    Babel(
        app,
        locale_selector=_language,
        default_translation_directories=str(ROOT / "app" / "platform" / "i18n" / "translations"),
    )
    app.jinja_env.install_gettext_callables(gettext, ngettext, newstyle=True)  # type: ignore[attr-defined]
    app.jinja_env.globals["ngettext"] = ngettext
    templates.install(app, wiring.ROOMS, _absolute(settings.templates_dir))
    requests.install(app)
    app.before_request(wiring.load_actor)
    app.before_request(cross_site.refuse_cross_site)
    wiring.install(app)
    for blueprint in wiring.BLUEPRINTS:
        app.register_blueprint(blueprint)
    app.context_processor(wiring.page_frame)
    errors.install(app)
    headers.install(app, secure=settings.base_url.startswith("https://"))
    compress.install(app)
    _middleware(app, settings)


def _middleware(app: Flask, settings: Settings) -> None:
    folder, proxies = _absolute(settings.assets_dir), settings.proxy_count
    static = WhiteNoise(app.wsgi_app, root=folder, prefix="assets/", immutable_file_test=_has_hash)
    trusted = ProxyFix(static, x_for=proxies, x_proto=proxies, x_host=proxies)
    app.wsgi_app = trusted  # type: ignore[method-assign] # how Flask takes middleware


def _has_hash(_path: str, _url: str) -> bool:
    """Every built asset carries the hash of its content in its name."""
    return True


def _language() -> str:
    """The reader's language: chosen on this device, else the account's, else what the browser asks for."""
    if not request:
        return languages.SITE_LANGUAGES[0]
    actor = g.get("actor") or actors.ANONYMOUS
    return languages.best(_wanted(actor))


def _wanted(actor: actors.Actor) -> Iterator[str | None]:
    yield request.cookies.get("language")
    yield actor.language
    yield request.accept_languages.best_match(languages.SITE_LANGUAGES)


def main() -> Flask:
    """The application as a server sees it: settings from the environment, reasons printed when it must not start."""
    logs.configure()
    try:
        app = create_app()
    except SettingsError as refusal:
        logging.getLogger("app.boot").debug("refused to start")
        print("Seamwise does not start:", *[f"- {reason}" for reason in refusal.args], sep="\n", file=sys.stderr)
        raise SystemExit(2) from None
    spare_the_collector()
    return app


def spare_the_collector() -> None:
    """What is there now stays until the end: the garbage collector need not look at it again and again. It cost a
    request more than its queries.
    """
    gc.freeze()
    gc.set_threshold(GARBAGE)
