"""Flask-Login, kept in this one module: it carries the sign-in token in the session cookie."""

from flask import Flask, current_app, g, session
from flask_login import LoginManager, UserMixin, current_user, login_user, logout_user

from app.access.actor import ANONYMOUS, Actor
from app.accounts import queries

manager = LoginManager()
manager.session_protection = None  # a phone changes its address all day


class SignedIn(UserMixin):  # type: ignore[misc] # the library has no types
    """What Flask-Login keeps: the token, never an account number."""

    def __init__(self, token: str, actor: Actor) -> None:
        self.token, self.actor = token, actor

    def get_id(self) -> str:
        return self.token


@manager.user_loader  # type: ignore[untyped-decorator] # the library has no types
def _load(token: str) -> SignedIn | None:
    actor = queries.actor_of(token, current_app.extensions["settings"].idle_minutes)
    return SignedIn(token, actor) if actor else None


def install(app: Flask) -> None:
    manager.init_app(app)


def load_actor() -> None:
    """Before each request: `g.actor` is whoever the cookie says, or nobody."""
    g.actor = current_user.actor if current_user.is_authenticated else ANONYMOUS


def remember(token: str) -> None:
    """Carry the token from now on; whatever the cookie held before is forgotten."""
    session.clear()
    login_user(SignedIn(token, ANONYMOUS))


def forget() -> None:
    """Carry no token any more."""
    logout_user()
    session.clear()
