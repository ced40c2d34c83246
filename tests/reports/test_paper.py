"""The paper of one record: true size, every character of every field, signed at the foot, cut where it must be."""

from collections import Counter

import pypdfium2
import pypdfium2.raw as raw
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crm_desktop.errors import ReportError
from crm_desktop.reports import Column, Table
from crm_desktop.reports.fonts import missing
from crm_desktop.reports.list_layout import printable
from crm_desktop.reports.paper import SHEETS, Paper, Part
from crm_desktop.reports.paper_layout import Cell, Grid, paginate

MILLIMETRES = {"A4": (210, 297), "A5": (148, 210)}
SIGNERS = ("受理人", "处理人", "部门负责人", "客户签字")
STORY = "".join(f"第{number}次来访，客户说轴承座有 0.05mm 的偏差。" for number in range(120))


def paper(content="漏油。", rows=(), **options):
    parts = [
        Part("登记", [Cell("单号", "TS20261122-001"), Cell("受理日期", "2026-11-22"), Cell("客户", "上海𠮷野商贸有限公司", 0),
                    Cell("投诉内容", content, 0, 3)]),
        Part("处理", [Cell("处理结果", "已换货", 0, 2), Cell("赔付金额", "3,200.00 元")]),
    ]  # fmt: skip
    table = Table("办理过程", [Column("时间", kind="datetime"), Column("步骤"), Column("说明")], list(rows))
    around = {"office": "长春宏达", "printed_by": "王建国", "printed_at": "2026-11-22 10:20"}
    made = {"name": "TS20261122-001", "signatures": SIGNERS, "tables": [table] if rows else [], **around, **options}
    return Paper("客户投诉处理单", parts, **made)


def text_of(found):
    return "".join(page.flat for page in found)


@pytest.mark.parametrize("size", SHEETS)
def test_the_page_has_its_size_and_everything_on_it(pages, size):
    document = paper(rows=[("2026-11-22 09:00", "受理分派", "请配合")]).pdf(size)
    (page,) = pages(document)
    assert (page.width, page.height) == pytest.approx(MILLIMETRES[size], abs=0.1)
    assert document.warnings == [] and document.pages == 1
    for text in ("客户投诉处理单", "TS20261122-001", "上海𠮷野商贸有限公司", "漏油。", "3,200.00 元", "2026-11-22 09:00",
                 "受理分派", "请配合", *SIGNERS, "长春宏达", "打印人：王建国", "2026-11-22 10:20", "第 1 页　共 1 页"):  # fmt: skip
        assert text in page.text, text
    left, top, right, bottom = page.ink_box(4)
    side = SHEETS[size].side
    assert left == pytest.approx(side, abs=0.5) and right == pytest.approx(page.width - side, abs=0.5)
    assert top > 8 and bottom < page.height - 6


def test_its_fonts_are_inside(pages):
    document = pypdfium2.PdfDocument(paper().pdf("A5").to_bytes())
    fonts = [raw.FPDFTextObj_GetFont(each.raw) for each in document[0].get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT])]
    assert len(fonts) > 10 and all(raw.FPDFFont_GetIsEmbedded(font) == 1 for font in fonts)
    document.close()


@pytest.mark.parametrize("size", SHEETS)
def test_a_long_story_goes_on_overleaf_under_its_label(pages, size):
    found = pages(paper(STORY).pdf(size))
    assert len(found) > 1
    inside = text_of(found)
    for noise in ("客户投诉处理单（续）　TS20261122-001", "投诉内容", "长春宏达", "打印人：王建国　2026-11-22 10:20"):
        inside = inside.replace(noise, "")
    for number in range(1, len(found) + 1):
        inside = inside.replace(f"第 {number} 页　共 {len(found)} 页", "")
    assert STORY.replace(" ", "") in inside.replace(" ", "")
    assert all("投诉内容" in page.text for page in found[:-1])
    assert "客户投诉处理单（续）　TS20261122-001" in found[1].text and "（续）" not in found[0].text
    assert all(signer in found[-1].text for signer in SIGNERS)


def test_the_signatures_stay_together(pages):
    for lines in range(20, 40):
        found = pages(paper("甲\n" * lines + "乙").pdf("A5"))
        holders = [sum(signer in page.text for signer in SIGNERS[2:]) for page in found]
        assert holders in ([2], [0, 2])


