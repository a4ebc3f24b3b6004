"""和暦 out, dates, births and times in (domain: Japanese data conventions, 和暦)."""

from datetime import date, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from centers.periods import (
    ERAS,
    Birth,
    DateInputError,
    TimeInputError,
    era_of,
    parse_birth,
    parse_date,
    parse_month_day,
    parse_time,
    wareki,
    wareki_birth,
    wareki_month,
    wareki_short,
    wareki_year,
    weekday_name,
)

ON = date(2026, 11, 22)
NOV_18 = date(2022, 11, 18)


def d(text):
    return date.fromisoformat(text)


# --- 和暦 out --------------------------------------------------------------------------

ERA_EDGES = [
    ("1868-10-23", "明治元年10月23日", "M1.10.23"),
    ("1912-07-29", "明治45年7月29日", "M45.7.29"),
    ("1912-07-30", "大正元年7月30日", "T1.7.30"),
    ("1926-12-24", "大正15年12月24日", "T15.12.24"),
    ("1926-12-25", "昭和元年12月25日", "S1.12.25"),
    ("1989-01-07", "昭和64年1月7日", "S64.1.7"),
    ("1989-01-08", "平成元年1月8日", "H1.1.8"),
    ("2019-04-30", "平成31年4月30日", "H31.4.30"),
    ("2019-05-01", "令和元年5月1日", "R1.5.1"),
    ("2020-01-01", "令和2年1月1日", "R2.1.1"),
    ("2022-11-18", "令和4年11月18日", "R4.11.18"),
]


@pytest.mark.parametrize(("day", "long", "short"), ERA_EDGES)
def test_wareki(day, long, short):
    assert wareki(d(day)) == long
    assert wareki_short(d(day)) == short
    assert parse_date(long, on=ON) == parse_date(short, on=ON) == d(day)


def test_wareki_with_weekday_and_parts():
    assert wareki(NOV_18, weekday=True) == "令和4年11月18日(金)"
    assert wareki_short(NOV_18, weekday=True) == "R4.11.18(金)"
    assert wareki_month(NOV_18) == "令和4年11月"
    assert wareki_year(NOV_18) == "令和4年"
    week = (date(2026, 11, 16) + timedelta(days=n) for n in range(7))
    assert "".join(map(weekday_name, week)) == "月火水木金土日"


def test_days_before_the_first_era_have_no_wareki():
    with pytest.raises(ValueError, match="before the first era"):
        era_of(date(1868, 10, 22))


def test_eras_follow_without_gap():
    for era, following in pairwise(ERAS):
        assert era.ends_on + timedelta(days=1) == following.starts_on
    assert ERAS[-1].ends_on is None


# --- dates in ------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "2022-11-18",
        "2022/11/18",
        "2022.11.18",
        "20221118",
        "2022年11月18日",
        "R4.11.18",
        "R4/11/18",
        "R4-11-18",
        "R04.11.18",
        "r4.11.18",
        "令和4年11月18日",
        "令4.11.18",
        "令和4.11.18",
        "R4年11月18日",
        "R041118",
        "R41118",
        "令和・4・11・18",
        "㋿4年11月18日",
        "２０２２－１１－１８",
        "２０２２／１１／１８",
        "２０２２１１１８",
        "Ｒ４．１１．１８",
        "ｒ４．１１．１８",
        "令和４年１１月１８日",
        "Ｒ４。１１。１８",
        "2022ー11ー18",
        "2022−11−18",
        "R4･11･18",
        " R4.11.18 ",
        "令和 4年 11月 18日",
        "2022 / 11 / 18",
        "　R4.11.18\n",
        "令和4年11月18日(金)",
        "R4.11.18（金）",
        "令和4年11月18日(金曜日)",
        "2022-11-18(金)",
    ],
)
def test_parse_date_takes_every_shape(text):
    assert parse_date(text, on=ON) == NOV_18


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("令和元年5月1日", "2019-05-01"),
        ("R元.5.1", "2019-05-01"),
        ("Ｒ元．５．１", "2019-05-01"),
        ("令和1年5月1日", "2019-05-01"),
        ("S60.5.10", "1985-05-10"),
        ("昭和60年5月10日", "1985-05-10"),
        ("昭60.5.10", "1985-05-10"),
        ("㍼60.5.10", "1985-05-10"),
        ("S600510", "1985-05-10"),
        ("19850510", "1985-05-10"),
        ("1985/5/10", "1985-05-10"),
        ("T1.7.30", "1912-07-30"),
        ("M45.7.29", "1912-07-29"),
        ("2024-02-29", "2024-02-29"),
        ("R6.2.29", "2024-02-29"),
        ("R9.4.1", "2027-04-01"),
        ("2199-12-31", "2199-12-31"),
    ],
)
def test_parse_date_reads_other_days(text, day):
    assert parse_date(text, on=ON) == d(day)


