"""区域信息: looked up in any way people know a place by, and changed without losing what the office knows better."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from crm_desktop.controllers import Office
from crm_desktop.db import regions as shipped
from crm_desktop.errors import InUse, NotFound, ValidationError
from crm_desktop.models import Condition, Query

Log = Callable[[], list[tuple[Any, ...]]]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("长春", "220100"), ("朝阳区", "110105"), ("changchun", "220100"), ("cc", "220100"), ("CCS", "220100"), ("0431", "220100"),
        ("０４３１", "220100"), ("130012", "220104"), ("吉林省长春市朝阳", "220104"), ("北京", "110000"),
    ],
)  # fmt: skip
def test_a_place_is_found(office: Office, text: str, first: str) -> None:
    codes = [row["code"] for row in office.regions.find(text)]
    assert first in codes[:6]


def test_the_best_answer_stands_first(office: Office) -> None:
    assert office.regions.find("吉林市")[0]["full_name"] == "吉林省吉林市"
    assert office.regions.find("长春市")[0]["code"] == "220100"


@pytest.mark.parametrize("text", ["", "  ", "火星", "%", "_", "'", "999999"])
def test_what_is_no_place(office: Office, text: str) -> None:
    assert office.regions.find(text) == []


def test_an_unknown_postcode_still_names_its_county(office: Office) -> None:
    assert "长春" in office.regions.find("130019")[0]["full_name"]


def test_the_tree(office: Office) -> None:
    provinces = office.regions.children()
    assert (len(provinces), provinces[0]["name"]) == (34, "北京市")
    assert "220104" in [row["code"] for row in office.regions.children("220100")]
    branch = office.regions.branch("220100")
    assert branch[0]["code"] == "220100"
    assert {row["code"][:4] for row in branch} == {"2201"}
    with pytest.raises(NotFound, match="没有这个区域"):
        office.regions.get("999999")


# The office's own regions


def test_the_office_adds_its_own(office: Office, heard: list[Any], log: Log) -> None:
    code = office.regions.add("220100", {"name": " 北湖开发区 ", "area_code": "0431", "postcode": "130102"})
    assert code == "X00001"
    found = office.regions.get(code)
    assert (found["level"], found["full_name"], found["initials"], found["is_own"]) == (3, "吉林省长春市北湖开发区", "bhkfq", 1)
    assert heard == [("regions", None)]
    assert log()[-1] == ("regions", -1, "create", None, None)
    assert office.regions.find("北湖开发区")[0]["code"] == code
    customer = office.customers.create({"name": "宏达", "region": code})
    assert office.customers.get(customer)["code"] == "n0431001"
    within = Query(conditions=[Condition("region", "within", "220000")])
    assert office.customers.search(within).total == 1


def test_codes_of_deleted_regions_never_return(office: Office, log: Log) -> None:
    first = office.regions.add(None, {"name": "海外"})
    office.regions.delete(first)
    assert log()[-1][:3] == ("regions", -1, "purge")
    assert office.regions.add(None, {"name": "海外"}) == "X00002"


@pytest.mark.parametrize(
    ("parent", "values", "field", "words"),
    [
        ("220100", {"name": ""}, "name", "请填写区域名称"),
        ("220100", {"name": "长" * 41}, "name", "最多 40 个字"),
        ("220100", {"name": " 朝阳区 "}, "name", "这里已有“朝阳区”"),
        (None, {"name": "吉林省"}, "name", "这里已有“吉林省”"),
        ("220104", {"name": "某街道"}, "name", "县区之下不能再加区域"),
        ("220100", {"name": "某区", "area_code": "长春"}, "area_code", "区号只能是数字"),
        ("220100", {"name": "某区", "postcode": "13001"}, "postcode", "开头的 0 丢了"),
        ("220100", {"name": "某区", "postcode": "AB 1"}, "postcode", "应为 6 位数字"),
    ],
)
def test_bad_input(office: Office, parent: str | None, values: dict[str, Any], field: str, words: str) -> None:
    with pytest.raises(ValidationError) as error:
        office.regions.add(parent, values)
    assert words in error.value.fields[field]
    assert office.db.value("SELECT count(*) FROM regions WHERE is_own = 1") == 0


def test_abroad_has_other_postcodes(office: Office) -> None:
    code = office.regions.add(None, {"name": "英国", "postcode": "SW1A 1AA"})
    office.regions.update(office.regions.add(code, {"name": "伦敦"}), {"postcode": "SW1A 2AA"})


def test_changes_are_logged_under_the_code(office: Office, log: Log) -> None:
    office.regions.update("220104", {"postcode": "130021", "area_code": "0431", "name": "朝阳区"})
    assert log()[-1][:3] == ("regions", 220104, "update")
    assert (json.loads(log()[-1][3]), json.loads(log()[-1][4])) == ({"postcode": "130012"}, {"postcode": "130021"})
    assert office.audit.history("regions", 220104)[0]["changes"] == [("邮编", "130012", "130021")]
    before = log()
    office.regions.update("220104", {"postcode": "130021"})
    office.regions.set_active("220104", True)
    assert log() == before


def test_a_new_name_reaches_everything_below(office: Office) -> None:
    customer = office.customers.create({"name": "宏达", "region": "220104"})
    office.regions.update("220100", {"name": "春城"})
    assert office.regions.get("220100")["pinyin"] == "chuncheng"
    assert office.regions.get("220104")["full_name"] == "吉林省春城朝阳区"
    assert office.customers.get(customer)["region_text"] == "吉林省春城朝阳区"
    assert office.regions.get("220200")["full_name"] == "吉林省吉林市"


def test_the_office_s_words_outlive_an_update(office: Office) -> None:
    office.regions.update("220100", {"name": "春城"})
    office.regions.update("220104", {"postcode": "130099"})
    office.regions.set_active("220105", False)
    shipped.load_shipped(office.db)
    assert office.regions.get("220100")["name"] == "春城"
    assert office.regions.get("220104")["full_name"] == "吉林省春城朝阳区"
    assert (office.regions.get("220104")["postcode"], office.regions.get("220105")["is_active"]) == ("130099", 0)


def test_a_hidden_region_is_not_offered_and_stays_in_records(office: Office) -> None:
    customer = office.customers.create({"name": "宏达", "region": "220104"})
    office.regions.set_active("220104", False)
    assert "220104" not in [row["code"] for row in office.regions.find("朝阳区")]
    assert "220104" not in [row["code"] for row in office.regions.branch("220100")]
    assert [row["is_active"] for row in office.regions.children("220100") if row["code"] == "220104"] == [0]
    assert office.customers.get(customer)["region_text"] == "吉林省长春市朝阳区"


def test_what_is_shipped_or_used_is_not_deleted(office: Office) -> None:
    with pytest.raises(InUse, match="国家标准中的区域不能删除，只能停用"):
        office.regions.delete("220104")
    city = office.regions.add("220000", {"name": "新城市"})
    office.regions.add(city, {"name": "东区"})
    customer = office.customers.create({"name": "宏达", "region": city})
    office.customers.delete([customer])
    with pytest.raises(InUse, match="可以停用：客户 1 处、下级区域 1 处") as error:
        office.regions.delete(city)
    assert error.value.uses == [("客户", 1), ("下级区域", 1)]


@pytest.mark.parametrize(
    ("typed", "code"), [("长春市", "220100"), ("吉林省长春市朝阳区", "220104"), ("北京市", "110000"), ("220104", "220104"), ("宽城区", "220103")]
)
def test_a_region_is_typed_by_name(office: Office, typed: str, code: str) -> None:
    assert office.customers.get(office.customers.create({"name": "宏达", "region": typed}))["region"] == code


@pytest.mark.parametrize(("typed", "words"), [("朝阳区", "有多个区域都叫“朝阳区”，请写上省市"), ("火星", "没有“火星”这个区域")])
def test_a_region_that_cannot_be_told(office: Office, typed: str, words: str) -> None:
    with pytest.raises(ValidationError, match=words):
        office.customers.create({"name": "宏达", "region": typed})


def test_a_renamed_region_names_all_that_lies_in_it_and_nothing_else(office: Office) -> None:
    """As if the whole list had been gone through: own regions, and those that skip the row they are grouped under."""
    own = office.regions.add("220100", {"name": "北湖开发区"})
    for code, name in (("220104", "红旗区"), ("220100", "春城"), (own, "南湖开发区"), ("410000", "中原"), ("419000", "直管"), ("419001", "济水")):
        office.regions.update(code, {"name": name})
        found = [tuple(row) for row in office.db.query("SELECT code, full_name FROM regions ORDER BY code")]
        shipped.refresh_full_names(office.db)
        assert found == [tuple(row) for row in office.db.query("SELECT code, full_name FROM regions ORDER BY code")]
    names = {each: office.regions.get(each)["full_name"] for each in (own, "220104", "220103", "419001")}
    assert names == {own: "吉林省春城南湖开发区", "220104": "吉林省春城红旗区", "220103": "吉林省春城宽城区", "419001": "中原直管济水"}


def test_one_rename_of_many_looks_at_its_own_branch_only(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    looked_at = 0
    query = office.db.query

    def counting(sql: str, parameters: Any = ()) -> Any:
        nonlocal looked_at
        rows = query(sql, parameters)
        looked_at += len(rows)
        return rows

    monkeypatch.setattr(office.db, "query", counting)
    office.regions.update("220104", {"name": "红旗区"})
    assert 0 < looked_at < 20
