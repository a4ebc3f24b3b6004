from xml.etree import ElementTree

import pytest

from centers.charts import (
    Bar,
    LineChart,
    cap_meter,
    hbars,
    heat,
    line_caption,
    line_chart,
    sparkline,
    staff_squares,
)

MONTHS = ["4月", "5月", "6月", "7月"]
EVIL = '"><script>alert(1)</script>'


def parsed(markup: str) -> ElementTree.Element:
    """The markup as XML: it must be well-formed, whatever was put in."""
    return ElementTree.fromstring(markup)  # noqa: S314 - our own markup


def rects(markup: str, css: str) -> list[dict]:
    return [one.attrib for one in parsed(markup).iter("rect") if one.get("class") == css]


def test_cap_meter_within():
    meter = parsed(cap_meter(31, 50, "西", 125))
    assert meter.get("role") == "meter"
    assert meter.get("aria-label") == "西 計画相談の件数"
    assert meter.get("aria-valuenow") == "31"
    assert meter.get("aria-valuetext") == "31件。上限50件"
    assert rects(cap_meter(31, 50, "西", 125), "ks-held")[0]["width"] == "24.8%"


def test_cap_meter_over_is_hatched_from_the_cap_on():
    markup = cap_meter(58, 50, "中央1", 125)
    assert rects(markup, "ks-held")[0]["width"] == "40.0%"
    over = rects(markup, "ks-over")[0]
    assert (over["x"], over["width"], over["fill"]) == ("40.0%", "6.4%", "url(#hatch)")
    assert rects(markup, "ks-tick")[0]["x"] == "40.0%"


def test_cap_meter_longer_than_the_scale_ends_at_the_edge():
    markup = cap_meter(200, 50, "南1", 125)
    assert rects(markup, "ks-over")[0]["width"] == "60.0%"
    assert parsed(markup).get("aria-valuemax") == "200"


def test_cap_meter_without_a_cap_has_no_tick():
    assert not rects(cap_meter(90, None, "中央1", 125), "ks-tick")


def test_staff_squares():
    squares = parsed(staff_squares(1, 3, "東2 相談員"))
    assert squares.get("aria-label") == "東2 相談員 1/3"
    assert [one.get("class") for one in squares] == ["on", "no", "no"]


def test_staff_squares_with_more_than_required():
    assert [one.get("class") for one in parsed(staff_squares(3, 2, "西"))] == ["on", "on", "on"]


def test_hbars_share_the_longest_and_link_the_figure():
    markup = hbars([Bar("電話", 512, "/records/"), Bar("その他", 128, mute=True)])
    widths = [one.get("width") for one in parsed(markup).iter("rect")]
    assert widths == ["100.0%", "25.0%"]
    link = next(parsed(markup).iter("a"))
    assert (link.get("href"), link.text) == ("/records/", "512件")
    assert [one.get("class") for one in parsed(markup)] == ["", "mute"]


def test_hbars_of_nothing_and_of_zeros():
    assert list(parsed(hbars([]))) == []
    assert next(parsed(hbars([Bar("電話", 0)])).iter("rect")).get("width") == "0.0%"


def test_sparkline():
    spark = parsed(sparkline([1, 3, 2], "西 3か月", cap=3))
    assert (spark.get("role"), spark.get("aria-label")) == ("img", "西 3か月")
    assert spark.find("polyline").get("points") == "2.0,18.0 28.0,5.0 54.0,11.5"
    assert spark.find("line").get("y1") == "5.0"


@pytest.mark.parametrize("values", [[], [5], [5, 5, 5]])
def test_sparkline_of_little(values):
    assert parsed(sparkline(values, "西")).get("role") == "img"


def test_line_chart_says_the_finding_and_ends_where_the_months_end():
    chart = LineChart(MONTHS, [10, 12, None, None], [8, 9, 9, 10], "令和4年度", "令和3年度")
    svg = parsed(line_chart(chart, "今年のほうが多い。"))
    assert (svg.get("role"), svg.get("aria-label")) == ("img", "今年のほうが多い。")
    now = next(one for one in svg.iter("polyline") if one.get("class") == "now")
    assert len(now.get("points").split()) == 2
    assert "令和4年度 12" in [one.text for one in svg.iter("text")]


def test_line_caption_says_when_the_axis_does_not_begin_at_zero():
    high = LineChart(MONTHS, [1158, 1232, 1277, 1229], [1098, 1075, 1121, 1140], "令和4年度", "令和3年度")
    low = LineChart(MONTHS, [1, 20, 3, 4], [1, 2, 3, 4], "令和4年度", "令和3年度")
    assert line_caption(high) == "縦軸は1,000件から。実線=令和4年度、点線=令和3年度。"
    assert line_caption(low) == "実線=令和4年度、点線=令和3年度。"


@pytest.mark.parametrize("figures", [[None] * 4, [0, 0, 0, 0], [7, None, None, None]])
def test_line_chart_of_little(figures):
    chart = LineChart(MONTHS, figures, [None] * 4, "令和4年度", "令和3年度")
    assert parsed(line_chart(chart, "まだありません。")).get("role") == "img"


def test_line_chart_keeps_every_point_inside():
    chart = LineChart(MONTHS, [3, 99, 47, 1], [5, 6, 70, 2], "令和4年度", "令和3年度")
    points = [one.get("points").split() for one in parsed(line_chart(chart, "")).iter("polyline")]
    heights = [float(point.split(",")[1]) for line in points for point in line]
    assert all(16 <= y <= 172 for y in heights)


@pytest.mark.parametrize(
    ("value", "highest", "css"),
    [
        (0, 214, "heat-0"),
        (107, 214, "heat-5"),
        (214, 214, "heat-10"),
        (None, 214, "heat-0"),
        (3, 0, "heat-0"),
    ],
)
def test_heat(value, highest, css):
    assert heat(value, highest) == css


@pytest.mark.parametrize(
    "markup",
    [
        cap_meter(1, 2, EVIL),
        staff_squares(1, 2, EVIL),
        hbars([Bar(EVIL, 1, EVIL)], EVIL),
        sparkline([1], EVIL),
        line_chart(LineChart([EVIL], [1], [2], EVIL, EVIL), EVIL),
    ],
)
def test_words_are_escaped(markup):
    assert "<script>" not in markup
    assert not [one for one in parsed(markup).iter() if one.tag == "script"]


@pytest.mark.parametrize(
    "markup",
    [
        cap_meter(58, 50, "西"),
        staff_squares(1, 2, "西"),
        hbars([Bar("電話", 1)]),
        sparkline([1, 2], "西"),
        line_chart(LineChart(MONTHS, [1, 2, 3, 4], [1, 2, 3, 4], "今年", "前の年"), "同じ"),
    ],
)
def test_no_style_attribute(markup):
    assert not [one for one in parsed(markup).iter() if "style" in one.attrib]