@pytest.mark.parametrize(
    ("text", "on", "day"),
    [
        ("1118", "2022-11-18", "2022-11-18"),
        ("1118", "2022-11-17", "2021-11-18"),
        ("1118", "2022-12-01", "2022-11-18"),
        ("１１１８", "2022-11-20", "2022-11-18"),
        ("11/18", "2022-11-20", "2022-11-18"),
        ("11.18", "2022-11-20", "2022-11-18"),
        ("11-18", "2022-11-20", "2022-11-18"),
        ("11月18日", "2022-11-20", "2022-11-18"),
        ("１１月１８日", "2022-11-20", "2022-11-18"),
        ("11/18(金)", "2022-11-20", "2022-11-18"),
        ("1231", "2023-01-05", "2022-12-31"),
        ("0105", "2023-01-05", "2023-01-05"),
        ("1/5", "2023-01-05", "2023-01-05"),
        ("0229", "2024-03-01", "2024-02-29"),
        ("今日", "2023-03-01", "2023-03-01"),
        ("本日", "2023-03-01", "2023-03-01"),
        ("昨日", "2023-03-01", "2023-02-28"),
        ("きのう", "2023-03-01", "2023-02-28"),
        ("一昨日", "2023-03-01", "2023-02-27"),
        (" 昨日　", "2023-01-01", "2022-12-31"),
        ("R4.11.18", "2023-03-01", "2022-11-18"),
    ],
)
def test_parse_date_takes_short_shapes_where_allowed(text, on, day):
    assert parse_date(text, on=d(on), allow_short=True) == d(day)


UNKNOWN = "日付として読めません。2022-11-18、R4.11.18、令和4年11月18日 のように、年から日まで入れてください。"
UNKNOWN_SHORT = "日付として読めません。R4.11.18、2022-11-18、1118、昨日 のように入れてください。"
BEFORE_MEIJI = "明治より前の日付です。年を確かめてください。"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "日付が入っていません。R4.11.18 のように入れてください。"),
        ("　 \n", "日付が入っていません。R4.11.18 のように入れてください。"),
        ("2022-02-30", "2月30日はありません。日を確かめてください。"),
        ("R4.2.30", "2月30日はありません。日を確かめてください。"),
        ("20220431", "4月31日はありません。日を確かめてください。"),
        ("2022-11-00", "11月0日はありません。日を確かめてください。"),
        ("2022-13-01", "13月はありません。月を確かめてください。"),
        ("2022-00-10", "0月はありません。月を確かめてください。"),
        ("2023-02-29", "2023年に2月29日はありません。日を確かめてください。"),
        ("R5.2.29", "令和5年に2月29日はありません。日を確かめてください。"),
        ("1900-02-29", "1900年に2月29日はありません。日を確かめてください。"),
        (
            "昭和64年1月8日",
            "昭和は64年1月7日までです。平成元年1月8日なら『H1.1.8』と入れてください。",
        ),
        ("S65.5.10", "昭和は64年までです。平成2年5月10日なら『H2.5.10』と入れてください。"),
        (
            "平成31年5月1日",
            "平成は31年4月30日までです。令和元年5月1日なら『R1.5.1』と入れてください。",
        ),
        ("H34.11.18", "平成は31年までです。令和4年11月18日なら『R4.11.18』と入れてください。"),
        (
            "令和元年4月30日",
            "令和は元年5月1日からです。平成31年4月30日なら『H31.4.30』と入れてください。",
        ),
        (
            "大正15年12月25日",
            "大正は15年12月24日までです。昭和元年12月25日なら『S1.12.25』と入れてください。",
        ),
        (
            "明治45年7月30日",
            "明治は45年7月29日までです。大正元年7月30日なら『T1.7.30』と入れてください。",
        ),
        ("R0.5.1", "令和0年はありません。最初の年は『R1』か『令和元年』と入れてください。"),
        ("明治元年10月22日", BEFORE_MEIJI),
        ("1868-10-22", BEFORE_MEIJI),
        ("0000-01-01", BEFORE_MEIJI),
        ("2922-11-18", "2922年は先すぎます。年を確かめてください。"),
        ("9999-12-31", "9999年は先すぎます。年を確かめてください。"),
        ("R4.11.18(木)", "令和4年11月18日は金曜日です。日と曜日を確かめてください。"),
        ("R4.11", UNKNOWN),
        ("22/11/18", UNKNOWN),
        ("1118", UNKNOWN),
        ("今日", UNKNOWN),
        ("20 22-11-18", UNKNOWN),
        ("2022  1118", UNKNOWN),
        ("٢٠٢٢-11-18", UNKNOWN),
        ("2022-11-18\x00", UNKNOWN),
        ("\ud83d", UNKNOWN),
        ("9" * 10_000, UNKNOWN),
        ("令和" * 5_000, UNKNOWN),
    ],
)
def test_parse_date_says_what_is_wrong(text, message):
    with pytest.raises(DateInputError) as refused:
        parse_date(text, on=ON)
    assert str(refused.value) == message


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("2月30日", "2月30日はありません。日を確かめてください。"),
        ("0431", "4月31日はありません。日を確かめてください。"),
        ("1318", "13月はありません。月を確かめてください。"),
        ("0000", "0月はありません。月を確かめてください。"),
        ("2/29", "令和8年に2月29日はありません。日を確かめてください。"),
        ("11/18(金)", "令和8年11月18日は水曜日です。日と曜日を確かめてください。"),
        ("1 118", UNKNOWN_SHORT),
        ("118", UNKNOWN_SHORT),
        ("あした", UNKNOWN_SHORT),
    ],
)
def test_parse_date_says_what_is_wrong_with_short_shapes(text, message):
    with pytest.raises(DateInputError) as refused:
        parse_date(text, on=ON, allow_short=True)
    assert str(refused.value) == message


