"""Charts as pixels: what is where, that no text overlaps or is cut, and what a click means."""

from itertools import combinations, pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from crm_desktop.models.chart_colours import ChartPalette
from crm_desktop.reports.chart_axis import names, scale, tick_text, value_text
from crm_desktop.reports.chart_sheet import LINE, Box, library
from crm_desktop.reports.chart_spec import Chart, Series
from crm_desktop.reports.charts import NO_DATA, as_shares, draw, natural_height, picture, save_png

GRADES = (("非常满意", "#2e7d32"), ("满意", "#8bc34a"), ("不满意", "#f57c00"), ("未评价", "#9e9e9e"))
RING = Chart("ring", "各等级占比", ("",), tuple(Series(name, (25,), colour) for name, colour in GRADES))
MONTHS = tuple(f"2026-{month:02}" for month in range(1, 13))
LONG = "长春市宏达精密机械制造有限责任公司净月分公司"


def columns(groups: tuple[str, ...], number: int = 6) -> Chart:
    series = tuple(Series(name, (number,) * len(groups), colour) for name, colour in GRADES)
    return Chart("stacked", "各组的满意程度", groups, series, note="满意率 = 算作满意的等级 ÷ 已评价")


def lines(groups: tuple[str, ...]) -> Chart:
    shares = tuple(None if place % 5 == 3 else (place % 7) / 7 for place in range(len(groups)))
    scores = tuple(None if value is None else 1 + 4 * value for value in shares)
    return Chart("line", "满意率和平均分", groups, (Series("满意率", shares, "", "percent"),
                                             Series("平均分", scores, "", "score")))  # fmt: skip


def bars(groups: tuple[str, ...]) -> Chart:
    values = tuple(float(place + 1) for place in range(len(groups)))
    return Chart("bars", "处理时长", groups, (Series("中位数", values, "", "days"), Series("九成以内", values, "", "days")))


def image_of(chart: Chart, width: int = 640, height: int = 400, **options: Any) -> Image.Image:
    made = picture(chart, width, height, 96, **options)
    assert (made.width, made.height) == (width, height)
    return Image.frombytes("RGBA", (width, height), made.pixels).convert("RGB")


def share_of(image: Image.Image, colour: str) -> float:
    """How much of the picture has about this colour."""
    wanted = tuple(int(colour[start : start + 2], 16) for start in (1, 3, 5))
    pixels = image.get_flattened_data() if hasattr(image, "get_flattened_data") else image.getdata()
    near = sum(all(abs(a - b) < 6 for a, b in zip(pixel, wanted, strict=True)) for pixel in pixels)
    return near / (image.width * image.height)


def texts_of(chart: Chart, size: tuple[float, float]) -> tuple[Any, list[Any]]:
    """Where the renderer really sets each text, in points."""
    figure = library().Figure((size[0] / 72, size[1] / 72), dpi=72)
    canvas = library().FigureCanvasAgg(figure)
    draw(chart, figure)
    found = [artist for artist in figure.artists if isinstance(artist, library().Text)]
    return figure, [(text, text.get_window_extent(canvas.get_renderer())) for text in found]


def complain_of_texts(chart: Chart, size: tuple[float, float]) -> None:
    _, found = texts_of(chart, size)
    for text, box in found:
        inside = box.x0 > -1 and box.y0 > -1 and box.x1 < size[0] + 1 and box.y1 < size[1] + 1
        assert inside, f"“{text.get_text()}” is cut off: {box} in {size}"
    for (one, box), (other, another) in combinations(found, 2):
        across = min(box.x1, another.x1) - max(box.x0, another.x0)
        up = min(box.y1, another.y1) - max(box.y0, another.y0)
        assert across < 1.5 or up < 1.5, f"“{one.get_text()}” and “{other.get_text()}” overlap in {size}"


# -- what is drawn -------------------------------------------------------------------------------------------------


def test_a_ring_has_its_parts_clockwise_from_the_top() -> None:
    made = picture(RING, 640, 400, 96)
    image = image_of(RING)
    areas = {series: area for area, (_, series) in made.targets}
    for name, colour in GRADES:
        part: Any = areas[name]
        assert (part.end - part.start) == pytest.approx(90)
        assert share_of(image, colour) > 0.01
    assert [areas[name].start for name, _ in GRADES] == [0, 90, 180, 270]  # type: ignore[union-attr]


