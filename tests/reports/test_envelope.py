"""Envelopes come out at true size with every zone of the standard respected, and say what is missing."""

import ctypes
from dataclasses import replace

import pypdfium2.raw as raw
import pytest

from crm_desktop.errors import ReportError
from crm_desktop.reports import EnvelopeOptions, Recipient
from crm_desktop.reports.calibration import calibration
from crm_desktop.reports.envelope import envelopes, preflight, stationery
from crm_desktop.reports.envelope_sizes import DOMESTIC, GEOMETRIES, stationeries

SIZES = [size for size in sorted(GEOMETRIES) if DOMESTIC in stationeries(size)]
TRUE_SIZES = {"B6": (176, 125), "DL": (220, 110), "ZL": (230, 120), "C5": (229, 162), "C4": (324, 229)}
STATIONERY = ("2003", "2021")


@pytest.mark.parametrize("size", SIZES)
def test_page_is_the_envelope(pages, recipient, sender, size):
    page = pages(envelopes([recipient], sender, EnvelopeOptions(size=size)))[0]
    assert (page.width, page.height) == pytest.approx(TRUE_SIZES[size], abs=0.1)


@pytest.mark.parametrize("size", SIZES)
def test_every_digit_is_in_the_middle_of_its_box(pages, recipient, sender, size):
    letters = [replace(recipient, postcode=code) for code in ("012345", "678901", "111111")]
    document = envelopes(letters, sender, EnvelopeOptions(size=size))
    for page, letter in zip(pages(document), letters, strict=True):
        digits = sorted((box for box in page.boxes() if box[4] < 26), key=lambda box: box[1])
        assert "".join(box[0] for box in digits) == letter.postcode
        for number, (_, left, top, right, bottom) in enumerate(digits):
            assert (left + right) / 2 == pytest.approx(16 + 10 * number, abs=0.05)
            assert (top + bottom) / 2 == pytest.approx(15, abs=0.05)


@pytest.mark.parametrize("stationery", STATIONERY)
@pytest.mark.parametrize("size", SIZES)
def test_zones_of_the_post_stay_blank(pages, longest, sender, size, stationery):
    letter = replace(longest, postcode="")
    options = EnvelopeOptions(size=size, stationery=stationery, include_phone=True)
    page = pages(envelopes([letter], sender, options))[0]
    wide, high = TRUE_SIZES[size]
    assert page.is_blank(0, 0, 90, 26)
    assert page.is_blank(wide - 160, high - 20, wide - 55, high)
    assert page.is_blank(wide - 32, 10, wide - 10, 36)
    assert not page.is_blank(0, 26, wide, high - 20)


@pytest.mark.parametrize("stationery", STATIONERY)
@pytest.mark.parametrize("size", SIZES)
def test_longest_address_fits_in_readable_type(pages, longest, sender, size, stationery):
    document = envelopes([longest], sender, EnvelopeOptions(size=size, stationery=stationery))
    page = pages(document)[0]
    assert document.warnings == []
    for text in (longest.address, longest.company, longest.name, "女士"):
        assert text in page.flat.replace("　", "")
    assert page.text_page.count_chars()
    heights = [obj.get_font_size() for obj in page.page.get_objects() if hasattr(obj, "get_font_size")]
    assert heights and min(heights) >= 9
    left, top, right, bottom = page.ink_box()
    assert left > 8 and top > 8 and right < page.width - 8 and bottom < page.height - 6


def test_names_are_read_back_as_they_are(pages, rare, longest, sender):
    first, second = pages(envelopes([rare, longest], sender, EnvelopeOptions(art=True)))
    for text in (rare.name, rare.company, rare.address, "总经理", "收"):
        assert text in first.flat
    assert longest.name in second.flat


def test_the_gap_in_a_short_name_is_no_space_to_a_reader(pages, longest):
    page = pages(envelopes([longest], None, EnvelopeOptions()))[0]
    marked = [each for each in page.page.get_objects() if raw.FPDFPageObj_CountMarks(each)]
    buffer, length = (ctypes.c_ubyte * 32)(), ctypes.c_ulong()
    mark = raw.FPDFPageObj_GetMark(marked[0], 0)
    assert raw.FPDFPageObjMark_GetParamBlobValue(mark, b"ActualText", buffer, 32, length)
    assert bytes(buffer[: length.value]).decode("utf-16") == longest.name
    left, right = (each.get_bounds() for each in (marked[0], marked[-1]))
    em = 21
    assert right[2] - left[0] > 2.3 * em


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"honorific": "教授", "position": "总经理", "position_is_title": True, "gender": "男"}, "教授"),
        ({"position": "总经理", "position_is_title": True, "gender": "男"}, "总经理"),
        ({"position": "采购员", "gender": "女"}, "女士"),
        ({"gender": "男"}, "先生"),
        ({"gender": "未知"}, ""),
    ],
)
def test_salutation(pages, sender, values, expected):
    letter = Recipient("1", "310012", "杭州市", "", "", "王建国", **values)
    text = pages(envelopes([letter], None, EnvelopeOptions(ending="亲启")))[0].flat.replace(" ", "")
    assert f"王建国{expected}亲启" in text


