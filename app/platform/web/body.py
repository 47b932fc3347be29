"""The body of a request. One whose length nobody said - sent in chunks - may be as long as any other, and no longer."""

from typing import IO, cast

from flask import Request
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.utils import cached_property
from werkzeug.wsgi import LimitedStream


class _Whole(LimitedStream):
    """What is longer is refused. Werkzeug's own stream hands out its beginning, as if that were all."""

    def on_exhausted(self) -> None:
        if self._stream.read(1):
            raise RequestEntityTooLarge

    def readall(self) -> bytes:
        data = super().readall()
        if data and self.is_exhausted:
            self.on_exhausted()
        return data


class BoundedRequest(Request):
    """A request whose body is whole or refused."""

    @cached_property
    def stream(self) -> IO[bytes]:
        most = self.max_content_length
        is_streamed = "wsgi.input_terminated" in self.environ
        if most is None or not is_streamed or (self.content_length or 0) > most:
            return super().stream
        return cast("IO[bytes]", _Whole(self.environ["wsgi.input"], most, is_max=True))