DAYS = st.dates(min_value=date(1868, 10, 23), max_value=date(2117, 12, 31))
FULL_WIDTH = str.maketrans("0123456789.-/RHSTM", "０１２３４５６７８９．－／ＲＨＳＴＭ")


@given(DAYS)
def test_what_is_written_can_be_read_back(day):
    written = (
        day.isoformat(),
        f"{day:%Y%m%d}",
        f"{day.year}/{day.month}/{day.day}",
        wareki(day),
        wareki(day, weekday=True),
        wareki_short(day),
        wareki_short(day, weekday=True),
    )
    for text in written:
        assert parse_date(text, on=ON) == day
        assert parse_date(text.translate(FULL_WIDTH), on=ON) == day


@given(DAYS.filter(lambda day: day <= ON), st.sampled_from(["day", "month", "year"]))
def test_births_can_be_read_back_as_far_as_known(day, precision):
    birth = parse_birth(wareki_birth(day, precision), ON)
    assert birth.precision == precision
    assert wareki_birth(*birth) == wareki_birth(day, precision)
    assert birth.day <= day


@given(DAYS, st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 1, 1)))
def test_a_short_date_is_never_ahead_and_within_a_year(day, on):
    try:
        read = parse_date(f"{day:%m%d}", on=on, allow_short=True)
    except DateInputError:
        assert (day.month, day.day) == (2, 29)
    else:
        assert (read.month, read.day) == (day.month, day.day)
        assert on - timedelta(days=366) < read <= on


@given(st.text(alphabet="0123456789年月日元令和昭平成SRHT.-/ 　()金\x00\ud800", max_size=16))
def test_any_text_is_read_or_refused(text):
    complaints = []
    for allow_short in (True, False):
        try:
            read = parse_date(text, on=ON, allow_short=allow_short)
        except DateInputError as refused:
            complaints.append(str(refused))
        else:
            assert parse_date(wareki(read), on=ON) == read
    assert all(complaint.endswith("ください。") for complaint in complaints)


