"""What one version of a design says: form, colours, logo, texts by language, signatories. Pure."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from app.certificates.designs.rules import Part
from app.certificates.paper.look import INDIGO, SAFFRON, Look, Picture
from app.certificates.rules import Form

Texts = Mapping[str, Mapping[str, str]]
"""Language -> part -> text; what is not there is the phrase of the language."""


@dataclass(frozen=True)
class Content:
    """As it is stored with a version, frozen once that is published."""

    form: Form = Form.LANDSCAPE
    ink: str = INDIGO
    thread: str = SAFFRON
    logo: Picture | None = None
    texts: Texts = field(default_factory=dict)
    signatories: tuple[int, ...] = ()
    """Ids of those who sign, in the order in which they stand."""

    def look(self, language: str) -> Look:
        """How a certificate in a language looks, its placeholders still to be filled."""
        said = self.texts.get(language, {})
        return Look(self.form, self.ink, self.thread, self.logo, **{part.value: said.get(part, "") for part in Part})


def stored(content: Content) -> dict[str, Any]:
    """As JSON keeps it."""
    texts = {code: {str(part): said for part, said in parts.items() if said} for code, parts in content.texts.items()}
    return {
        "form": content.form.value, "ink": content.ink, "thread": content.thread,
        "logo": asdict(content.logo) if content.logo else None,
        "texts": {code: parts for code, parts in texts.items() if parts},
        "signatories": list(content.signatories),
    }  # fmt: skip


def content_of(kept: Mapping[str, Any]) -> Content:
    """What was stored."""
    return Content(
        form=Form(kept["form"]), ink=kept["ink"], thread=kept["thread"],
        logo=Picture(**kept["logo"]) if kept["logo"] else None,
        texts=kept["texts"], signatories=tuple(kept["signatories"]),
    )  # fmt: skip
