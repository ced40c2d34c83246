"""Every character finds a font that has it, and what was printed can be copied and searched."""

from functools import cache

import pytest

from crm_desktop.paths import asset
from crm_desktop.reports import fonts
from crm_desktop.reports.fonts import KAI, SANS, clean, glyph_box, missing, runs, width
from crm_desktop.reports.pdf import Pdf


def test_text_is_split_where_the_font_changes():
    assert runs("上海𠮷野", SANS) == [(SANS, "上海"), (KAI, "𠮷"), (SANS, "野")]
    assert runs("上海𠮷野", KAI) == [(KAI, "上海𠮷野")]
    assert runs("", KAI) == []


def test_a_character_no_font_has_becomes_geta_and_is_reported():
    assert runs("王\ue5ff", SANS) == [(SANS, "王〓")]
    assert missing("王\ue5ff明\ue5ff𠮷𬭎䶮㛃") == "\ue5ff"
    assert width("\ue5ff", SANS, 10) == width("〓", SANS, 10)


def test_width_adds_up_over_fallback():
    assert width("吉𠮷1", SANS, 10) == pytest.approx(10 + 10 + 5.55)


def test_glyph_box_is_the_ink(pages):
    pdf = Pdf("t")
    pdf.start_page(40, 40)
    pdf.text(10, 30, "7", SANS, 60)
    pdf.end_page()
    left, top, right, bottom = pages(pdf.finish([]))[0].ink_box(20)
    em = 60 * 25.4 / 72
    expected = glyph_box("7", SANS)
    actual = ((left - 10) / em, (30 - bottom) / em, (right - 10) / em, (30 - top) / em)
    assert actual == pytest.approx(expected, abs=0.005)


def test_many_rare_characters_are_read_back(pages):
    text = "".join(chr(code) for code in range(0x4E00, 0x4E00 + 400)) + "𠮷𬭎䶮㛃𫖯𬱖"
    lines = [text[start : start + 40] for start in range(0, len(text), 40)]
    pdf = Pdf("t")
    pdf.start_page(210, 100)
    for number, line in enumerate(lines):
        pdf.text(10, 10 + 7 * number, line, SANS, 12)
    pdf.end_page()
    assert pages(pdf.finish([]))[0].flat == text


def test_windows_rare_font_is_the_last_resort(monkeypatch):
    monkeypatch.setattr(fonts, "WINDOWS_RARE", asset("fonts", "NotoSansSC-Regular.ttf"))
    monkeypatch.setattr(fonts, "SHIPPED", {KAI: "LXGWWenKai-Regular.ttf"})
    monkeypatch.setattr(fonts, "registered", cache(fonts.registered.__wrapped__))
    assert list(fonts.registered()) == [KAI, fonts.RARE]
    kai, rare = (fonts.registered()[name].face.charToGlyph for name in (KAI, fonts.RARE))
    only_in_rare = next(chr(code) for code in range(0x3400, 0x4DBF) if code in rare and code not in kai)
    assert fonts._Choice(KAI)[only_in_rare] == fonts.RARE


def test_a_font_is_loaded_when_a_text_needs_it(monkeypatch):
    monkeypatch.setattr(fonts, "registered", cache(fonts.registered.__wrapped__))
    choice = fonts._Choice(SANS)
    assert choice["长"] == SANS and list(fonts.registered()._fonts) == [SANS]
    assert choice["𠮷"] == KAI and list(fonts.registered()._fonts) == [SANS, KAI]


def test_the_files_are_not_kept_in_memory():
    for font in fonts.registered().values():
        kept = [value for value in vars(font.face).values() if isinstance(value, bytes)]
        assert sum(map(len, kept)) < 10_000
        assert font.face.get_chunk(0, 4) == b"\0\1\0\0"


def test_cleaning_keeps_private_use_characters_for_the_warning():
    assert clean(" 长春\n市\u3000A\u200b座\ufe0f \x07") == "长春 市 A座"
    assert clean("王\ue5ff") == "王\ue5ff"
