"""The text of an item: everything in its body that is not the interaction."""

from app.quizzes.gift.parser import GAP
from app.quizzes.gift.questions import Format
from app.quizzes.interchange.common import Notes
from app.quizzes.interchange.markup import Node
from app.quizzes.interchange.qti.texts import foreign, own_format, own_text, report_outside
from app.quizzes.interchange.qti.xhtml import inner

_INLINE = "text-entry-interaction"


def stem_of(body: Node, interaction: Node | None, notes: Notes) -> tuple[str, Format, bool]:
    """Text, format, and whether the answer stands inside the text."""
    own = [node for node in body.elements if own_format(node)]
    rest = [node for node in body.elements if node not in own and node is not interaction]
    if len(own) == 1 and all(_only_holds(node, interaction) for node in rest):
        written = own_format(own[0]) or Format.PLAIN
        return own_text(own[0], written), written, False
    without = Node("body", body.line, {}, [])
    for node in _cut(body, interaction):
        without.inside.append(node)
    report_outside(without, notes)
    text, written = foreign(inner(without), without)
    has_gap = text.count(GAP) > 0 and not text.endswith(GAP)
    if interaction is not None and interaction.name == _INLINE and not has_gap:
        text = text.removesuffix(GAP).strip()
    return text, written, has_gap


def _only_holds(node: Node, interaction: Node | None) -> bool:
    return not node.text.strip() and len(node.elements) == 1 and node.elements[0] is interaction


def _cut(node: Node, interaction: Node | None) -> list["Node | str"]:
    """What is inside a node, the interaction replaced by its prompt or by a gap. An element left empty goes."""
    parts: list[Node | str] = []
    for each in node.inside:
        if isinstance(each, str):
            parts.append(each if each.strip() else " " if parts else "")
        elif each is interaction:
            prompt = each.child("prompt")
            parts += [GAP] if each.name == _INLINE else [Node("p", prompt.line, {}, prompt.inside)] if prompt else []
        else:
            copy = Node(each.name, each.line, each.attributes, _cut(each, interaction))
            holds_it = interaction is not None and any(below is interaction for below in each.walk())
            if copy.text.strip(" \n\t") not in ("", GAP) or not holds_it:
                parts.append(copy)
    return [part for part in parts if part != ""]
