"""Address labels: each text inside its own label, the first free one, copies, and every preset on A4."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crm_desktop.errors import ReportError
from crm_desktop.reports import Recipient
from crm_desktop.reports.label_sheets import A4_HEIGHT, A4_WIDTH, SHEETS, LabelOptions, LabelSheet
from crm_desktop.reports.labels import PADDING, LabelLayout, labels

EACH_SHEET = pytest.mark.parametrize("sheet", SHEETS)


def boxes_of(face, place):
    left, top = face.place(place)
    return left, top, left + face.width, top + face.height


@EACH_SHEET
def test_a_sheet_is_a4_and_its_labels_do_not_overlap(pages, recipient, sheet):
    page = pages(labels([recipient], LabelOptions(sheet)))[0]
    assert (page.width, page.height) == pytest.approx((A4_WIDTH, A4_HEIGHT), abs=0.1)
    face = SHEETS[sheet]
    corners = [face.place(number) for number in range(face.count)]
    assert len(set(corners)) == face.count == {"3x8": 24, "L7159": 24, "L7160": 21, "L7163": 14}[sheet]
    assert corners[1][0] - corners[0][0] >= face.width and corners[face.columns][1] - corners[0][1] >= face.height


@EACH_SHEET
def test_every_text_stands_inside_its_label(pages, longest, recipient, sheet):
    face = SHEETS[sheet]
    people = [longest if number % 2 else recipient for number in range(face.count + 3)]
    document = labels(people, LabelOptions(sheet, include_phone=True))
    assert document.pages == 2
    for page, first in zip(pages(document), (0, face.count), strict=True):
        found = set()
        for _, left, top, right, bottom in page.boxes():
            inside = [
                place
                for place in range(face.count)
                for edge in [boxes_of(face, place)]
                if edge[0] + PADDING - 0.3 <= left and right <= edge[2] - PADDING + 0.3 and edge[1] + 2 <= top and bottom <= edge[3] - 1.5
            ]
            assert len(inside) == 1
            found.add(inside[0])
        assert found == set(range(min(face.count, len(people) - first)))


def test_the_first_free_label_and_copies(pages, recipient):
    face = SHEETS["L7163"]
    document = labels([recipient, replace(recipient, name="第二位")], LabelOptions("L7163", start=13, copies=3))
    assert document.pages == 2 == LabelOptions("L7163", start=13, copies=3).pages(2)
    first, second = pages(document)
    left, top, _, _ = boxes_of(face, 12)
    assert first.is_blank(0, 0, A4_WIDTH, top) and not first.is_blank(left, top, A4_WIDTH, A4_HEIGHT)
    assert second.flat.count("第二位") == 3 and first.flat.count("第二位") == 0
    assert second.flat.count("收") >= 4


def test_the_offset_moves_all_ink(pages, recipient):
    plain, moved = (
        pages(labels([recipient], LabelOptions(offset_x_mm=x, offset_y_mm=y)))[0].boxes() for x, y in ((0, 0), (2.5, -1.5))
    )
    for before, after in zip(plain, moved, strict=True):
        assert (after[1] - before[1], after[2] - before[2]) == pytest.approx((2.5, -1.5), abs=0.05)


def test_the_scale_widens_the_sheet_from_its_corner_outlines_and_all(pages, recipient):
    plain, wide = (
        pages(labels([recipient] * 3, LabelOptions("L7160", outlines=True, scale_x=scale)))[0] for scale in (1, 1.01)
    )
    for before, after in zip(plain.boxes(), wide.boxes(), strict=True):
        assert (after[1], after[2]) == pytest.approx((before[1] * 1.01, before[2]), abs=0.05)
    left = SHEETS["L7160"].place(2)[0]
    assert wide.is_blank(left - 0.6, 16, left + 0.6, 30) and not wide.is_blank(left * 1.01 - 0.3, 16, left * 1.01 + 0.3, 30)


def test_what_is_missing_or_too_long_is_said(pages):
    long = Recipient("n1", "130012", "吉林省" + "很长的街道" * 60, "公司" * 20, name="张三", record=7)
    document = labels([long, Recipient("n2", name="李四"), Recipient("n3", "130012", "𠀋街\ue000号", name="王五")], LabelOptions())
    told = [(each.record_label, each.problem) for each in document.warnings]
    assert ("n1", "标签上印不下，末尾已省略。") in told
    assert ("n2", "没有邮政编码。") in told and ("n2", "没有地址。") in told
    assert any(label == "n3" and "字库中没有" in problem for label, problem in told)


def test_outlines_are_drawn_only_when_asked_for(pages, recipient):
    face = SHEETS["L7160"]
    left, top, right, _ = boxes_of(face, 20)
    bare, drawn = (pages(labels([recipient], LabelOptions(outlines=each)))[0] for each in (False, True))
    assert bare.is_blank(left, top - 0.5, right, top + 0.5) and not drawn.is_blank(left, top - 0.5, right, top + 0.5)


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (lambda: LabelOptions("L1"), "没有“L1”"),
        (lambda: LabelOptions(start=0), "1 到 21"),
        (lambda: LabelOptions("L7163", start=15), "1 到 14"),
        (lambda: LabelOptions(copies=0), "份数"),
        (lambda: LabelOptions(font="comic"), "字体"),
        (lambda: LabelOptions(offset_x_mm=30), "偏移"),
        (lambda: LabelSheet(3, 8, 70, 38, 0, 0, 70, 38), "超出了 A4"),
        (lambda: LabelSheet(3, 8, 70, 37, 0, 0, 60, 37), "间距"),
        (lambda: LabelSheet(0, 8, 70, 37, 0, 0, 70, 37), "至少"),
        (lambda: LabelSheet(3, 8, 70, 10, 0, 0, 70, 37), "至少"),
        (lambda: LabelSheet(3, 8, 70, 37, -1, 0, 70, 37), "边距"),
        (lambda: labels([], LabelOptions()), "没有要打印的标签"),
    ],
)
def test_what_cannot_be_printed_is_refused(make, sentence):
    with pytest.raises(ReportError, match=sentence):
        make()


TEXT = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "Zs")), max_size=80)


@settings(max_examples=150)
@given(TEXT, TEXT, TEXT, st.sampled_from(sorted(SHEETS)))
def test_no_text_leaves_its_label(address, company, name, sheet):
    face = SHEETS[sheet]
    placed, _ = LabelLayout(LabelOptions(sheet)).label(Recipient("n", "130012", address, company, name=name))
    for each in placed:
        em = each.size / 72 * 25.4
        assert PADDING - 0.01 <= each.x <= face.width and em * 0.8 <= each.y <= face.height - PADDING + 0.01
