"""`flask content`: what it says when something cannot be done."""

from pathlib import Path

import pytest
from flask import Flask

from app.access.actor import SYSTEM
from app.content.publish import publish
from app.platform.db import transaction
from tests.make import drafts


def test_an_export_that_cannot_be_written_is_a_sentence(own_app: Flask, tmp_path: Path) -> None:
    with own_app.app_context(), transaction():
        publish(SYSTEM, drafts.folder())
    (tmp_path / "file").write_text("x")
    for target in (tmp_path / "none" / "course.zip", tmp_path / "file" / "course"):
        reply = own_app.test_cli_runner().invoke(args=["content", "export", drafts.CODE, "--to", str(target)])
        assert reply.exit_code == 1
        assert f"Error: {target} cannot be written: " in reply.output


@pytest.mark.parametrize("name", ["course", "course.zip"])
def test_an_export_never_writes_over_what_is_there(own_app: Flask, tmp_path: Path, name: str) -> None:
    (tmp_path / name).mkdir()
    reply = own_app.test_cli_runner().invoke(args=["content", "export", drafts.CODE, "--to", str(tmp_path / name)])
    assert (reply.exit_code, list((tmp_path / name).iterdir())) == (1, [])
    assert "is already there; nothing was written" in reply.output
