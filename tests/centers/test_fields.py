from datetime import date, time

import pytest
from django import forms
from django.core.exceptions import ImproperlyConfigured, ValidationError

from centers.fields import (
    BirthDateField,
    KanaField,
    LineField,
    MailAddressField,
    NoteField,
    TimeField,
    WarekiDateField,
)
from centers.forms import SoudanForm
from centers.periods import Birth

ON = date(2022, 11, 18)


class EntryForm(SoudanForm):
    day = WarekiDateField(label="日付", allow_future=False, required=False)
    due = WarekiDateField(label="次の予定日", required=False)
    strict = WarekiDateField(label="契約日", allow_short=False, required=False)
    birth = BirthDateField(label="生年月日", required=False)
    kana = KanaField(label="カナ", limit=20, required=False)
    start = TimeField(label="開始", required=False)
    place = LineField(label="場所", limit=10, required=False)
    note = NoteField(label="要点", required=False)


def entered(**data):
    form = EntryForm(data, on=ON)
    form.is_valid()
    return form


@pytest.mark.parametrize(
    ("field", "text", "value"),
    [
        ("day", "R4.11.18", ON),
        ("day", "令和4年11月17日", date(2022, 11, 17)),
        ("day", "２０２２-１１-１８", ON),
        ("day", "1117", date(2022, 11, 17)),
        ("day", "昨日", date(2022, 11, 17)),
        ("day", " ", None),
        ("due", "R4.11.25", date(2022, 11, 25)),
        ("birth", "S60.5.10", Birth(date(1985, 5, 10), "day")),
        ("birth", "昭和60年", Birth(date(1985, 1, 1), "year")),
        ("birth", "", None),
        ("kana", "やまもと けんた", "ヤマモト ケンタ"),
        ("kana", "ﾔﾏﾓﾄ", "ヤマモト"),
        ("start", "午後3時", time(15, 0)),
        ("start", "", None),
        ("place", "  区役所 ", "区役所"),
        ("note", "1行目\r\n2行目", "1行目\n2行目"),
    ],
)
def test_read(field, text, value):
    assert entered(**{field: text}).cleaned_data[field] == value


@pytest.mark.parametrize(
    ("field", "text", "message"),
    [
        ("day", "2022-02-30", "2月30日はありません。日を確かめてください。"),
        ("day", "R4.11.19", "未来の日付です。予定なら『次の予定』に入れてください。"),
        ("day", "S65.1.1", "昭和は64年までです"),
        ("strict", "1118", "日付として読めません"),
        ("birth", "R4.11.19", "未来の日付です"),
        ("kana", "まつなが だい地", "『地』はカタカナに直せません。読みで入れてください。"),
        ("kana", "ア" * 21, "20字までです。いまは21字です。短くしてください。"),
        ("start", "25:00", "25時はありません"),
        ("place", "12345678901", "10字までです"),
        ("place", "a\nb", "途中に改行が入っています"),
        ("note", "a\x00b", "2文字目に使えない文字"),
        ("note", "あ" * 3414, "10,240バイト"),
    ],
)
def test_refused_with_words(field, text, message):
    form = entered(**{field: text})
    assert message in form.errors[field][0]
    assert field not in form.cleaned_data


def test_a_note_of_ten_kilobytes_is_taken():
    assert len(entered(note="あ" * 3413).cleaned_data["note"]) == 3413


@pytest.mark.parametrize(
    ("field", "value", "shown"),
    [
        ("day", ON, "R4.11.18"),
        ("birth", Birth(date(1985, 5, 1), "month"), "昭和60年5月"),
        ("start", time(9, 5), "09:05"),
    ],
)
def test_a_stored_value_is_shown_as_it_can_be_typed(field, value, shown):
    form = EntryForm(on=ON, initial={field: value})
    assert f'value="{shown}"' in str(form[field])
    again = entered(**{field: shown})
    assert again.cleaned_data[field] == value
    assert not again.errors


def test_what_was_refused_is_shown_again_as_typed():
    assert 'value="2022-2-30"' in str(entered(day="2022-2-30")["day"])


def test_an_unchanged_value_is_no_change():
    form = EntryForm({"day": "R4.11.18", "start": "9:05"}, on=ON, initial={"day": ON, "start": time(9, 5)})
    assert form.changed_data == []


class WordsForm(SoudanForm):
    method = forms.ChoiceField(label="支援の方法", choices=[("1", "訪問")])
    contents = forms.MultipleChoiceField(label="支援内容", choices=[("01", "福祉サービス")])
    minutes = forms.IntegerField(label="分", max_value=600)
    agreed = forms.BooleanField(label="同意")
    title = forms.CharField(label="件名", error_messages={"required": "件名を入れてください。"})


def test_empty_fields_say_what_to_do():
    form = WordsForm({})
    assert {name: errors[0] for name, errors in form.errors.items()} == {
        "method": "支援の方法が選ばれていません。1つ選んでください。",
        "contents": "支援内容が選ばれていません。1つ以上選んでください。",
        "minutes": "分が空です。入れてください。",
        "agreed": "同意に印がありません。確かめて印を付けてください。",
        "title": "件名を入れてください。",
    }


def test_answers_that_are_not_offered_say_what_to_do():
    form = WordsForm({"method": "9", "contents": ["99"], "minutes": "601", "agreed": "on", "title": "x"})
    assert form.errors["method"] == ["その答えは一覧にありません。一覧から選んでください。"]
    assert form.errors["contents"] == ["その答えは一覧にありません。一覧から選んでください。"]
    assert form.errors["minutes"] == ["600以下で入れてください。"]


def test_a_form_with_days_needs_its_day():
    form = EntryForm({"day": "R4.11.18"})
    with pytest.raises(ImproperlyConfigured):
        form.is_valid()


@pytest.mark.parametrize("text", ["rin", "rin@", "りん@例.jp", "a@b c.jp"])
def test_what_is_no_mail_address_is_refused_in_words(text):
    with pytest.raises(ValidationError) as refused:
        MailAddressField().clean(text)
    assert "name@example.jp" in refused.value.messages[0]


def test_a_mail_address_is_taken_as_it_is():
    assert MailAddressField().clean(" rin@city.example.jp ") == "rin@city.example.jp"
