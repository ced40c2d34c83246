"""地址识别: what a pasted text says, in any order, and nothing of it is lost."""

import random
import re
from collections import Counter

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from crm_desktop.models.pasted_text import KINDS, NO_ADDRESS, NOTHING, recognise
from crm_desktop.models.pasted_words import LABELS
from crm_desktop.models.phones import digits
from crm_desktop.models.text import to_half_width
from tests.models.pasted_cards import INDEX, ROWS, card

ADDRESS = "吉林省长春市朝阳区建设街979号"
WHOLE = {
    "person": "张三", "mobile": "13812345678", "address": ADDRESS, "postcode": "130012", "company": "长春宏达公司",
    "region": "220104",
}  # fmt: skip


def found(text: str) -> dict[str, str]:
    return {name: value for name, value in vars(recognise(text, INDEX)).items() if value}


@pytest.mark.parametrize(
    "text",
    [
        f"张三 13812345678 {ADDRESS} 130012 长春宏达公司",
        f"长春宏达公司，130012，{ADDRESS}，张三，138 1234 5678",
        f"收件人：张三\n电话：+86 13812345678\n地址：{ADDRESS}\n邮编：130012\n公司：长春宏达公司",
        f"张三收 138-1234-5678 {ADDRESS} 邮编130012 长春宏达公司",
        "地址 吉林省 长春市 朝阳区 建设街979号\t邮编 130012\t单位 长春宏达公司\t联系人 张三\t手机 13812345678",
        f"张三13812345678{ADDRESS}长春宏达公司 130012",
        f"张三{ADDRESS}130012，13812345678；长春宏达公司",
        f"{ADDRESS}张三（收）13812345678 130012 长春宏达公司",
    ],
)
def test_the_same_parts_in_many_ways_of_writing(text):
    assert found(text) == WHOLE


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("李四先生 0431-85123456转801", {"person": "李四", "title": "先生", "phone": "0431-85123456转801"}),
        ("王经理(收) 400-123-4567", {"person": "王经理", "phone": "400-123-4567"}),
        ("王先生", {"person": "王先生"}),
        ("传真：010-65881234 电话：010-65881235", {"fax": "010-65881234", "phone": "010-65881235"}),
        ("公司：ABC Trading Co., Ltd.\nTel: +852 2345 6789", {"company": "ABC Trading Co., Ltd.", "phone": "+852 2345 6789"}),
        ("电话85123456", {"phone": "85123456"}),
        ("85123456", {"phone": "85123456"}),
        ("20240131", {"rest": "20240131"}),
        ("邮箱：li.si@a-b.com.cn", {"email": "li.si@a-b.com.cn"}),
        ("13812345678 13900001111", {"mobile": "13812345678", "rest": "13900001111"}),
        ("QQ：123456 微信：13812345678", {"rest": "QQ：123456 微信：13812345678"}),
        ("张三 李四", {"person": "张三", "rest": "李四"}),
        ("谢谢！", {"rest": "谢谢！"}),
    ],
)
def test_single_parts(text, parts):
    assert found(text) == parts


def test_a_house_number_is_no_postcode():
    assert found("长春市人民大街130012号") == {"address": "长春市人民大街130012号", "region": "220100"}


def test_what_is_missing_is_said_in_one_sentence():
    assert recognise("张三 13812345678", INDEX).note == NO_ADDRESS
    assert recognise("你好，谢谢", INDEX).note == NOTHING == recognise(" \n", INDEX).note
    assert recognise(ADDRESS, INDEX).note == ""


@given(st.randoms(use_true_random=False))
def test_generated_parts_are_found_in_any_order_with_any_separators(chance):
    made = card(chance)
    assert found_right(made) == made.parts, made.text


def found_right(made) -> dict[str, str]:
    is_found = recognise(made.text, INDEX)
    region = ROWS[is_found.region].full_name if is_found.region else "?"
    assert made.parts["address"].startswith(region), made.text
    assert is_found.rest == "", made.text
    return {kind: value for kind in KINDS if (value := getattr(is_found, kind))}


@pytest.mark.parametrize(("is_careless", "least"), [(False, 990), (True, 740)])
def test_how_many_of_a_thousand_cards_are_wholly_right(is_careless, least):
    """The figures are those of docs/address-recognition.md."""
    chance = random.Random(20261126)
    cards = [card(chance, is_careless=is_careless) for _ in range(1000)]
    answers = [(vars(recognise(made.text, INDEX)), made.parts) for made in cards]
    assert sum(all(answer[kind] == value for kind, value in parts.items()) for answer, parts in answers) >= least


SIGNS = "张三李四王经理先生公司厂长春市朝阳区建设街路号楼室吉林省电话地址：:，,；;()（） \n\t-0123456789１３abQ微信邮编传真"


@given(st.text(st.sampled_from(SIGNS), max_size=60))
def test_nothing_that_was_pasted_is_lost(text):
    """Every letter, character and digit that is no label is somewhere in the answer, and none twice."""
    numbers = re.findall(r"[\d -]{6,}", to_half_width(text))
    assume(len(set(map(digits, numbers))) == len(numbers))  # the same number twice is told once
    answer = "".join(value for name, value in vars(recognise(text, INDEX)).items() if name != "region")
    assert signs(answer) == signs(LABELS.sub(" ", to_half_width(text)))


@given(st.randoms(use_true_random=False), st.lists(st.sampled_from(["谢谢", "QQ：123456", "急件", "货到付款", "Nihao"]), unique=True))
def test_what_fits_nowhere_is_the_rest(chance, words):
    made = card(chance, has_labels=False)
    assert recognise("\n".join([made.text, *words]), INDEX).rest == " ".join(words)


def signs(text: str) -> Counter[str]:
    return Counter(re.findall(r"[0-9a-z一-鿿]", to_half_width(text).lower()))


@pytest.mark.parametrize(("typed", "address"), [
    ("吉林省长春市朝阳区前进大街 2699 号", "吉林省长春市朝阳区前进大街2699 号"),
    ("吉林省长春市朝阳区前进大街 2699 号 A 座 2801 室", "吉林省长春市朝阳区前进大街2699 号A 座2801 室"),
])  # fmt: skip
def test_a_space_before_the_word_for_a_house_parts_nothing(typed: str, address: str) -> None:
    """As many write it, and as 信封 of other programs print it."""
    told = found(f"收件人 张三 13812345678 {typed} 130012 长春宏达公司")
    assert told == {**WHOLE, "address": address}
