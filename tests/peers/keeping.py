"""khal in a process that has imported it once and forks for each command: importing it takes most of a command's time.

Reads one JSON order a line, {"environ": {...}, "words": [...]}, and answers one line each: {"code": ..., "said": ...}.
"""

import atexit
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, NoReturn


def khal(environ: Mapping[str, str], *words: str) -> str:
    """What khal says to these words; it must not fail."""
    process = _process()
    assert process.stdin and process.stdout
    print(json.dumps({"environ": dict(environ), "words": words}), file=process.stdin, flush=True)
    answer = json.loads(process.stdout.readline())
    assert answer["code"] == 0, answer["said"]
    return str(answer["said"])


@cache
def _process() -> subprocess.Popen[str]:
    process = subprocess.Popen([sys.executable, "-W", "ignore", __file__], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8")
    atexit.register(process.communicate)  # its input ends, and so does it
    return process


def main() -> None:
    from khal.cli import main_khal  # noqa: PLC0415 - in this process alone

    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    for line in os.fdopen(os.dup(0), encoding="utf-8"):
        order = json.loads(line)
        read, write = os.pipe()
        child = os.fork()
        if child == 0:
            _live(main_khal, order, write)
        os.close(write)
        with os.fdopen(read, encoding="utf-8") as said:
            words = said.read()
        print(json.dumps({"code": os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), "said": words}), file=answers, flush=True)


def _live(command: Callable[[list[str]], object], order: dict[str, Any], write: int) -> NoReturn:
    """The whole life of a child."""
    code = 1
    try:
        for stream in (1, 2):
            os.dup2(write, stream)
        os.environ.clear()
        os.environ.update(order["environ"])
        time.tzset()
        command(order["words"])
    except SystemExit as end:
        code = int(end.code or 0)
    finally:
        sys.stdout.flush()
        os._exit(code)


if __name__ == "__main__":
    main()
