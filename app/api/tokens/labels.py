"""Words of tokens."""

from typing import Any

from app.api.tokens.rules import TokenScope
from app.platform.i18n import lazy

SCOPES: dict[TokenScope, Any] = {
    TokenScope.FACTORIES_READ: lazy("Read factories"),
    TokenScope.PEOPLE_READ: lazy("Read people with their names, without telephone and e-mail"),
    TokenScope.SESSIONS_READ: lazy("Read training sessions"),
    TokenScope.COMPLETIONS_READ: lazy("Read who completed which course"),
    TokenScope.CERTIFICATES_READ: lazy("Read certificates"),
    TokenScope.COVERAGE_READ: lazy("Read training coverage"),
    TokenScope.INDICATORS_READ: lazy("Read indicators"),
    TokenScope.STATEMENTS_READ: lazy("Read learning statements (xAPI)"),
    TokenScope.STATEMENTS_WRITE: lazy("Write learning statements (xAPI)"),
}
