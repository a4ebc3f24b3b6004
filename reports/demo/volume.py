"""How much the large sizes hold: nine centers with 380–600 people and 4,500–7,000 contacts each in a 年度."""

from dataclasses import dataclass
from datetime import date

from centers.periods import FiscalYear

# Contacts of a center in a 年度 where the city has 50,000; people go by the same shares.
SHARES = {
    "chuo1": 5600, "chuo2": 6000, "higashi1": 5300, "higashi2": 4700, "nishi": 7000,
    "minami1": 5800, "minami2": 5000, "kita1": 5400, "kita2": 5200,
}  # fmt: skip
GROWTH = 1.04
# Contacts with 匿名 and 機関, of all.
WITHOUT_CLIENT = 0.05


@dataclass(frozen=True)
class Volume:
    """`contacts` and `people` are of the whole city in today's 年度; `years` counts 年度, today's included."""

    contacts: int
    people: int
    years: int

    def contacts_of(self, zone: str, ago: int) -> float:
        """Contacts of one center in the 年度 so many years ago."""
        return self.contacts * self._share(zone) * GROWTH**-ago

    def people_of(self, zone: str, ago: int) -> int:
        """How many 利用者 the zone had so many years ago."""
        return max(round(self.people * self._share(zone) * GROWTH**-ago), 10)

    def contacts_until(self, today: date) -> int:
        """About how many contacts there will be."""
        begun = (today - FiscalYear.of(today).starts_on).days / 365
        return round(self.contacts * (begun + sum(GROWTH**-ago for ago in range(1, self.years))))

    @staticmethod
    def _share(zone: str) -> float:
        return SHARES[zone] / sum(SHARES.values())


CITY = Volume(contacts=52_000, people=4_150, years=3)
LARGE = Volume(contacts=124_500, people=12_400, years=10)


def volume_of(records: int, today: date) -> Volume:
    """A volume of about so many contacts until today, in the proportions of the named sizes."""
    like = CITY if records < LARGE.contacts * LARGE.years / 2 else LARGE
    factor = records / like.contacts_until(today)
    return Volume(round(like.contacts * factor), round(like.people * factor), like.years)
