"""Single values: the same rule for a form and for a row of a file."""

from datetime import date

import pytest

from cases.values import NO_TERM, contact_day, postal_code, recipient_number, split_name

OPENED = date(2015, 4, 1)


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("架空 太郎", ("架空", "太郎")),
        ("　架空　太郎 二 ", ("架空", "太郎 二")),
        ("架空", ("架空", "")),
        ("", ("", "")),
    ],
    ids=["space", "wide-spaces", "family-alone", "nothing"],
)
def test_a_name_is_parted_at_its_first_space(written, name):
    assert split_name(written) == name


@pytest.mark.parametrize(
    ("written", "code"), [("〒860-0801", "8600801"), ("８６００８０１", "8600801"), ("", "")]
)
def test_postal_codes(written, code):
    assert postal_code(written) == code


@pytest.mark.parametrize("written", ["860-080", "860", "なし"])
def test_a_postal_code_has_seven_figures(written):
    with pytest.raises(ValueError, match="7桁"):
        postal_code(written)


@pytest.mark.parametrize(
    ("written", "number"), [("0012345678", "0012345678"), ("００１-２３", "00123"), ("", "")]
)
def test_recipient_numbers(written, number):
    assert recipient_number(written) == number


@pytest.mark.parametrize(("written", "said"), [("A1", "数字でない"), ("12345678901", "11桁")])
def test_what_is_no_recipient_number(written, said):
    with pytest.raises(ValueError, match=said):
        recipient_number(written)


def test_the_day_of_a_contact():
    assert contact_day(OPENED, opened_on=OPENED, items=["1-1-1"]) == OPENED
    with pytest.raises(ValueError, match="開所日"):
        contact_day(date(2015, 3, 31), opened_on=OPENED, items=["1-1-1"])
    with pytest.raises(ValueError, match=NO_TERM[:8]):
        contact_day(OPENED, opened_on=OPENED, items=[])
