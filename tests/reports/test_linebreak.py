"""Lines break where a reader would break them, lose nothing and never exceed their length."""

import re

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from crm_desktop.models.line_breaks import tokens
from crm_desktop.reports.fonts import KAI, advances
from crm_desktop.reports.linebreak import Paragraph, fill

WORDS = st.sampled_from(
    ["长春市", "内蒙古", "人民大街", "1606室", "A座", "3号楼", "有限公司", "（", "）", "，", "。", "《",
     "150米", "𠮷", "鄂温克", "12-3", "Bosch", "集团", " ", "01085123456", "“", "”", "二", "路"]
)  # fmt: skip
TEXTS = st.lists(WORDS, min_size=1, max_size=30).map("".join)
LIMITS = st.floats(min_value=8, max_value=40)
CLOSING = tuple("）》”，。")
derandomized = settings(derandomize=True, deadline=None, max_examples=300)


def measure(line: str) -> float:
    return sum(map(advances(KAI).__getitem__, line))


def runs_of(text: str) -> list[str]:
    return re.findall(r"[0-9A-Za-z]+", text)


@derandomized
@given(TEXTS)
def test_tokens_are_the_text(text):
    assert "".join(tokens(text)) == text


@derandomized
@given(TEXTS, LIMITS)
def test_filled_lines_keep_every_character_and_the_length(text, limit):
    lines = fill(text, limit, advances(KAI))
    assert "".join(lines) == text
    assert all(measure(line) <= limit + 1e-6 for line in lines)


@derandomized
@given(TEXTS, LIMITS)
def test_balanced_lines_keep_runs_whole_and_are_as_few_as_counted(text, limit):
    text = " ".join(text.split())
    assume(text)
    paragraph = Paragraph(text, advances(KAI))
    count = paragraph.count(limit)
    lines = paragraph.lines(limit)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(measure(line) <= limit + 1e-6 for line in lines)
    if count:
        assert len(lines) == count
        assert [run for line in lines for run in runs_of(line)] == runs_of(text)
        assert not any(line.startswith(CLOSING) for line in lines[1:] if text[0] not in CLOSING)


def test_break_comes_after_a_road_number_not_inside_a_room_number():
    paragraph = Paragraph("浙江省杭州市西湖区文三路478号华星时代广场A座1606室", advances(KAI))
    assert paragraph.lines(20.8) == ["浙江省杭州市西湖区文三路478号", "华星时代广场A座1606室"]


def test_break_comes_after_company():
    paragraph = Paragraph("中国石油天然气股份有限公司内蒙古呼伦贝尔销售分公司鄂温克旗经营部", advances(KAI))
    assert paragraph.lines(21) == ["中国石油天然气股份有限公司", "内蒙古呼伦贝尔销售分公司鄂温克旗经营部"]


def test_a_word_is_not_broken_for_a_pause_inside_it():
    paragraph = Paragraph("长春中车轨道客车股份有限公司城铁车辆开发中心转向架设计一部", advances(KAI))
    assert paragraph.lines(20) == ["长春中车轨道客车股份有限公司", "城铁车辆开发中心转向架设计一部"]
    assert tokens("高新技术产业园区") == [*"高新技术", "产业园区"]


def test_no_orphan_is_left_over():
    lines = Paragraph("一二三四五六七八九十一二三四五六七八九路东侧", advances(KAI)).lines(20)
    assert len(lines) == 2
    assert len(lines[1]) > 4


def test_a_run_longer_than_a_line_is_cut_and_not_lost():
    text = "1" * 100
    lines = Paragraph(text, advances(KAI)).lines(20)
    assert "".join(lines) == text
    assert max(map(measure, lines)) <= 20