def test_a_click_on_a_slice_names_its_grade() -> None:
    made = picture(RING, 640, 400, 96)
    part: Any = made.targets[0][0]
    x, y, radius = part.x * 96 / 72, 400 - part.y * 96 / 72, (part.inner + part.outer) / 2 * 96 / 72
    diagonal = radius * 0.7071
    assert made.hit(x + diagonal, y - diagonal) == ("", "非常满意")
    assert made.hit(x - diagonal, y - diagonal) == ("", "未评价")
    assert made.hit(x, y) is None
    assert made.hit(1, 1) is None


def test_columns_grow_with_their_numbers_and_answer_a_click() -> None:
    chart = Chart("stacked", "", ("甲", "乙"), (Series("好", (2, 4), "#2e7d32"), Series("差", (None, 4), "#c62828")))
    made = picture(chart, 600, 400, 96)
    areas = {target: area for area, target in made.targets}
    heights = {target: area.top - area.bottom for target, area in areas.items()}  # type: ignore[union-attr]
    assert heights[("乙", "好")] == pytest.approx(2 * heights[("甲", "好")])
    assert areas[("乙", "差")].bottom == pytest.approx(areas[("乙", "好")].top)  # type: ignore[union-attr]
    assert ("甲", "差") not in areas
    box: Any = areas[("乙", "差")]
    x, y = (box.left + box.right) / 2 * 96 / 72, 400 - (box.bottom + box.top) / 2 * 96 / 72
    assert made.hit(x, y) == ("乙", "差")
    image = Image.frombytes("RGBA", (600, 400), made.pixels).convert("RGB")
    assert image.getpixel((int(box.left * 96 / 72) + 4, int(y))) == (0xC6, 0x28, 0x28)


def test_a_line_stops_where_nothing_is_known() -> None:
    chart = Chart("line", "", MONTHS, (Series("满意率", (0.5, None, *[0.5] * 10), "#0b4f9e", "percent"),))
    made = picture(chart, 640, 300, 96)
    points = {group: area for area, (group, _) in made.targets}
    assert set(points) == set(MONTHS) - {"2026-02"}
    image = Image.frombytes("RGBA", (640, 300), made.pixels).convert("RGB")
    middle = {group: ((box.left + box.right) / 2, (box.bottom + box.top) / 2) for group, box in points.items()}  # type: ignore[union-attr]

    def colour_between(one: str, other: str) -> tuple[int, ...]:
        x, y = ((a + b) / 2 * 96 / 72 for a, b in zip(middle[one], middle[other], strict=True))
        return image.getpixel((round(x), round(300 - y)))  # type: ignore[return-value]

    assert colour_between("2026-05", "2026-06") == (0x0B, 0x4F, 0x9E)
    assert colour_between("2026-01", "2026-03") != (0x0B, 0x4F, 0x9E)


def test_one_point_is_a_mark() -> None:
    image = image_of(Chart("line", "", ("2026-11",), (Series("满意率", (0.4,), "#c62828", "percent"),)))
    assert 0 < share_of(image, "#c62828") < 0.01


def test_words_stand_where_nothing_can_be_drawn() -> None:
    said = Chart("line", "满意率", (), (), message="这段时间没有记录。")
    for chart, words in ((said, said.message), (columns(MONTHS, 0), NO_DATA), (Chart("ring", "", (), ()), NO_DATA)):
        _, found = texts_of(chart, (400, 250))
        assert words in [text.get_text() for text, _ in found]


def test_shares_fill_every_column() -> None:
    chart = as_shares(columns(("甲", "乙")))
    assert [each.values for each in chart.series] == [(0.25, 0.25)] * 4
    assert {each.unit for each in chart.series} == {"percent"}
    assert as_shares(RING) is RING
    empty = as_shares(Chart("stacked", "", ("甲",), (Series("好", (0,)),)))
    assert empty.series[0].values == (None,)


def test_the_dark_window_has_a_dark_chart() -> None:
    image = image_of(columns(MONTHS), palette=ChartPalette("#212529", "#dee2e6", "#adb5bd", "#495057"))
    assert image.getpixel((2, 2)) == (0x21, 0x25, 0x29)
    assert share_of(image, "#ffffff") < 0.001


def test_grades_as_light_as_another_differ_in_grey_by_their_hatch() -> None:
    chart = Chart("bars", "", ("甲",), (Series("一", (9,), "#f57c00"), Series("二", (9,), "#9e9e9e")))
    made = picture(chart, 400, 300, 96)
    image = Image.frombytes("RGBA", (400, 300), made.pixels).convert("L")
    shades = []
    for area, _ in made.targets:
        box = area._replace(left=area.left + 4, right=area.right - 4)  # type: ignore[union-attr,call-arg]
        sides = (box.left, 225 - box.top + 3, box.right, 225 - box.bottom - 3)
        piece = image.crop([round(side * 96 / 72) for side in sides])  # type: ignore[arg-type]
        shades.append(len(piece.getcolors(256) or ()))
    assert shades[0] == 1 < shades[1]


