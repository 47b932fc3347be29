"""Tokens of programs."""

from dataclasses import dataclass
from datetime import timedelta
from secrets import token_hex

from app.accounts.models import Account
from app.api.tokens import operations
from app.api.tokens.models import ApiToken
from app.api.tokens.rules import TokenScope
from app.platform.clock import now
from tests.make import accounts


@dataclass
class Token:
    """A token, and the text of it."""

    row: ApiToken
    text: str

    @property
    def header(self) -> dict[str, str]:
        """What a program sends."""
        return {"Authorization": f"Bearer {self.text}"}


def token(owner: Account, *scopes: TokenScope, name: str = "Dashboard", days: int = 30, **narrowed: object) -> Token:
    """A live token of an account, which may do all that these scopes say."""
    wanted = operations.Wanted(
        sent_id=token_hex(16), name=name, scopes=scopes, last_day=now().date() + timedelta(days=days), **narrowed  # type: ignore[arg-type]
    )
    made = operations.create(accounts.actor(owner), wanted)
    return Token(made.token, made.text)
