"""Files that a command is given."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from app.platform.tables import Limits

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


def checking(command: Callable[..., None]) -> Callable[..., None]:
    """What every command that checks a file is given: `file`, `choices` and `wants_json`."""
    wants_json = click.option("--json", "wants_json", is_flag=True, help="JSON alone on standard output.")
    choices = click.option(
        "--choices", type=FILE, help="JSON of what a person chose; what it leaves out is proposed.")
    return click.argument("file", type=FILE)(choices(wants_json(command)))


@contextmanager
def reading_choices(option: str = "--choices") -> Iterator[None]:
    """A choice of the wrong shape is said of the option."""
    try:
        yield
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint=option) from None


def data_of(path: Path) -> bytes:
    """The file, or as much of it as shows that it is larger than any list: it is refused without filling the memory."""
    with path.open("rb") as file:
        return file.read(Limits().unpacked_bytes + 1)


def json_of(path: Path | None, option: str) -> Any:
    """What a file of JSON says; None for no file. Raises BadParameter for what is not JSON."""
    try:
        return json.loads(data_of(path).decode("utf-8-sig")) if path else None
    except (ValueError, RecursionError):
        raise click.BadParameter(f"{path.name if path else ''} is not JSON.", param_hint=option) from None


def object_of(path: Path | None, option: str) -> dict[str, Any]:
    """An object of JSON, empty for no file. Raises BadParameter for anything else."""
    found = json_of(path, option)
    if found is not None and not isinstance(found, dict):
        raise click.BadParameter("expected an object", param_hint=option)
    return found or {}
