"""The text of an item: everything in its body that is not the interaction."""

from app.quizzes.gift.questions import GAP, Format
from app.quizzes.interchange.markup import Node
from app.quizzes.interchange.notes import Notes
from app.quizzes.interchange.qti.texts import foreign, own_format, own_text, report_outside

_INLINE = "text-entry-interaction"


def stem_of(body: Node, interaction: Node | None, notes: Notes) -> tuple[str, Format, bool]:
    """Text, format, and whether the answer stands inside the text."""
    own = [node for node in body.elements if own_format(node)]
    rest = [node for node in body.elements if node not in own and node is not interaction]
    if len(own) == 1 and all(_only_holds(node, interaction) for node in rest):
        written = own_format(own[0]) or Format.PLAIN
        if interaction and (prompt := interaction.child("prompt")):
            notes.add(prompt.line, "unsupported_part", "prompt")
        return own_text(own[0], written), written, False
    without = Node("body", body.line, {}, [])
    without.inside += _cut(body, interaction, _way(body, interaction))
    report_outside(without, notes)
    text, written = foreign(without)
    has_gap = text.count(GAP) > 0 and not text.endswith(GAP)
    if interaction is not None and interaction.name == _INLINE and not has_gap:
        text = text.removesuffix(GAP).strip()
    return text, written, has_gap


def _only_holds(node: Node, interaction: Node | None) -> bool:
    return not node.text.strip() and len(node.elements) == 1 and node.elements[0] is interaction


def _way(node: Node, interaction: Node | None) -> set[int]:
    """The elements that hold the interaction, however deep."""
    for each in node.elements:
        if each is interaction:
            return {id(node)}
        if below := _way(each, interaction):
            return {id(node), *below}
    return set()


def _cut(node: Node, interaction: Node | None, way: set[int]) -> list["Node | str"]:
    """What is inside a node, the interaction replaced by its prompt or by a gap. An element left empty goes."""
    parts: list[Node | str] = []
    for each in node.inside:
        if isinstance(each, str):
            parts.append(each if each.strip() else " " if parts else "")
        elif each is interaction:
            prompt = each.child("prompt")
            parts += [GAP] if each.name == _INLINE else [Node("p", prompt.line, {}, prompt.inside)] if prompt else []
        elif id(each) not in way:
            parts.append(each)
        else:
            copy = Node(each.name, each.line, each.attributes, _cut(each, interaction, way))
            if copy.elements or copy.text.strip(" \n\t") not in ("", GAP):
                parts.append(copy)
    return [part for part in parts if part != ""]
