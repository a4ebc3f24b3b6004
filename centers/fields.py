"""Form fields that read what people type: days in 和暦, birth dates, kana, times, notes and lines.

The reading and its messages live in centers.periods and centers.text; a field only ties them to a form.
A day is read as seen from `field.on`, which centers.forms.SoudanForm sets from its `on=`.
"""

from datetime import date, time

from django import forms
from django.core.exceptions import ImproperlyConfigured, ValidationError

from centers.periods import (
    Birth,
    parse_birth,
    parse_date,
    parse_partial,
    parse_time,
    wareki_birth,
    wareki_short,
)
from centers.text import clean_line, clean_text, to_katakana


class _ReadField(forms.CharField):
    """A text field whose value is what `read` makes of the text; a ValueError's text is the message."""

    def to_python(self, value):
        text = super().to_python(value)
        if text is None or text in self.empty_values:
            return self.empty_value
        try:
            return self.read(text)
        except ValueError as error:
            raise ValidationError(str(error), code="unreadable") from None

    def read(self, text: str):
        raise NotImplementedError

    def widget_attrs(self, widget):
        return super().widget_attrs(widget) | {"autocomplete": "off"}


class _DayField(_ReadField):
    on: date | None = None
    width = "ks-w-date"

    def __init__(self, **kwargs):
        super().__init__(empty_value=None, **kwargs)

    @property
    def today(self) -> date:
        if self.on is None:
            raise ImproperlyConfigured("a form with days needs on=")
        return self.on

    def widget_attrs(self, widget):
        return super().widget_attrs(widget) | {"class": self.width}


class WarekiDateField(_DayField):
    """One day in one text field: R4.11.18, 令和4年11月18日, 2022-11-18; with allow_short also 1118 and 昨日.

    allow_future=False refuses days after `on`. Value: date or None.
    """

    def __init__(self, *, allow_short: bool = True, allow_future: bool = True, **kwargs):
        super().__init__(**kwargs)
        self.allow_short = allow_short
        self.allow_future = allow_future

    def read(self, text: str) -> date:
        day = parse_date(text, on=self.today, allow_short=self.allow_short)
        if day > self.today and not self.allow_future:
            raise ValueError("未来の日付です。予定なら『次の予定』に入れてください。")
        return day

    def prepare_value(self, value):
        return wareki_short(value) if isinstance(value, date) else value


class BirthDateField(_DayField):
    """A birth date as far as it is known: S60.5.10, S60.5, 昭和60年. Value: periods.Birth or None."""

    width = "ks-w-birth"

    def read(self, text: str) -> Birth:
        return parse_birth(text, self.today)

    def prepare_value(self, value):
        return wareki_birth(value.day, value.precision) if isinstance(value, Birth) else value


class PartialDateField(BirthDateField):
    """A day of the past or to come as far as it is known: R10.6.30, R10.6. Value: periods.Birth or None."""

    width = "ks-w-date"

    def read(self, text: str) -> Birth:
        return parse_partial(text)


class TimeField(_ReadField):
    """A time of day: 10:05, 1005, 午後3時. Value: time or None."""

    def __init__(self, **kwargs):
        super().__init__(empty_value=None, **kwargs)

    def read(self, text: str) -> time:
        return parse_time(text)

    def prepare_value(self, value):
        return f"{value:%H:%M}" if isinstance(value, time) else value

    def widget_attrs(self, widget):
        return super().widget_attrs(widget) | {"class": "ks-w-short"}


class LineField(_ReadField):
    """One line of up to `limit` characters. No maxlength in the page: a long paste is told of, not cut."""

    def __init__(self, *, limit: int, **kwargs):
        super().__init__(**kwargs)
        self.limit = limit

    def read(self, text: str) -> str:
        return clean_line(text, limit=self.limit)


class KanaField(LineField):
    """フリガナ: hiragana and half width are turned to full katakana, kanji are refused by name."""

    def read(self, text: str) -> str:
        """Measured again as katakana: a character like ㌖ is several of them."""
        return clean_line(to_katakana(super().read(text)), limit=self.limit)


class NoteField(_ReadField):
    """A note of several lines, up to the limit of centers.text."""

    widget = forms.Textarea

    def read(self, text: str) -> str:
        return clean_text(text)


class MailAddressField(forms.EmailField):
    """One mail address; "" where none is given."""

    default_error_messages = {
        "invalid": "メールアドレスとして読めません。name@example.jp の形で入れてください。"
    }

    def __init__(self, **kwargs):
        super().__init__(label="メールアドレス", max_length=254, **kwargs)
