"""Ages, counted in the ordinary way, and the age bands of the monthly report."""

from datetime import date

# 年齢階層: code and highest age in it (None: no upper end).
AGE_BANDS: tuple[tuple[str, int | None], ...] = (
    ("0-17", 17),
    ("18-39", 39),
    ("40-64", 64),
    ("65+", None),
)
UNKNOWN_AGE = "unknown"


def age_on(birth: date, day: date) -> int:
    """Years of age on ``day``; negative before the birth.

    A person born on 2/29 turns older on 3/1 in common years (the statistics' rule,
    not the law's "end of the day before").
    """
    had_birthday = (day.month, day.day) >= (birth.month, birth.day)
    return day.year - birth.year - (not had_birthday)


def age_band(age: int | None) -> str:
    """The report's code for an age; "unknown" without a birth date or before the birth."""
    if age is None or age < 0:
        return UNKNOWN_AGE
    return next(code for code, highest in AGE_BANDS if highest is None or age <= highest)
