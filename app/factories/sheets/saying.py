"""What a command says of a file that it read."""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Protocol

import click


class Read(Protocol):
    """A staff list, a file of headcounts or of findings."""

    @property
    def file(self) -> str: ...
    @property
    def accepted(self) -> bool: ...
    @property
    def reason(self) -> str | None: ...
    @property
    def missing(self) -> Sequence[str]: ...
    @property
    def problems(self) -> Sequence[Any]: ...


class Words(Protocol):
    """Why a file is refused, and what is wrong in a row."""

    def reason(self, code: str | None, missing: Sequence[str] = ...) -> str: ...
    def problem(self, code: str) -> str: ...


def say(
    found: Read, document: Mapping[str, Any] | None, words: Words, lines: Iterable[str], after: Iterable[str] = ()
) -> None:
    """The document as JSON where one is wanted; else why the file is refused, or its lines, what is wrong, and what
    comes after."""
    if document is not None:
        click.echo(json.dumps(document, ensure_ascii=False))
        return
    if not found.accepted:
        click.echo(f"{found.file}: {words.reason(found.reason, found.missing)}")
        return
    for line in lines:
        click.echo(line)
    for one in found.problems:
        click.echo(f"{one.row:>6} {one.severity:<8} {words.problem(one.code)} {one.value or ''}".rstrip())
    for line in after:
        click.echo(line)