def test_without_a_person_the_company_receives(pages, recipient):
    letter = replace(recipient, name="", department="", gender="男")
    text = pages(envelopes([letter], None, EnvelopeOptions(include_company=False)))[0].flat.replace(" ", "")
    assert text.count(letter.company) == 1
    assert "杭州明德精密仪器有限公司收" in text
    assert "先生" not in text


def test_private_person_has_no_company_line(pages, recipient):
    text = pages(envelopes([replace(recipient, company="", department="")], None, EnvelopeOptions()))[0].flat
    assert "公司" not in text
    assert "王建国" in text


def test_phone_and_sender_only_when_asked_for(pages, recipient, sender):
    plain, full = (
        pages(envelopes([recipient], sender, options))[0].flat
        for options in (EnvelopeOptions(sender=False), EnvelopeOptions(include_phone=True))
    )
    assert sender.name not in plain and recipient.phone not in plain
    assert sender.name in full and recipient.phone in full and f"邮政编码　{sender.postcode}" in full


def test_art_is_a_layer_of_its_own(pages, recipient, sender):
    text, art = (pages(envelopes([recipient], sender, EnvelopeOptions(art=art)))[0] for art in (False, True))
    assert text.is_blank(180, 5, 215, 40) and not art.is_blank(180, 5, 215, 40)
    assert "票" not in text.flat and "票" in art.flat


def test_words_of_2021_are_printed_by_the_maker(pages, recipient, sender):
    options = EnvelopeOptions(stationery="2021")
    text, art = (
        pages(envelopes([recipient], sender, replace(options, art=art)))[0].flat for art in (False, True)
    )
    assert "收件人" not in text and "邮政编码" not in text
    assert "收件人：" in art and "电话（选填）：" in art and art.count("邮政编码") == 1


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_offset_moves_the_ink_exactly(pages, recipient, sender, rotation):
    options = EnvelopeOptions(rotation=rotation)
    moved = replace(options, offset_x_mm=3, offset_y_mm=2)
    before, after = (pages(envelopes([recipient], sender, each))[0].ink_box(20) for each in (options, moved))
    expected = {0: (3, 2), 90: (-2, 3), 180: (-3, -2), 270: (2, -3)}[rotation]
    moves = [b - a for a, b in zip(before, after, strict=True)]
    assert moves == pytest.approx([*expected, *expected], abs=0.06)


@pytest.mark.parametrize(("rotation", "turns"), [(90, 3), (180, 2), (270, 1)])
def test_rotation_turns_without_mirroring(pages, recipient, sender, rotation, turns):
    upright = pages(envelopes([recipient], sender, EnvelopeOptions()))[0]
    turned = pages(envelopes([recipient], sender, EnvelopeOptions(rotation=rotation)))[0]
    expected = upright.ink(4).rotate(90 * turns, expand=True)
    actual = turned.ink(4)
    assert actual.size == pytest.approx(expected.size, abs=1)
    small = [image.resize((110, 110)).point([0] * 40 + [255] * 216) for image in (expected, actual)]
    differing = sum(a != b for a, b in zip(small[0].tobytes(), small[1].tobytes(), strict=True))
    assert differing < 0.02 * 110 * 110


@pytest.mark.parametrize(
    ("feed", "rotation", "size", "left"),
    [
        ("left", 90, (210, 297), 0),
        ("center", 90, (210, 297), 50),
        ("right", 90, (210, 297), 100),
        ("left", 0, (297, 210), 0),
        ("right", 0, (297, 210), 77),
    ],
)
def test_a4_sheet_carries_the_envelope(pages, recipient, sender, feed, rotation, size, left):
    alone = pages(envelopes([recipient], sender, EnvelopeOptions(rotation=rotation)))[0].ink_box()
    page = pages(envelopes([recipient], sender, EnvelopeOptions(rotation=rotation, feed=feed)))[0]
    assert (page.width, page.height) == pytest.approx(size, abs=0.1)
    moved = [b - a for a, b in zip(alone, page.ink_box(), strict=True)]
    assert moved == pytest.approx([left, 0, left, 0], abs=0.3)


def test_c4_does_not_fit_on_a4(recipient, sender):
    with pytest.raises(ReportError, match="A4"):
        envelopes([recipient], sender, EnvelopeOptions(size="C4", feed="left"))


