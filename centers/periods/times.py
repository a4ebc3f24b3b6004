"""Times of day as people type them."""

import re
import unicodedata
from datetime import time

_PATTERNS = tuple(
    re.compile(rf"(?P<half>午前|午後)?{shape}")
    for shape in (
        r"(?P<hour>[0-9]{1,2}):(?P<minute>[0-9]{2})",
        r"(?P<hour>[0-9]{1,2})(?P<minute>[0-9]{2})",
        r"(?P<hour>[0-9]{1,2})時(?:(?P<minute>[0-9]{1,2})分|(?P<thirty>半))?",
    )
)


class TimeInputError(ValueError):
    """A time that cannot be taken; the text says in Japanese why and how to mend it."""


def parse_time(text: str) -> time:
    """Read 10:05, 1005, 905, 10時5分, 10時半, 午後3時, 午後3:05, full width included.

    Raises TimeInputError.
    """
    plain = "".join(unicodedata.normalize("NFKC", text).split())
    if not plain:
        raise TimeInputError("時刻が入っていません。10:05 のように入れてください。")
    match = next(filter(None, (pattern.fullmatch(plain) for pattern in _PATTERNS)), None)
    if not match:
        raise TimeInputError("時刻として読めません。10:05、1005、10時5分、午後3時 のように入れてください。")
    half, hour = match["half"], int(match["hour"])
    minute = 30 if match.groupdict().get("thirty") else int(match["minute"] or 0)
    _check(half, hour, minute)
    return time(hour + 12 if half == "午後" else hour, minute)


def _check(half: str | None, hour: int, minute: int) -> None:
    if hour > 23:
        raise TimeInputError(f"{hour}時はありません。0時から23時までで入れてください。")
    if minute > 59:
        raise TimeInputError(f"{minute}分はありません。0分から59分までで入れてください。")
    # 午後12時 is midnight by law and noon to most people, so nobody's guess is taken.
    if half and hour > 11:
        raise TimeInputError("午前・午後は0時から11時までに付けます。15:05 のように24時間で入れてください。")
