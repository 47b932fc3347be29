"""Content lines (RFC 5545, 3.1): name, parameters and value, folded by octets without splitting a character."""

_LONGEST = 75
_QUOTED = frozenset(",;: '\u2019")  # the first three must be, careless readers stumble over the others


def line(name: str, value: str, **parameters: str) -> str:
    """One content line with its line ends. `value` and the parameters are clean already: see `text`."""
    said = "".join(f";{key}={_quoted(parameter)}" for key, parameter in parameters.items())
    return folded(f"{name}{said}:{value}")


def folded(text: str) -> str:
    """At most 75 octets a line, a continuation beginning with a space; a character stays whole."""
    if len(text) <= _LONGEST and text.isascii():
        return text + "\r\n"
    octets = text.encode("utf-8")
    pieces, start, room = [], 0, _LONGEST
    while len(octets) - start > room:
        end = start + room
        while octets[end] & 0xC0 == 0x80:  # inside a character
            end -= 1
        pieces.append(octets[start:end])
        start, room = end, _LONGEST - 1
    pieces.append(octets[start:])
    return b"\r\n ".join(pieces).decode("utf-8") + "\r\n"


def _quoted(parameter: str) -> str:
    return f'"{parameter}"' if _QUOTED.intersection(parameter) else parameter