def test_measures_can_be_changed(pages, recipient, sender):
    geometry = replace(GEOMETRIES["DL"], box_left=14, box_top=11)
    page = pages(envelopes([recipient], sender, EnvelopeOptions(geometry=geometry)))[0]
    first = min((box for box in page.boxes() if box[4] < 26), key=lambda box: box[1])
    assert ((first[1] + first[3]) / 2, (first[2] + first[4]) / 2) == pytest.approx((18, 16), abs=0.3)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"postcode": ""}, "没有邮政编码，方框留空。"),
        ({"postcode": "3100"}, "邮政编码“3100”不是六位数字，方框留空。"),
        ({"address": " "}, "没有地址。"),
        ({"name": "", "company": "", "department": ""}, "没有联系人，也没有单位名称。"),
        ({"name": "王\ue5ff"}, "字库中没有“\ue5ff”（U+E5FF），以〓代替。"),
        ({"address": "长春市" * 60}, "地址太长，用最小字号（9 磅）也要排 4 行，请核对。"),
        ({"address": "长春市" * 900}, "地址太长，信封上印不下，末尾已省略。"),
        ({"name": "长" * 300}, "收件人太长，信封上印不下，末尾已省略。"),
    ],
)
def test_preflight_tells_before_anything_is_drawn(recipient, sender, change, sentence):
    letters = [recipient, replace(recipient, label="坏的", **change)]
    problems = preflight(letters, EnvelopeOptions(), sender)
    assert [(problem.record_label, problem.problem) for problem in problems] == [("坏的", sentence)]
    assert envelopes(letters, sender, EnvelopeOptions()).warnings == problems


def test_bad_postcode_leaves_the_boxes_empty_and_full_width_digits_count(pages, recipient, sender):
    letters = [replace(recipient, postcode="31001x"), replace(recipient, postcode="３１００１２")]
    bad, wide = pages(envelopes(letters, sender, EnvelopeOptions()))
    assert bad.is_blank(0, 0, 90, 26)
    assert [box[0] for box in wide.boxes() if box[4] < 26] == list("310012")


def test_sender_without_postcode_is_reported_once(recipient, sender):
    document = envelopes([recipient] * 3, replace(sender, postcode=""), EnvelopeOptions())
    assert [warning.record_label for warning in document.warnings] == ["寄件人"]


def test_missing_character_is_drawn_as_geta(pages, recipient):
    page = pages(envelopes([replace(recipient, name="王\ue5ff明")], None, EnvelopeOptions()))[0]
    assert "王〓明" in page.flat


def test_progress_and_cancelling(recipient, sender):
    seen = []
    document = envelopes([recipient] * 120, sender, EnvelopeOptions(), lambda *done: seen.append(done))
    assert document.pages == 120
    assert seen == [(50, 120), (100, 120), (120, 120)]
    with pytest.raises(ReportError, match="已取消"):
        envelopes([recipient] * 120, sender, EnvelopeOptions(), None, lambda: True)


def test_nothing_to_print_is_said(sender):
    with pytest.raises(ReportError, match="先选择"):
        envelopes([], sender, EnvelopeOptions())


@pytest.mark.parametrize(
    "values",
    [{"size": "A5"}, {"rotation": 45}, {"offset_x_mm": 30.0}, {"stationery": "1999"}, {"feed": "up"}],
)
def test_impossible_options_are_refused(values):
    with pytest.raises(ReportError):
        EnvelopeOptions(**values)


@pytest.mark.parametrize("size", SIZES)
def test_calibration_page_marks_the_boxes(pages, size):
    page = pages(calibration(EnvelopeOptions(size=size)))[0]
    assert (page.width, page.height) == pytest.approx(TRUE_SIZES[size], abs=0.1)
    assert "第 1 个应为 16 和 15" in page.text
    assert not page.is_blank(13.5, 14.8, 15, 15.3)
    assert not page.is_blank(15.8, 12.5, 16.3, 14)
    assert page.is_blank(20, 13, 22, 17)


def test_viewer_is_told_not_to_scale(recipient, sender):
    assert b"/PrintScaling /None" in envelopes([recipient], sender, EnvelopeOptions()).to_bytes()


def test_a_problem_names_its_record(recipient, sender):
    letters = [replace(recipient, record=4), replace(recipient, record=7, postcode="")]
    for problems in (preflight(letters, EnvelopeOptions(), sender), envelopes(letters, sender, EnvelopeOptions()).warnings):
        assert [problem.record for problem in problems] == [7]


def test_the_check_can_be_cancelled(recipient):
    with pytest.raises(ReportError, match="已取消"):
        preflight([recipient], EnvelopeOptions(), cancelled=lambda: True)


def test_the_stationery_stays_where_it_is_when_the_ink_is_moved(pages):
    still, moved = EnvelopeOptions(feed="left"), EnvelopeOptions(feed="left", offset_x_mm=5, offset_y_mm=5)
    assert pages(stationery(moved))[0].ink_box() == pages(stationery(still))[0].ink_box()
    assert pages(stationery(still))[0].width == pytest.approx(297, abs=0.1)
