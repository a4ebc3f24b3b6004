from datetime import date

from django import forms

from cases.timeline import TimelineFilter
from centers.contracts import screen_choices
from centers.enums import CodeList
from centers.forms import SoudanForm
from centers.periods import FiscalYear, Month

EVERYTHING = [("", "すべて")]
YEARS_SHOWN = 5
_RECENT_MONTHS = 3
_FILTERS = ("method", "content", "writer", "period")


class TimelineForm(SoudanForm):
    """Filters of 経過. What is not on offer (an old bookmark) is left aside: see `wanted`."""

    method = forms.ChoiceField(label="支援方法", required=False)
    content = forms.ChoiceField(label="支援内容", required=False)
    writer = forms.ChoiceField(label="書いた人", required=False)
    period = forms.ChoiceField(label="期間", required=False)

    def __init__(self, *args, labels, writers, **kwargs):
        """labels: centers.contracts.code_labels; writers: (user id, name) of those who wrote."""
        super().__init__(*args, **kwargs)
        self.fields["method"].choices = EVERYTHING + screen_choices(labels[CodeList.METHOD])
        self.fields["content"].choices = EVERYTHING + screen_choices(labels[CodeList.CONTENT])
        self.fields["writer"].choices = EVERYTHING + [(str(pk), name) for pk, name in writers]
        self.periods = _periods(self.on)
        self.fields["period"].choices = EVERYTHING + [
            (key, label) for key, (label, *_) in self.periods.items()
        ]

    @property
    def wanted(self) -> TimelineFilter:
        self.is_valid()
        given = {name: self.cleaned_data[name] for name in _FILTERS if self.cleaned_data.get(name)}
        _, starts_on, ends_on = self.periods.get(given.pop("period", ""), ("", None, None))
        return TimelineFilter(**given, starts_on=starts_on, ends_on=ends_on)

    @property
    def query(self) -> dict[str, str]:
        """The filters that hold, as they stand in the address."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


def _periods(on: date) -> dict[str, tuple[str, date, date | None]]:
    """Key → label, first and last day: the recent months, then the 年度 one by one."""
    recent = Month.of(on).shift(1 - _RECENT_MONTHS).starts_on
    year = FiscalYear.of(on)
    periods: dict[str, tuple[str, date, date | None]] = {
        "recent": (f"この{_RECENT_MONTHS}か月", recent, None)
    }
    for _ in range(YEARS_SHOWN):
        periods[str(year.year)] = (year.label, year.starts_on, year.ends_on)
        year = year.previous()
    return periods
