"""The name on paper is what HarfBuzz makes of it from the same font: for each script, in each form, in both weights.

The judge is HarfBuzz itself (uharfbuzz), not a picture of ours; the file is read by pikepdf, which did not write it.
"""

import dataclasses
from pathlib import Path

import pytest

from app.certificates.paper.drawing import CertificateFace, draw
from app.certificates.paper.look import Look
from app.certificates.rules import Form
from app.platform.documents.scripts import LATIN, RIGHT_TO_LEFT, SCRIPTS, language_of
from tests.certificates.faces import FACES
from tests.certificates.paper.strokes import differ, heading, shaped
from tests.platform.documents.drawn import Glyph

pytestmark = pytest.mark.slow

NAMES = {
    # Letters below letters, vowels before, above and around them, a register shifter.
    "km": ("សុខ ស្រីនាង", "ហេង ច័ន្ទតារា", "ជា សុវណ្ណារិទ្ធ", "ព្រំ ស្រស់ស្រី", "ឆាយ ប៊ុនធឿន"),
    # Conjuncts of two and three, reph, vowel signs on both sides, the lost letter khanda ta.
    "bn": ("মোসাঃ কৃষ্ণা লক্ষ্মী শ্রেষ্ঠা", "মোঃ জহিরুল ইসলাম", "উৎপল ভট্টাচার্য্য", "স্নিগ্ধা চৌধুরী", "তাসনিম জ্যোৎস্না"),
    # Kinzi, stacked letters, medials around and below, tone marks.
    "my": ("ဒေါ်ကြည်ကြည်လှိုင်", "မစန္ဒာဝင်း", "ဦးသိင်္ဂီဇော်", "မြွှေးမြွှေး", "နန်းခမ်းဦး"),
    # Conjuncts that need the joiner, repaya and rakaransaya, vowel signs on both sides.
    "si": ("ශ්‍රී කාන්ති වික්‍රමසිංහ", "නිමල් ප්‍රනාන්දු", "ධර්මසේන කොඩිතුවක්කු", "ක්ෂේමා ගුණවර්ධන", "චන්ද්‍රිකා බෞද්ධා"),
    # Grantha conjuncts, vowels in two and three parts.
    "ta": ("ஸ்ரீகிருஷ்ணமூர்த்தி", "க்ஷேத்ரபாலன்", "சௌந்தரராஜன்", "வள்ளியம்மை", "மொழியரசி கொற்றவை"),
    # Letters that climb, dots that stack, marks upon them, a long word.
    "ur": ("محمد ذیشان قریشی", "عائشہ صدّیقہ", "نصیرالدین شیخ", "بختاور گُل", "تحسین چھٹّہ"),
    # Lam-alef, the name of God, marks above and below, hamza.
    "ar": ("محمّد عبد الله الخطيب", "لآلئ الأحمد", "إسلام بلال", "فاطِمَة مُؤمِن", "ليلى حدّاد"),
    "am": ("ሕይወት ገብረመድኅን ተስፋዬ", "ሠላማዊት ኃይለማርያም", "ጸሐይ ዓለሙ", "ቋንቋዬ ቧሏ", "አበበ ፐጥሮስ"),
    # Two marks on a letter, composed and taken apart.
    "vi": ("Nguyễn Thị Ánh Tuyết", "Đặng Ngữ Ưởng", "Trần Quốc Bảo", "Phạm Thị Hường", "Le\u0302\u0323 Thu\u031b\u0301"),
    "uz-Cyrl": ("Ўғилой Ғуломова", "Шаҳноза Юсупова", "Қодир Ҳамидов", "Дилшод Каримов", "Ёқутхон Эргашева"),
}  # fmt: skip
BOLD = {Form.CARD, Form.RECORD_PAGE}
"""The forms that set the name in bold letters."""


def face(locale: str, form: Form, name: str) -> CertificateFace:
    return dataclasses.replace(FACES[locale], local_name=name, look=Look(form=form))


def wanted(locale: str, form: Form, name: str, fonts: Path) -> list[Glyph]:
    language = language_of(locale)
    family = SCRIPTS.get(language, LATIN).font.replace(" ", "")
    file = fonts / f"{family}_{'700Bold' if form in BOLD else '400Regular'}.ttf"
    return shaped(name, file, language, "rtl" if language in RIGHT_TO_LEFT else "ltr")


@pytest.mark.sampled(each="locale")
@pytest.mark.parametrize("form", Form)
@pytest.mark.parametrize("locale", NAMES)
def test_the_name_is_drawn_as_harfbuzz_shapes_it(locale: str, form: Form, fonts: Path) -> None:
    for name in NAMES[locale]:
        found = heading(draw(face(locale, form, name), fonts=fonts))
        assert differ(found, wanted(locale, form, name, fonts)) == "", name


@pytest.mark.sampled(number=3)
@pytest.mark.parametrize("locale", NAMES)
def test_the_comparison_notices_another_name_and_another_font(locale: str, fonts: Path) -> None:
    first, second, *_ = NAMES[locale]
    found = heading(draw(face(locale, Form.LANDSCAPE, first), fonts=fonts))
    assert differ(found, wanted(locale, Form.LANDSCAPE, first, fonts)) == ""
    assert differ(found, wanted(locale, Form.LANDSCAPE, second, fonts))
    assert differ(found, wanted(locale, Form.CARD, first, fonts)), "the bold font"
    assert differ(found, found[:-1])
    moved = [*found[:-1], dataclasses.replace(found[-1], x=found[-1].x + 0.05)]
    assert "off" in differ(found, moved)
    assert differ(found, found[::-1]), "the order"


@pytest.mark.parametrize(
    ("locale", "name", "torn"),
    [
        ("km", "ស្រីនាង", "សរីនាង"),  # one letter below the other
        ("bn", "কৃষ্ণা", "কৃষণা"),  # a conjunct
        ("my", "သိင်္ဂီ", "သိငဂီ"),  # kinzi
        ("si", "ශ්‍රී", "ශ්රී"),  # the joiner
        ("ar", "إسلام", "إسل\u200cام"),  # lam-alef
        ("ur", "قریشی", "ق\u200cریشی"),  # joined letters
    ],
)
def test_the_comparison_notices_letters_that_are_not_joined(locale: str, name: str, torn: str, fonts: Path) -> None:
    found = heading(draw(face(locale, Form.PORTRAIT, name), fonts=fonts))
    assert differ(found, wanted(locale, Form.PORTRAIT, name, fonts)) == ""
    assert differ(found, wanted(locale, Form.PORTRAIT, torn, fonts))


@pytest.mark.parametrize("locale", ["km", "my", "si", "bn", "ta"])
def test_a_name_longer_than_every_line_is_broken_between_letters_and_not_within(locale: str, fonts: Path) -> None:
    name = NAMES[locale][0].replace(" ", "")
    inks = {glyph.outline for glyph in wanted(locale, Form.CARD, name, fonts)}
    found = heading(draw(face(locale, Form.CARD, name * 12), fonts=fonts))
    between = {glyph.outline for glyph in wanted(locale, Form.CARD, name * 2, fonts)}
    assert {glyph.outline for glyph in found} <= inks | between, "no dotted circle, no letter torn from its marks"
