"""How these rules say no."""


class Malformed(Exception):
    """What was sent does not follow the standard; `str(problem)` says where and why, for whoever wrote the program."""


def want(holds: bool, where: str, what: str) -> None:
    """Raise Malformed unless it holds."""
    if not holds:
        raise Malformed(f"{where} {what}")
