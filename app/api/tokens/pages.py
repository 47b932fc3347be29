"""Contexts of the pages of tokens."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from app.api.tokens.forms import TokenForm
from app.api.tokens.models import ApiToken
from app.api.tokens.queries import Listed
from app.platform.web import Page


@dataclass(frozen=True)
class TokensPage(Page):
    """The tokens that the reader may end."""

    template: ClassVar[str] = "api/tokens/tokens.html"
    tokens: Sequence[Listed]
    scopes: Mapping[str, Any]


@dataclass(frozen=True)
class NewTokenPage(Page):
    """The form of one more."""

    template: ClassVar[str] = "api/tokens/new_token.html"
    form: TokenForm


@dataclass(frozen=True)
class MadeTokenPage(Page):
    """A new token, told once."""

    template: ClassVar[str] = "api/tokens/made_token.html"
    token: ApiToken
    text: str
