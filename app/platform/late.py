"""Parts of a room that load libraries of tens of megabytes: loaded by the first call, so never by a web process."""

import importlib
from collections.abc import Callable
from typing import Any


def late(module: str, name: str) -> Callable[..., Any]:
    """The function of a module that is imported when the function is first called.

    Beside it the same name is imported for the type checker, which sees what it really takes and answers.
    """

    def call(*arguments: Any, **options: Any) -> Any:
        return getattr(importlib.import_module(module), name)(*arguments, **options)

    return call