# --- births, month and day ------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "day", "precision"),
    [
        ("S60.5.10", "1985-05-10", "day"),
        ("19850510", "1985-05-10", "day"),
        ("1985/5/10", "1985-05-10", "day"),
        ("昭和60年5月10日", "1985-05-10", "day"),
        ("S60.5", "1985-05-01", "month"),
        ("昭和60年5月", "1985-05-01", "month"),
        ("1985-05", "1985-05-01", "month"),
        ("1985年5月", "1985-05-01", "month"),
        ("１９８５／５", "1985-05-01", "month"),
        ("昭和60年", "1985-01-01", "year"),
        ("昭和60", "1985-01-01", "year"),
        ("S60", "1985-01-01", "year"),
        ("1985", "1985-01-01", "year"),
        ("1985年", "1985-01-01", "year"),
        ("平成・1", "1989-01-08", "year"),
        ("平成元年", "1989-01-08", "year"),
        ("平成元年1月", "1989-01-08", "month"),
        ("昭和64年", "1989-01-01", "year"),
        ("令和元年", "2019-05-01", "year"),
        ("昭和元年12月", "1926-12-25", "month"),
        ("2026-11-22", "2026-11-22", "day"),
        ("2026-11", "2026-11-01", "month"),
    ],
)
def test_parse_birth(text, day, precision):
    assert parse_birth(text, ON) == Birth(d(day), precision)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "生年月日が入っていません。S60.5.10 のように入れてください。"),
        ("2026-11-23", "未来の日付です。生年月日を確かめてください。"),
        ("R8.12", "未来の日付です。生年月日を確かめてください。"),
        ("2027", "未来の日付です。生年月日を確かめてください。"),
        ("昭和65年", "昭和は64年までです。平成2年なら『H2』と入れてください。"),
        ("昭和64年2月", "昭和は64年1月7日までです。平成元年2月なら『H1.2』と入れてください。"),
        ("令和元年4月", "令和は元年5月1日からです。平成31年4月なら『H31.4』と入れてください。"),
        ("S60.13", "13月はありません。月を確かめてください。"),
        ("S60.2.30", "2月30日はありません。日を確かめてください。"),
        ("1118", BEFORE_MEIJI),
        (
            "60.5.10",
            "生年月日として読めません。S60.5.10、1985-05-10、日が分からなければ S60.5、"
            "昭和60年 のように入れてください。",
        ),
    ],
)
def test_parse_birth_says_what_is_wrong(text, message):
    with pytest.raises(DateInputError) as refused:
        parse_birth(text, ON)
    assert str(refused.value) == message


def test_parse_month_day():
    for text in ("1118", "11/18", "１１／１８", "11月18日"):
        assert parse_month_day(text) == (11, 18)
    assert parse_month_day("2/29") == (2, 29)
    with pytest.raises(DateInputError) as refused:
        parse_month_day("R4.11.18")
    assert str(refused.value) == "月日として読めません。11/18 か 1118 のように入れてください。"


# --- times ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("10:05", time(10, 5)),
        ("1005", time(10, 5)),
        ("905", time(9, 5)),
        ("0:00", time(0, 0)),
        ("2359", time(23, 59)),
        ("10時5分", time(10, 5)),
        ("10時05分", time(10, 5)),
        ("10時", time(10, 0)),
        ("10時半", time(10, 30)),
        ("午前10時5分", time(10, 5)),
        ("午後3時", time(15, 0)),
        ("午後3:05", time(15, 5)),
        ("午後0時30分", time(12, 30)),
        ("午前0時", time(0, 0)),
        ("１０：０５", time(10, 5)),
        ("１００５", time(10, 5)),
        ("午後３時", time(15, 0)),
        (" 10 : 05 ", time(10, 5)),
    ],
)
def test_parse_time(text, expected):
    assert parse_time(text) == expected


HALF_DAY = "午前・午後は0時から11時までに付けます。15:05 のように24時間で入れてください。"
UNKNOWN_TIME = "時刻として読めません。10:05、1005、10時5分、午後3時 のように入れてください。"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "時刻が入っていません。10:05 のように入れてください。"),
        ("24:00", "24時はありません。0時から23時までで入れてください。"),
        ("10:60", "60分はありません。0分から59分までで入れてください。"),
        ("10時75分", "75分はありません。0分から59分までで入れてください。"),
        ("午後12時", HALF_DAY),
        ("午前12時", HALF_DAY),
        ("午後15時", HALF_DAY),
        ("10", UNKNOWN_TIME),
        ("10:5", UNKNOWN_TIME),
        ("昼", UNKNOWN_TIME),
        ("-1:00", UNKNOWN_TIME),
        ("١٠:٠٥", UNKNOWN_TIME),
        ("10:05\x00", UNKNOWN_TIME),
    ],
)
def test_parse_time_says_what_is_wrong(text, message):
    with pytest.raises(TimeInputError) as refused:
        parse_time(text)
    assert str(refused.value) == message


@given(st.times())
def test_times_can_be_read_back(moment):
    expected = moment.replace(second=0, microsecond=0)
    assert parse_time(f"{moment:%H:%M}") == expected
    assert parse_time(f"{moment:%H%M}") == expected
    assert parse_time(f"{moment.hour}時{moment.minute}分") == expected
