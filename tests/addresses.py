"""What is found out about an address is the same in each app of a process; to find it out is most of making an app."""

from typing import Any

from werkzeug.routing import Rule

FOUND = ("_parts", "_trace", "_converters", "arguments")
BUILDERS = ("_build", "_build_unknown")


def compile_once() -> None:
    """From now on each address of the product is compiled by the first app of this process that has it."""
    known: dict[tuple[object, ...], dict[str, Any]] = {}
    compile_ = Rule.compile

    def compiled(rule: Rule) -> None:
        key = (rule.rule, rule.subdomain, rule.host, repr(rule.defaults), rule.merge_slashes, rule.map.host_matching)
        if key not in known:
            compile_(rule)
            known[key] = {name: getattr(rule, name) for name in FOUND} | {name: getattr(rule, name).__func__ for name in BUILDERS}
        found = known[key]
        for name in FOUND:
            setattr(rule, name, found[name])
        for name in BUILDERS:
            setattr(rule, name, found[name].__get__(rule))

    Rule.compile = compiled