def test_a_heading_never_stands_alone_at_the_foot():
    grid = Grid(10, 128, 9.0, 2)
    rows = [row for number in range(30) for row in (grid.heading(f"部分{number}"), *grid.cells([Cell("甲", "乙")]))]
    for room in range(30, 90, 7):
        laid = paginate(rows, room, room)
        assert sum(len(page) for page in laid) == len(rows)
        assert not any(page[-1].keeps_next for page in laid)
        assert all(sum(row.height for row in page) <= room + 1e-6 for page in laid)


def test_a_table_repeats_its_head_on_every_page(pages):
    rows = [(f"2026-11-{number % 28 + 1:02} 09:00", "转交", f"说明{number}" * 9) for number in range(60)]
    found = pages(paper(rows=rows).pdf("A5"))
    assert len(found) >= 3
    assert all("步骤" in page.text for page in found if "转交" in page.text)
    assert all(f"说明{number}" * 2 in text_of(found) for number in range(60))


def test_what_is_left_of_a_page_is_room_to_write(pages):
    short = pages(paper().pdf("A5"))[0]
    label = short.flat.index("客户签字")
    assert label and short.ink_box(4)[3] > 190
    boxes = {char: top for char, _, top, _, _ in short.boxes() if char in "漏签"}
    assert boxes["签"] - boxes["漏"] > 60


def test_a_character_without_a_font_is_told_with_its_cell():
    rows = [("2026-11-22 09:00", "转交", "给\ue5ff")]
    document = paper("王\ue5ff\ue5ff", rows).pdf()
    assert [(each.record_label, each.problem) for each in document.warnings] == [
        ("投诉内容", "字库中没有“\ue5ff”（U+E5FF），以〓代替。"), ("办理过程", "字库中没有“\ue5ff”（U+E5FF），以〓代替。"),
    ]  # fmt: skip


def test_a_long_office_name_does_not_run_into_the_page_number(pages):
    office = "长春宏达机械制造有限公司" * 8
    (page,) = pages(paper(office=office).pdf("A5"))
    assert office in page.flat.replace(" 第 1 页　共 1 页", "")
    ends = [right for char, _, top, right, _ in page.boxes() if top > 170 and char in office]
    assert max(ends) < 148 - 11 - 22


def test_a_strange_size_is_refused():
    with pytest.raises(ReportError, match="A4、A5"):
        paper().pdf("B5")


TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), max_size=300)
MEMO = st.lists(st.one_of(TEXT, st.text("长春宏达机械0123 abc，。", max_size=400)), max_size=6).map("\n".join)


@settings(max_examples=60)
@given(content=MEMO, label=st.text("投诉内容", min_size=1, max_size=12), size=st.sampled_from(sorted(SHEETS)))
def test_no_character_is_lost_between_lines_and_pages(content, label, size):
    sheet = SHEETS[size]
    grid = Grid(sheet.side, sheet.width - 2 * sheet.side, sheet.type_size, sheet.pairs)
    laid = paginate([grid.heading("登记"), *grid.cells([Cell(label, content, 0, 3)])], 60, 90)
    boxes = [row.boxes for page in laid for row in page if len(row.boxes) == 2]
    assert "".join(line for _, value in boxes for line in value.lines) == printable(content).replace("\n", "")
    assert all("".join(name.lines) == label for name, _ in boxes)
    for rows, room in zip(laid, [60, *[90] * len(laid)], strict=False):
        assert sum(row.height for row in rows) <= room + 1e-6


@settings(max_examples=12)
@given(st.lists(st.text(st.characters(min_codepoint=0x20, max_codepoint=0xFFFF, exclude_categories=["Cs", "Cc", "Cf", "Co", "Cn", "Mn", "Me", "Zl", "Zp"]), max_size=120), min_size=1, max_size=5))  # fmt: skip
def test_every_character_is_read_back_from_the_page(texts):
    cells = [Cell("甲", text, number % 3, number % 2 + 1) for number, text in enumerate(texts)]
    document = pypdfium2.PdfDocument(Paper("单", [Part("乙", cells)]).pdf("A5").to_bytes())
    read = Counter("".join(page.get_textpage().get_text_range() for page in document))
    document.close()
    drawn = [char for text in texts for char in text if not char.isspace() and not missing(char)]
    assert not Counter(drawn) - read
