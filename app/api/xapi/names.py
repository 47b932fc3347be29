"""How things of ours are called in statements."""

from typing import Any

from flask import current_app


def home() -> str:
    """The address under which accounts of people are names of ours."""
    address: str = current_app.extensions["settings"].base_url
    return address


def authority_of(token_id: int | None) -> dict[str, Any]:
    """Who answers for a statement: a token, or this system itself. A number, so that it names nobody."""
    name = "seamwise" if token_id is None else f"token-{token_id}"
    return {"objectType": "Agent", "account": {"homePage": f"{home()}/xapi", "name": name}}


def person(name: str) -> dict[str, Any]:
    """A person, by the name under which other systems know her."""
    return {"objectType": "Agent", "account": {"homePage": home(), "name": name}}
