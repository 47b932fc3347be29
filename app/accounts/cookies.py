"""Flask-Login, kept in this one module: it carries the sign-in token in the session cookie."""

from flask import Flask, abort, current_app, g, redirect, request, session, url_for
from flask_login import LoginManager, UserMixin, current_user, login_user, logout_user
from werkzeug.wrappers import Response

from app.access.actor import ANONYMOUS, Actor
from app.accounts import queries, storage
from app.accounts.rules import Step
from app.platform.config import settings
from app.platform.web import PUBLIC
from app.platform.web.programs import door

manager = LoginManager()
manager.session_protection = None  # a phone changes its address all day


class SignedIn(UserMixin):  # type: ignore[misc] # the library has no types
    """What Flask-Login keeps: the token, never an account number. `step` is what the account must still do."""

    def __init__(self, token: str, actor: Actor, step: Step | None = None) -> None:
        self.token, self.actor, self.step = token, actor, step

    def get_id(self) -> str:
        return self.token


@manager.user_loader  # type: ignore[untyped-decorator] # the library has no types
def _load(token: str) -> SignedIn | None:
    found = queries.actor_of(token, settings().idle_minutes, needs_factor=settings().needs_second_factor)
    return SignedIn(token, *found) if found else None


def install(app: Flask) -> None:
    manager.init_app(app)
    app.before_request(_lead)


def load_actor() -> None:
    """Before each request: `g.actor` is whoever the cookie says, or nobody."""
    g.actor = current_user.actor if current_user.is_authenticated else ANONYMOUS


def step() -> Step | None:
    """What whoever asks must still do before the pages of the account open."""
    return current_user.step if current_user.is_authenticated else None


_DOORS = {
    Step.GIVE: frozenset({"accounts.factor", "accounts.give_factor", "accounts.passkey_question"}),
    Step.SET_UP: frozenset(
        {
            "accounts.security",
            "accounts.start_totp",
            "accounts.add_totp",
            "accounts.passkey_offer",
            "accounts.add_passkey",
            "accounts.confirm",
            "accounts.give_password",
        }
    ),
}
_FIRST = {Step.GIVE: "accounts.factor", Step.SET_UP: "accounts.security"}


def _lead() -> Response | None:
    """Lead whoever has a step before him to it. Nothing else answers, but what is for everybody."""
    if door():
        return None
    before = step()
    view = current_app.view_functions.get(request.endpoint or "")
    if before is None or view is None or getattr(view, "may", PUBLIC) is PUBLIC or request.endpoint in _DOORS[before]:
        return None
    if request.method not in {"GET", "HEAD"} or request.headers.get("HX-Request"):
        abort(401)
    return to_step(before)


def to_step(before: Step) -> Response:
    """Lead to the page of a step, and from there back to the page that was asked for."""
    return redirect(url_for(_FIRST[before], next=request.full_path.rstrip("?")), code=303)


def remember(token: str) -> None:
    """Carry the token from now on; whatever the cookie held before is forgotten."""
    session.clear()
    storage.lock_kit()
    login_user(SignedIn(token, ANONYMOUS))


def forget() -> None:
    """Carry no token any more."""
    logout_user()
    session.clear()
    storage.lock_kit()
