"""`flask accounts`: the first administrator."""

import click
from flask.cli import AppGroup

from app.access.actor import SYSTEM, Grant
from app.access.roles import Role
from app.accounts import operations
from app.platform.db import transaction
from app.platform.refusal import Refused

accounts = AppGroup("accounts", help="Accounts of staff and focal points.")


@accounts.command("create-admin")
@click.option("--email", prompt=True, help="Address to sign in with.")
@click.option("--name", prompt=True, help="Name that others see.")
@click.password_option(help="At least 12 characters; asked for when left out.")
def create_admin(email: str, name: str, password: str) -> None:
    """Make an administrator of the whole site."""
    try:
        with transaction():
            operations.create_account(
                SYSTEM, email=email, name=name, language="en", password=password, grants=[Grant(Role.ADMINISTRATOR)]
            )
    except Refused as refusal:
        raise click.ClickException(str(refusal)) from None
    click.echo(f"{email} can sign in now.")
