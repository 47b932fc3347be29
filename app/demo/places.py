"""The fictional programme: six countries, in each a programme and a factory."""

from dataclasses import dataclass


@dataclass(frozen=True, eq=False)
class Place:
    """A country programme and its factory. `rest_days` are ISO weekdays; `people` and `supervisors` are head counts."""

    code: str
    country: str
    zone: str
    rest_days: tuple[int, ...]
    language: str
    programme: str
    local_programme: str
    factory_code: str
    factory: str
    local_factory: str
    province: str
    venue: str
    host: str
    people: int
    supervisors: int
    women: float
    prefix: str
    with_osh: bool
    national_day: tuple[int, int, dict[str, str]]
    """Month, day and name of a holiday of the country."""
    export_zone: str | None = None
    needs_more: bool = False
    """Whether the programme supports the factory more than most."""

    @property
    def programme_names(self) -> dict[str, str]:
        return {"en": self.programme, self.language: self.local_programme}


CAMBODIA = Place(
    code="KH", country="KH", zone="Asia/Phnom_Penh", rest_days=(7,), language="km",
    programme="Selvedge Programme Cambodia", local_programme="កម្មវិធី Selvedge កម្ពុជា",
    factory_code="KH-LOTUS", factory="Lotus Ferry Garment", local_factory="រោងចក្រកាត់ដេរ ផ្កាឈូក",
    province="Kandal", venue="Selvedge training room, Phnom Penh", host="lotus-ferry.example",
    people=84, supervisors=14, women=0.8, prefix="LF", with_osh=True,
    national_day=(11, 9, {"en": "Independence Day"}), export_zone="Ferry Bank Export Zone",
)
BANGLADESH = Place(
    code="BD", country="BD", zone="Asia/Dhaka", rest_days=(5,), language="bn",
    programme="Selvedge Programme Bangladesh", local_programme="সেলভেজ কর্মসূচি বাংলাদেশ",
    factory_code="BD-RIVERS", factory="Seven Rivers Knitwear", local_factory="সাত নদী নিটওয়্যার",
    province="Gazipur", venue="Selvedge training room, Dhaka", host="seven-rivers.example",
    people=90, supervisors=13, women=0.6, prefix="SR", with_osh=True,
    national_day=(12, 16, {"en": "Victory Day"}), needs_more=True,
)
JORDAN = Place(
    code="JO", country="JO", zone="Asia/Amman", rest_days=(5,), language="ar",
    programme="Selvedge Programme Jordan", local_programme="برنامج سلفدج الأردن",
    factory_code="JO-LARK", factory="Desert Lark Apparel", local_factory="شركة قبّرة الصحراء للألبسة",
    province="Irbid", venue="Selvedge training room, Irbid", host="desert-lark.example",
    people=56, supervisors=10, women=0.65, prefix="DL", with_osh=False,
    national_day=(5, 25, {"en": "Independence Day"}), export_zone="Larkfield Industrial Estate",
)
ETHIOPIA = Place(
    code="ET", country="ET", zone="Africa/Addis_Ababa", rest_days=(7,), language="am",
    programme="Selvedge Programme Ethiopia", local_programme="የሰልቬጅ ፕሮግራም ኢትዮጵያ",
    factory_code="ET-SPINDLE", factory="Highland Spindle Garment", local_factory="የደጋ እንዝርት አልባሳት",
    province="Sidama", venue="Selvedge training room, Hawassa", host="highland-spindle.example",
    people=48, supervisors=8, women=0.85, prefix="HS", with_osh=True,
    national_day=(3, 2, {"en": "Victory of Adwa Day"}), needs_more=True,
)
VIET_NAM = Place(
    code="VN", country="VN", zone="Asia/Ho_Chi_Minh", rest_days=(7,), language="vi",
    programme="Selvedge Programme Viet Nam", local_programme="Chương trình Selvedge Việt Nam",
    factory_code="VN-RIVER", factory="Green River Sewing", local_factory="Công ty May Sông Xanh",
    province="Đồng Nai", venue="Selvedge training room, Biên Hòa", host="green-river.example",
    people=72, supervisors=12, women=0.75, prefix="GR", with_osh=True,
    national_day=(9, 2, {"en": "National Day"}),
)
SRI_LANKA = Place(
    code="LK", country="LK", zone="Asia/Colombo", rest_days=(7,), language="si",
    programme="Selvedge Programme Sri Lanka", local_programme="සෙල්වෙජ් වැඩසටහන ශ්‍රී ලංකාව",
    factory_code="LK-CINNAMON", factory="Cinnamon Hill Apparel", local_factory="කුරුඳු කන්ද ඇඟලුම්",
    province="Gampaha", venue="Selvedge training room, Negombo", host="cinnamon-hill.example",
    people=60, supervisors=9, women=0.75, prefix="CH", with_osh=False,
    national_day=(2, 4, {"en": "Independence Day"}),
)
PLACES = (CAMBODIA, BANGLADESH, JORDAN, ETHIOPIA, VIET_NAM, SRI_LANKA)
