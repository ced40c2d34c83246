"""Company names reduced to what tells them apart."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_desktop.models.company_names import PLACES, _place_at, normalised_company_name
from crm_desktop.models.regions import read_regions
from crm_desktop.paths import asset


@pytest.mark.parametrize("name", [
    "长春市宏达机械制造有限公司",
    "长春宏达机械制造 有限责任公司",
    "吉林省长春市宏达机械制造股份有限公司",
    "宏达机械制造（长春）有限公司",
    "宏达机械制造(吉林省)集团有限公司",
    "长春市朝阳区宏达机械制造有限公司",
    "延边朝鲜族自治州敦化市宏达机械制造总公司",
    "内蒙古自治区呼和浩特市宏达机械制造公司",
    "农安县“宏达”机械制造股份公司",
    "长春宏达机械制造",
    "宏达机械制造",
])
def test_spellings_of_one_company_meet(name: str) -> None:
    assert normalised_company_name(name) == "宏达机械制造"


@pytest.mark.parametrize(("name", "key"), [
    ("长春市宏达有限公司", "长春宏达"),
    ("长春宏达有限公司", "长春宏达"),
    ("宏达（长春）有限公司", "长春宏达"),
    ("长春市自来水公司", "长春自来水"),
    ("宏达机械有限公司长春分公司", "宏达机械长春分公司"),
    ("ＡＢＣ（中国）Ｃｏ．有限公司", "abc中国co"),
    ("大福源超市有限公司", "大福源超市"),
    ("宏达电子公司", "宏达电子"),
    ("宏达子公司", "宏达子公司"),
    ("公司", "公司"),
    ("吉林省人民医院", "吉林人民医院"),
    ("", ""),
])
def test_short_and_odd_names(name: str, key: str) -> None:
    assert normalised_company_name(name) == key


@pytest.mark.parametrize(("one", "other"), [
    ("长春大学", "吉林大学"), ("吉林省人民医院", "辽宁省人民医院"), ("长春市第一中学", "吉林市第一中学"),
    ("长春市自来水公司", "吉林市自来水公司"), ("宏达机械厂", "宏达机械有限公司"),
    ("宏达机械有限公司", "宏达机械有限公司长春分公司"), ("长春市税务局", "吉林市税务局"),
])
def test_different_institutions_stay_apart(one: str, other: str) -> None:
    assert normalised_company_name(one) != normalised_company_name(other)


def test_places_are_the_shipped_provinces_and_cities() -> None:
    names = [row.name for row in read_regions(asset("regions.csv")) if row.level < 3]
    named = {name for name in names if any(name.startswith(place) for place in PLACES)}
    assert {name for name in names if name not in named} == {
        "省直辖县级行政区划", "自治区直辖县级行政区划",
    }
    assert all(any(name.startswith(place) for name in names) for place in PLACES)


@given(st.text())
def test_any_text_has_a_key_that_ignores_width_and_blanks(text: str) -> None:
    key = normalised_company_name(text)
    assert key == normalised_company_name(f" {text}　")
    assert not any(char.isspace() for char in key)


@given(st.sampled_from(sorted(PLACES)), st.sampled_from(["宏达机械", "鑫源商贸", "ABC电子"]))
def test_any_city_may_stand_before_the_name_or_not(place: str, name: str) -> None:
    spellings = [f"{place}{name}有限公司", f"{place}市{name}公司", f"{name}({place})公司", f"{name}股份公司"]
    assert {normalised_company_name(spelling) for spelling in spellings} == {name.lower()}


def longest_place_at(text: str, start: int) -> str:
    return max((place for place in PLACES if text.startswith(place, start)), key=len, default="")


@given(st.lists(st.sampled_from(sorted(PLACES)) | st.text("长春吉林内蒙古阿拉市区", max_size=3), max_size=4).map("".join))
def test_the_longest_place_is_taken(text: str) -> None:
    for start in range(len(text) + 1):
        assert _place_at(text, start) == longest_place_at(text, start)
