"""Which region an address lies in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_desktop.models.addresses import RegionIndex
from crm_desktop.models.regions import RegionRow, read_regions
from crm_desktop.paths import asset

ROWS = {row.code: row for row in read_regions(asset("regions.csv"))}
MUNICIPALITIES = {"110100", "120100", "310100", "500100"}  # repeat the name of their province
INDEX = RegionIndex((row.code, row.parent, row.level, row.name) for row in ROWS.values())
NAMED = [row for row in ROWS.values() if row.code not in MUNICIPALITIES and "直辖" not in row.name]
STREETS = ["人民大街1234号", "中山路5-3号", " 解放路88号", "，新华街12号院", "高新区科技园3栋", "吉林大路9号", ""]


def parts(row: RegionRow) -> tuple[RegionRow, ...]:
    """The row's province, city and itself."""
    return (*parts(ROWS[row.parent]), row) if row.parent else (row,)


@pytest.mark.parametrize(("address", "region"), [
    ("吉林省长春市朝阳区人民大街1234号", "吉林省长春市朝阳区"),
    ("长春市朝阳区人民大街", "吉林省长春市朝阳区"),
    ("长春朝阳区", "吉林省长春市朝阳区"),
    ("长春朝阳", "吉林省长春市朝阳区"),
    ("北京朝阳区建国路88号", "北京市朝阳区"),
    ("北京市市辖区朝阳区建国路", "北京市朝阳区"),
    ("朝阳市双塔区", "辽宁省朝阳市双塔区"),
    ("朝阳双塔区", "辽宁省朝阳市双塔区"),
    ("辽宁朝阳县", "辽宁省朝阳市朝阳县"),
    ("吉林省松江路", "吉林省"),
    ("吉林市松江路", "吉林省吉林市"),
    ("吉林省吉林市船营区", "吉林省吉林市船营区"),
    ("吉林船营区", "吉林省吉林市船营区"),
    ("长春市西安大路5号", "吉林省长春市"),
    ("长春人民大街", "吉林省长春市"),
    ("吉林省农安县", "吉林省长春市农安县"),
    ("农安县人民路", "吉林省长春市农安县"),
    ("长春市双阳县", "吉林省长春市双阳区"),
    ("双阳县", "吉林省长春市双阳区"),
    ("四平市公主岭市", "吉林省长春市公主岭市"),
    ("铜仁地区德江县", "贵州省铜仁市德江县"),
    ("广西省南宁市", "广西壮族自治区南宁市"),
    ("内蒙呼和浩特", "内蒙古自治区呼和浩特市"),
    ("湖南道县", "湖南省永州市道县"),
    ("江西南城县", "江西省抚州市南城县"),
    ("枣庄市中区", "山东省枣庄市市中区"),
    ("枣庄市市中区", "山东省枣庄市市中区"),
    ("济南市中区", "山东省济南市市中区"),
    ("江苏鼓楼区", "江苏省"),
    ("赤峰市新城区", "内蒙古自治区赤峰市"),
    ("上海浦东张江", "上海市浦东新区"),
    ("延边州延吉市", "吉林省延边朝鲜族自治州延吉市"),
    ("延吉市", "吉林省延边朝鲜族自治州延吉市"),
    ("义乌稠州", "浙江省金华市义乌市"),
    ("青海海南州共和县", "青海省海南藏族自治州共和县"),
    ("海南海口", "海南省海口市"),
    ("前郭县", "吉林省松原市前郭尔罗斯蒙古族自治县"),
    ("乐东县", "海南省乐东黎族自治县"),
    ("仙桃市", "湖北省仙桃市"),
    ("东莞市长安镇", "广东省东莞市"),
    ("重庆市渝北区", "重庆市"),
    ("香港九龙弥敦道", "香港特别行政区"),
    ("130012　吉林省 长春市，南关区", "吉林省长春市南关区"),
    ("中国吉林省长春市", "吉林省长春市"),
    ("地址：哈尔滨道里区", "黑龙江省哈尔滨市道里区"),
    ("一汽厂区（长春市绿园区东风大街）", "吉林省长春市绿园区"),
])
def test_real_addresses(address: str, region: str) -> None:
    code = INDEX.propose(address)
    assert code and ROWS[code].full_name == region


@pytest.mark.parametrize("address", [
    "", "人民大街100号", "朝阳区人民大街", "朝阳建国路", "吉林大路1号", "西安大路5号", "中山路100号", "中山东一路",
    "南京西路1号", "北京大学", "新华街1号", "红旗街", "东方红大街", "城区人民路", "郊区", "和平大厦", "友谊商店", "日本东京",
    "天津路市场", "人民大街上海市场", "解放路苏州面馆", "光明路西城区",
    "县城", "中国", "X", "12345",
])
def test_no_region_is_better_than_a_wrong_one(address: str) -> None:
    assert INDEX.propose(address) is None


def test_every_region_is_found_by_its_full_name() -> None:
    assert [row.full_name for row in NAMED if INDEX.propose(row.full_name + "人民路1号") != row.code] == []


def test_every_county_is_found_by_its_city_with_and_without_its_rank() -> None:
    missed = []
    for row in NAMED:
        if row.level == 3 and "直辖" not in (city := ROWS[row.parent].name):
            forms = {city + row.name, city.removesuffix("市") + row.name}
            missed += [form for form in forms if INDEX.propose(form + "人民路1号") != row.code]
    assert missed == []


@given(st.sampled_from(NAMED), st.data())
def test_spaces_and_omitted_provinces_do_not_matter(row: RegionRow, data: st.DataObject) -> None:
    names = [part.name for part in parts(row) if part in NAMED]
    if row.level == 3 and len(names) == 3 and data.draw(st.booleans(), label="province omitted"):
        names = names[1:]
    separator = data.draw(st.sampled_from(["", " ", "　", "-", "，"]))
    street = data.draw(st.sampled_from(STREETS))
    assert INDEX.propose(separator.join([*names, street])) == row.code


@given(st.text() | st.text("吉林省市长春朝阳区县中山路北京海南州新 1号(（"))
def test_any_text_gives_a_known_region_or_none(text: str) -> None:
    code = INDEX.propose(text)
    assert code is None or code in ROWS


def test_the_offices_own_regions_are_found() -> None:
    rows = [("220000", None, 1, "吉林省"), ("220100", "220000", 2, "长春市"), ("X1", "220100", 3, "净月区")]
    assert RegionIndex(rows).propose("长春市净月区生态大街") == "X1"
    assert RegionIndex([]).propose("长春市") is None
