"""The press: a small program that typesets one order after another. Started and fed by `process.py`, never imported.

It runs in a process of its own so that a template that hangs or swells takes nobody else with it. It imports nothing
of the product: an order is one line of JSON on standard input, the answer one line of JSON and then the document.
"""

import datetime
import json
import sys
from pathlib import Path
from typing import Any

import typst

if sys.platform != "win32":
    import resource


MOST_COMPILERS = 8
DATA = b'#let d = json(bytes(read("/data").slice(1, -1)))'
"""What templates import as `/data.typ`."""
PAGES = Path(__file__).with_name("pages.typ").read_bytes()
"""What they import as `/pages.typ`: it lies outside of their folders."""
_compilers: dict[str, typst.Compiler] = {}


def limit_memory(megabytes: int) -> None:
    """Let the kernel refuse memory beyond the limit, and leave no core file behind. Windows has no such limits."""
    if sys.platform != "win32":
        resource.setrlimit(resource.RLIMIT_DATA, (megabytes << 20, megabytes << 20))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def compiler_for(order: dict[str, Any], fonts: typst.Fonts) -> typst.Compiler:
    """The compiler of a template, kept from one order to the next; it looks at the files anew each time."""
    if order["template"] not in _compilers:
        if len(_compilers) >= MOST_COMPILERS:
            _compilers.clear()
        _compilers[order["template"]] = typst.Compiler(
            order["template"], root=order["root"], font_paths=fonts, ignore_system_fonts=True,
            package_path=order["root"], package_cache_path=order["root"],
        )  # fmt: skip
    return _compilers[order["template"]]


def files_of(order: dict[str, Any]) -> dict[str, bytes]:
    """The files of an order that are on no disk: which template, and its data.

    Not `sys.inputs`: when those change, the typesetter forgets every page that it has set, and what this certificate
    shares with the one before is set anew. It also looks at each of these files as if it were typesetting, but takes
    for one piece what stands between two backquotes, of which the data then has none.
    """
    template = Path(order["template"]).relative_to(order["root"]).as_posix()
    data = order["data"].replace("`", "\\u0060")
    main = f"#include {json.dumps('/' + template)}".encode()
    return {"main": main, "pages.typ": PAGES, "data.typ": DATA, "data": f"`{data}`".encode()}


def typeset(order: dict[str, Any], fonts: typst.Fonts) -> bytes:
    """Compile one order; raises typst.TypstError."""
    date = datetime.datetime.fromisoformat(order["date"]).replace(tzinfo=datetime.UTC)
    files: Any = files_of(order)  # the annotations of the package know a single file alone
    document = compiler_for(order, fonts).compile(
        input=files, format=order["format"], pdf_standards=order["pdf_standards"],
        ppi=order["ppi"], timestamp=date,
    )  # fmt: skip
    # Several PNG pages come as a list; a preview shows the first.
    first = document[0] if isinstance(document, list) else document
    return first or b""


def answer(line: str, fonts: typst.Fonts) -> None:
    """Typeset the order in `line` and write what came of it."""
    try:
        document, error = typeset(json.loads(line), fonts), ""
    except typst.TypstError as problem:
        document, error = b"", problem.message
    head = json.dumps({"size": len(document), "error": error})
    sys.stdout.buffer.write(head.encode() + b"\n" + document)
    sys.stdout.buffer.flush()


def main(fonts_folder: str, megabytes: str) -> None:
    """Answer orders until standard input closes, which happens when the process that started us ends."""
    limit_memory(int(megabytes))
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[fonts_folder])
    for line in sys.stdin:
        answer(line, fonts)


if __name__ == "__main__":
    main(*sys.argv[1:])
