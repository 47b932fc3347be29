"""What builds an address is the same in each app of a process; to compile it is most of making an app."""

from typing import Any

from werkzeug.routing import Rule


def compile_once() -> None:
    """From now on each address of the product is compiled by the first app of this process that has it."""
    known: dict[tuple[object, ...], Any] = {}
    compile_ = Rule._compile_builder

    def compiled(rule: Rule, append_unknown: bool = True) -> Any:
        key = (rule.rule, *rule._trace, repr(rule.defaults), append_unknown)
        if key not in known:
            known[key] = compile_(rule, append_unknown)
        return known[key]

    Rule._compile_builder = compiled
