"""How large, and where: thirteen countries, their languages, and how long people stay."""

from dataclasses import dataclass

PEOPLE, PARTICIPATIONS = 75, 500
"""Of each factory, over the ten years."""
YEARS = 10
CLUSTER = 4
"""So many factories are trained together."""


@dataclass(frozen=True)
class Country:
    """A country programme. `leaving` is the share of supervisors who leave in a month, `women` that of women."""

    code: str
    name: str
    zone: str
    rest_days: tuple[int, ...]
    language: str
    names: str
    """Whose lists of names are drawn from; where it is not the language, people are written in Latin letters alone."""
    provinces: tuple[str, ...]
    women: float
    leaving: float
    weight: int
    """Its share of all factories, in parts of two thousand."""


COUNTRIES = (
    Country("VN", "Viet Nam", "Asia/Ho_Chi_Minh", (7,), "vi", "vi", ("Đồng Nai", "Bình Dương"), 0.62, 0.025, 400),
    Country("BD", "Bangladesh", "Asia/Dhaka", (5,), "bn", "bn", ("Gazipur", "Narayanganj", "Savar"), 0.2, 0.02, 450),
    Country("KH", "Cambodia", "Asia/Phnom_Penh", (7,), "km", "km", ("Kandal", "Kampong Speu"), 0.55, 0.02, 300),
    Country("ID", "Indonesia", "Asia/Jakarta", (7,), "id", "id", ("Jawa Barat", "Jawa Tengah"), 0.58, 0.012, 220),
    Country("LK", "Sri Lanka", "Asia/Colombo", (7,), "si", "si", ("Gampaha", "Kurunegala"), 0.5, 0.018, 120),
    Country("PK", "Pakistan", "Asia/Karachi", (7,), "ur", "ur", ("Lahore", "Karachi", "Faisalabad"), 0.08, 0.015, 140),
    Country("JO", "Jordan", "Asia/Amman", (5,), "ar", "ar", ("Irbid", "Zarqa"), 0.4, 0.02, 90),
    Country("EG", "Egypt", "Africa/Cairo", (5,), "ar", "ar", ("Port Said", "Alexandria"), 0.3, 0.018, 90),
    Country("ET", "Ethiopia", "Africa/Addis_Ababa", (7,), "am", "am", ("Sidama", "Oromia"), 0.6, 0.03, 40),
    Country("HT", "Haiti", "America/Port-au-Prince", (7,), "fr", "ht", ("Ouest", "Nord-Est"), 0.45, 0.015, 30),
    Country("NI", "Nicaragua", "America/Managua", (7,), "es", "es", ("Managua", "Masaya"), 0.5, 0.02, 40),
    Country("MG", "Madagascar", "Indian/Antananarivo", (7,), "fr", "mg", ("Analamanga", "Itasy"), 0.6, 0.015, 40),
    Country("UZ", "Uzbekistan", "Asia/Tashkent", (7,), "uz", "uz", ("Andijon", "Fargʻona"), 0.6, 0.012, 40),
)  # fmt: skip


@dataclass(frozen=True)
class Size:
    """Which countries with how many factories each."""

    name: str
    factories: tuple[tuple[Country, int], ...]

    @property
    def total(self) -> int:
        return sum(count for _country, count in self.factories)


SIZES = {
    "country": Size("country", ((COUNTRIES[0], 400),)),
    "global": Size("global", tuple((country, country.weight) for country in COUNTRIES)),
}
