"""Charts on a page: lines and text instead of pixels, in millimetres, in our fonts."""

import re
from itertools import pairwise

import pytest

from crm_desktop.reports.chart_spec import Chart, Series
from crm_desktop.reports.charts import draw_on_pdf
from crm_desktop.reports.pdf import Pdf

RING = Chart("ring", "各等级占比", ("",), (Series("满意", (3,), "#2e7d32"), Series("不满意", (1,), "#c62828")))
LINE = Chart(
    "line", "满意率", ("2026-01", "2026-02"), (Series("反馈", (0.5, 1), unit="percent"), Series("投诉", (0.25, 0.5), unit="percent")),
    note="满意率 = 算作满意的等级 ÷ 已评价",
)  # fmt: skip
BARS = Chart("bars", "最多的客户 𠮷", ("长春宏达机械有限公司", "王小明"), (Series("记录数", (12, 3), "#0b4f9e"),))
HATCHED = Chart("stacked", "各月", ("2026-01",), (Series("一", (5,), "#f57c00"), Series("二", (5,), "#9e9e9e")))


def document_of(*charts, place=(20, 30, 120, 80)):
    pdf = Pdf("图表")
    for chart in charts:
        pdf.start_page(210, 297)
        draw_on_pdf(pdf, chart, *place)
        pdf.end_page()
    return pdf.finish([])


@pytest.mark.parametrize(
    ("chart", "words"),
    [(RING, ("各等级占比", "满意", "不满意", "75.0%", "25.0%")), (LINE, ("满意率", "2026-01", "反馈", "÷", "50%")),
     (BARS, ("最多的客户 𠮷", "长春宏达机械有限公司", "王小明", "12")), (HATCHED, ("2026-01", "一", "10"))],
)  # fmt: skip
def test_all_words_can_be_read_back(pages, chart, words):
    (page,) = pages(document_of(chart))
    assert all(word in page.text for word in words), page.text


@pytest.mark.parametrize("chart", [RING, LINE, BARS, HATCHED])
def test_a_chart_stays_in_its_place(pages, chart):
    (page,) = pages(document_of(chart))
    left, top, right, bottom = page.ink_box()
    assert left >= 20 and top >= 30 and right <= 140.2 and bottom <= 110.2
    assert left < 27 and top < 37


def test_bars_are_as_long_as_their_numbers_in_millimetres(pages):
    (page,) = pages(document_of(BARS))
    picture = page.page.render(scale=10 * 25.4 / 72).to_pil().convert("RGB")  # ten dots a mm
    lengths = []
    for share in (0.3, 0.75):
        row = round((30 + 80 * share) * 10)
        lengths.append(sum(picture.getpixel((x, row)) == (0x0B, 0x4F, 0x9E) for x in range(200, 1400)))
    assert lengths[0] > 300
    assert lengths[0] / lengths[1] == pytest.approx(4, rel=0.03)


def test_there_is_no_picture_in_it_and_only_our_fonts():
    data = document_of(RING, LINE, BARS, HATCHED).to_bytes()
    assert b"/Subtype /Image" not in data and b"/Image" not in re.sub(rb"/Image[BCI]\b", b"", data)
    fonts = set(re.findall(rb"/BaseFont /(?:[A-Z]{6}\+)?([A-Za-z0-9-]+)", data))
    assert fonts and not any(name.startswith((b"DejaVu", b"STIX")) for name in fonts)


def test_the_same_numbers_differ_in_hatch_on_paper(pages):
    (page,) = pages(document_of(HATCHED, place=(10, 10, 60, 60)))
    picture = page.page.render(scale=4).to_pil().convert("L")
    shades = [picture.getpixel((round(35 * 4 * 72 / 25.4), round(y * 4 * 72 / 25.4 / 10))) for y in range(250, 620)]
    assert max(shades) > 250 and min(shades) < 190
    changes = sum(abs(a - b) > 40 for a, b in pairwise(shades))
    assert changes > 10
