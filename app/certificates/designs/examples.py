"""Whose certificate a preview shows: nobody's. Names as hard as real ones, some harder."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from app.certificates.face import dressed, formats_of
from app.certificates.paper.drawing import CertificateFace, Signatory
from app.certificates.paper.look import Look
from app.platform.i18n.formats import format_date, format_number, format_percent

LONG = 140
"""Signs of the longest name: some registers of factories hold such."""


class Example(StrEnum):
    """Which name a preview shows."""

    USUAL = "usual"
    LONGEST = "longest"
    STRANGEST = "strangest"


_NAMES = {
    "en": ("", "Grace Mwangi-O’Connor"),
    "am": ("ወይዘሮ አልማዝ ገብረእግዚአብሔር", "Almaz Gebreegziabher"),
    "ar": ("محمّد عبد الله الخطيب", "Mohammad Abdullah Al-Khatib"),
    "bn": ("মোসাঃ কৃষ্ণা লক্ষ্মী শ্রেষ্ঠা", "Mst. Krishna Lakshmi Shrestha"),
    "es": ("", "María Fernanda Núñez Güiraldes"),
    "fr": ("", "Anne-Cécile d’Haÿ-Lefèvre"),
    "id": ("", "Siti Nurhaliza binti Abdurrahman"),
    "km": ("សុខ ស្រីនាង", "Sok Sreyneang"),
    "my": ("မခင်သန္တာဝင်း", "Khin Thandar Win"),
    "si": ("ක්‍රිෂාන්ති ප්‍රියදර්ශනී විජේසිංහ", "Krishanthi Priyadarshani Wijesinghe"),
    "ta": ("ஸ்ரீலக்ஷ்மி கிருஷ்ணமூர்த்தி", "Srilakshmi Krishnamoorthy"),
    "ur": ("محمد ظہیر الدین قریشی", "Muhammad Zaheeruddin Qureshi"),
    "uz": ("Ўғилой Қўчқорова", "O‘g‘iloy Qo‘chqorova"),
    "vi": ("Nguyễn Thị Ánh Tuyết", "Nguyen Thi Anh Tuyet"),
}
_STRANGE = 'Zoë D’Árcy-Ỹvonne #read("x") {name} $1^2$ & Co'
_MIXED = "សុខ محمد ষ্ণ አበ Łŭ̈"


def names(language: str, example: Example) -> tuple[str, str]:
    """The local name - empty where there is none - and the Latin one."""
    local, latin = _NAMES.get(language, _NAMES["en"])
    if example is Example.LONGEST:
        return _long(local), _long(latin)
    if example is Example.STRANGEST:
        return f"{local} {_MIXED}" if local else "", _STRANGE
    return local, latin


def _long(name: str) -> str:
    return " ".join([name] * (LONG // len(name) + 1))[:LONG].strip() if name else ""


@dataclass(frozen=True)
class Setting:
    """What stands beside the person: real names of the programme and of a course, where there are some."""

    programme: str
    course: str
    course_english: str
    factory: str
    role: str
    trainer: str
    day: date


def face_of(
    look: Look, signatories: tuple[Signatory, ...], language: str, example: Example, setting: Setting
) -> CertificateFace:
    """A whole certificate of nobody in this look. Its number and its code are none that could be issued."""
    locale, day = formats_of(language), setting.day
    local, latin = names(language, example)
    half_days = tuple(format_date(day - timedelta(days=back), locale, "medium") for back in (9, 8, 2, 1))
    face = CertificateFace(
        locale=language, programme=setting.programme, latin_name=latin, local_name=local, course=setting.course,
        course_english=setting.course_english, hours=format_number(16, locale), half_days=half_days,
        factory=setting.factory, attended=format_number(4, locale), planned=format_number(4, locale),
        score=format_percent(0.8, locale), issued=format_date(day, locale), issued_on=day,
        valid_until=format_date(day + timedelta(days=730), locale), number="EXAMPLE-000000",
        verify_url="https://example.org/verify/0000-0000",
        signatories=signatories or (Signatory(setting.trainer, setting.role),), role=setting.role,
    )  # fmt: skip
    return dressed(face, look)