def test_a_rare_character_is_drawn_and_a_missing_one_is_said(tmp_path: Any) -> None:
    _, found = texts_of(Chart("bars", "𠮷㐀 \ue000", ("$x^2$",), (Series("−5", (-5,)),)), (400, 250))
    words = [text.get_text() for text, _ in found]
    assert words[0] == "𠮷㐀 〓"
    assert "$x^2$" in words
    assert "-5" in words
    path = tmp_path / "图.png"
    save_png(RING, path, (4, 3), 150)
    with Image.open(path) as image:
        assert image.size == (600, 450)


def test_more_bars_ask_for_more_height() -> None:
    assert natural_height(bars(MONTHS[:2]), 200) == 200
    assert natural_height(bars((LONG,) * 30), 200) > 30 * 2 * 8


# -- axes ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("unit", "value", "beside", "on_axis"),
    [("count", 1200, "1,200", "1,200"), ("percent", 0.857, "85.7%", "86%"), ("percent", 1, "100%", "100%"),
     ("score", 4, "4.00", "4"), ("days", 2.5, "2.5天", "2.5")],
)  # fmt: skip
def test_numbers_are_written_as_clerks_write_them(unit: Any, value: float, beside: str, on_axis: str) -> None:
    assert (value_text(value, unit), tick_text(value, unit)) == (beside, on_axis)


def test_shares_and_scores_have_axes_that_never_move() -> None:
    assert scale("percent", [0.4], 200, 8).ticks == (0, 0.25, 0.5, 0.75, 1)
    assert scale("score", [4.1], 200, 8).ticks == (1, 2, 3, 4, 5)
    assert scale("count", [], 200, 8).ticks == (0, 1)
    assert scale("count", [3], 100, 8).ticks == (0, 1, 2, 3)


@given(st.lists(st.floats(-1e7, 1e7), min_size=1), st.floats(10, 600), st.sampled_from(["count", "days"]))
def test_an_axis_holds_all_values_on_few_round_ticks(values: list[float], room: float, unit: Any) -> None:
    axis = scale(unit, values, room, 7)
    assert axis.low <= min(*values, 0) and axis.high >= max(*values, 0)
    assert len(axis.ticks) <= room / (7 * LINE * 1.4) + 3
    if unit == "count":
        assert all(tick == int(tick) for tick in axis.ticks)


WORDS = st.text("东北华机械制造有限责任公司长春市甲乙丙丁AB12", min_size=1, max_size=24)
MONTH_GROUPS = st.integers(1, 120).map(lambda n: tuple(f"{2017 + i // 12}-{i % 12 + 1:02}" for i in range(n)))
NAME_GROUPS = st.lists(WORDS, min_size=1, max_size=30).map(tuple)
SIZES = st.tuples(st.floats(220, 1000), st.floats(150, 600))


@given(st.one_of(MONTH_GROUPS, NAME_GROUPS), st.floats(120, 900))
def test_names_keep_all_their_characters_and_their_distance(groups: tuple[str, ...], width: float) -> None:
    placed = names(groups, Box(30, 0, width, 100), (0, width + 10), 80)
    assert all("".join(name.lines) == groups[name.place] for name in placed)
    assert placed[0].place == 0
    if len(placed) > 1:
        assert placed[-1].place == len(groups) - 1
    boxes = [name.box(0) for name in placed]
    assert all(left.right <= right.left + 1e-6 for left, right in pairwise(boxes))
    assert all(box.left >= -1e-6 and box.right <= width + 10 + 1e-6 for box in boxes)


@pytest.mark.parametrize("make", [columns, lines, bars, lambda groups: as_shares(columns(groups))])
@settings(max_examples=10)
@given(st.one_of(MONTH_GROUPS, NAME_GROUPS), SIZES)
def test_no_text_of_any_chart_overlaps_or_is_cut(make: Any, groups: tuple[str, ...], size: tuple[float, float]) -> None:
    complain_of_texts(make(groups), size)


@settings(max_examples=10)
@given(st.lists(WORDS, min_size=1, max_size=30), SIZES)
def test_no_text_of_a_ring_overlaps_or_is_cut(parts: list[str], size: tuple[float, float]) -> None:
    series = tuple(Series(part, (place + 1,)) for place, part in enumerate(parts))
    complain_of_texts(Chart("ring", "客户构成", ("",), series, note=LONG * 3), size)
