"""How the certificates of the first programme look, and who signs them: all of it invented."""

from dataclasses import replace
from datetime import timedelta

from app.certificates.designs import operations
from app.certificates.designs.content import content_of
from app.certificates.designs.operations import SignatoryFacts
from app.certificates.designs.operations.drafts import seen_of
from app.demo.cast import Cast
from app.demo.places import CAMBODIA
from app.platform.clock import today

SINCE = timedelta(days=200)
LOGO = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 120 48"><title>Selvedge</title>'
    '<g fill="none" stroke="#1d4e5f" stroke-width="3"><path d="M6 6h36v36H6z"/><path d="M6 18h36M6 30h36"/>'
    '<path stroke="#c9781a" d="M18 6v36M30 6v36"/></g>'
    '<g fill="#1d4e5f"><path d="M54 10h60v4H54zM54 34h60v4H54z"/></g>'
    '<g fill="none" stroke="#c9781a" stroke-width="3" stroke-linecap="round">'
    '<path d="M56 24h8M70 24h8M84 24h8M98 24h8"/></g></svg>'
)
_STROKE = '<path fill="none" stroke="#1d2030" stroke-width="2.4" stroke-linecap="round" d="{}"/>'
_DRAWN = (
    "M8 34c6-22 14-28 16-20s-8 24-4 24 12-22 18-22-6 16 0 16 10-12 16-12-2 12 4 12 12-8 20-10 24 2 36-6",
    "M6 20c18-12 30-12 22 2s-16 16-10 16 18-20 26-20-8 18-2 18 10-14 18-14 2 10 8 10 12-12 40-8M20 42c30-4 60-6 96-4",
)
_SIGNERS = (
    ({"en": "Chanthou Meas", "km": "មាស ចន្ធូ"}, {"en": "Programme manager", "km": "អ្នកគ្រប់គ្រងកម្មវិធី"}),
    ({"en": "Ingrid Solberg"}, {"en": "Head of training", "km": "ប្រធានផ្នែកបណ្តុះបណ្តាល"}),
)
_TEXTS = {
    "en": {"statement": "{name} has completed {course} ({hours} hours) and met the rule shown below."},
    "km": {"statement": "{name} បានបញ្ចប់ {course} ({hours} ម៉ោង)។"},
}


def furnish(cast: Cast) -> None:
    """The design of the first programme, published, with a logo and two people who sign."""
    if cast.place is not CAMBODIA:
        return
    first = today(cast.place.zone) - SINCE
    signers = []
    for (names, roles), drawn in zip(_SIGNERS, _DRAWN, strict=True):
        row = operations.add_signatory(cast.manager, cast.place.code, SignatoryFacts(names, roles, first))
        svg = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 124 48">{_STROKE.format(drawn)}</svg>'
        signers.append(operations.set_signature(cast.manager, row.id, row.revision, svg.encode()).id)
    design = operations.create(cast.manager, cast.place.code, None, "Selvedge")
    draft = operations.set_logo(cast.manager, design.id, "1.1", LOGO.encode(), "Selvedge")
    content = replace(content_of(draft.content), ink="#1d4e5f", texts=_TEXTS, signatories=tuple(signers))
    draft = operations.save(cast.manager, design.id, seen_of(draft), content)
    operations.publish(cast.manager, design.id, seen_of(draft))
