"""Phones as a benchmark has them: browsers of one event loop that cost next to nothing, on lines that are kept."""

import asyncio
import re
from dataclasses import dataclass, field
from urllib.parse import urlencode

import brotli

AS_BROWSER = {
    "Host": "localhost", "Accept-Encoding": "gzip, deflate, br, zstd", "Accept-Language": "km,en;q=0.8",
    "Accept": "text/html,application/xhtml+xml,*/*;q=0.8", "Sec-Fetch-Site": "same-origin",
}  # fmt: skip
_FORM = re.compile(r'<form method="post" action="(/attempts/\d+/answers/\d+)"')
_FIELD = re.compile(r'name="(revision|language)" value="([^"]*)"')
_CHOICE = re.compile(r'name="choice" id="c\d+" value="(\w+)"')
_PARTS = re.compile(r'<(?:link|script|img)[^>]*?(?:href|src)="(/assets/[^"]+)"')


@dataclass(frozen=True)
class Reply:
    """What came back; `size` are the bytes of the head and the body as they travelled."""

    status: int
    headers: dict[str, str]
    body: bytes
    size: int

    @property
    def text(self) -> str:
        return (brotli.decompress(self.body) if self.headers.get("content-encoding") == "br" else self.body).decode()

    @property
    def parts(self) -> list[str]:
        """What a browser fetches for the page without being asked."""
        return _PARTS.findall(self.text)

    def answer(self, turn: int) -> tuple[str, dict[str, str]] | None:
        """Where the form of the question goes and what it sends when an option is chosen; None on another page."""
        form = _FORM.search(page := self.text)
        if form is None:
            return None
        names = _CHOICE.findall(page)
        return form[1], dict(_FIELD.findall(page)) | {"choice": names[turn % len(names)]}


class Failed(Exception):
    """What came back was no page; `kind` says in a word what it was."""

    def __init__(self, kind: str, more: str = "") -> None:
        super().__init__(f"{kind} {more}".strip())
        self.kind = kind


@dataclass
class Phone:
    """One browser with its cookies and one kept line. Where the server has closed that meanwhile, as it does with lines
    on which nothing was asked for half a minute, it asks once more on a new one, as browsers do.
    """

    port: int
    cookies: dict[str, str] = field(default_factory=dict)
    requests: int = 0
    _line: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def get(self, address: str) -> Reply:
        return await self._follow(await self._send("GET", address, b""))

    async def post(self, address: str, fields: dict[str, str] | None = None) -> Reply:
        return await self._follow(await self._send("POST", address, urlencode(fields or {}).encode()))

    async def _follow(self, reply: Reply) -> Reply:
        while reply.status == 303:
            reply = await self._send("GET", reply.headers["location"], b"")
        if reply.status != 200:
            raise Failed(str(reply.status), reply.text[:500])
        return reply

    async def _send(self, method: str, address: str, body: bytes) -> Reply:
        is_kept = self._line is not None
        try:
            return await self._ask(method, address, body)
        except (OSError, asyncio.IncompleteReadError) as error:
            self.close()
            if not is_kept or getattr(error, "partial", b""):
                raise Failed(type(error).__name__) from error
        return await self._send(method, address, body)

    async def _ask(self, method: str, address: str, body: bytes) -> Reply:
        if self._line is None:
            self._line = await asyncio.open_connection("127.0.0.1", self.port)
        reader, writer = self._line
        self.requests += 1
        sent = AS_BROWSER | {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if method == "POST":
            sent |= {"Content-Type": "application/x-www-form-urlencoded", "Content-Length": str(len(body))}
        lines = [f"{method} {address} HTTP/1.1", *(f"{name}: {value}" for name, value in sent.items()), "", ""]
        writer.write("\r\n".join(lines).encode() + body)
        head = await reader.readuntil(b"\r\n\r\n")
        status, *rows = head.decode("latin-1").split("\r\n")
        headers: dict[str, str] = {}
        for row in filter(None, rows):
            name, _, value = row.partition(": ")
            headers[name.lower()] = value
            if name.lower() == "set-cookie":
                self._keep(value)
        content = await reader.readexactly(int(headers.get("content-length", 0)))
        return Reply(int(status.split()[1]), headers, content, len(head) + len(content))

    def _keep(self, cookie: str) -> None:
        name, _, value = cookie.partition(";")[0].partition("=")
        self.cookies[name] = value

    def close(self) -> None:
        if self._line:
            self._line[1].close()
            self._line = None
