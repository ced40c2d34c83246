"""客户: the code rule above all, then hints, duplicates, and what a new customer gets by itself."""

import re
import threading
from collections.abc import Callable
from typing import Any

import pytest

from crm_desktop.controllers import Office, customers
from crm_desktop.db import Database
from crm_desktop.errors import CrmError, ValidationError
from crm_desktop.models import Query
from crm_desktop.models.customer_code import MAX_SERIAL


def code_of(office: Office, values: dict[str, Any]) -> str:
    customer = office.customers.create({"name": "宏达", **values})
    return str(office.customers.get(customer)["code"])


def use_up(office: Office, prefix: str, last: int) -> None:
    """As if that many codes had been given out."""
    office.db.execute("INSERT INTO serials VALUES (?, ?)", (prefix.upper(), last))


def refused(work: Callable[..., Any], *arguments: Any, **options: Any) -> dict[str, str]:
    with pytest.raises(ValidationError) as error:
        work(*arguments, **options)
    return error.value.fields


# The code rule


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"level": "重要", "region": "110101"}, "i010001"),
        ({"level": "一般", "region": "220104"}, "n0431001"),
        ({"level": "潜在", "area_code": "021"}, "p021001"),
        ({"region": "220104"}, "n0431001"),
        ({"level": "大客户", "area_code": "010"}, "i010001"),
        ({"area_code": "0432", "region": "220104"}, "n0432001"),
        ({"level": "重要", "country": "日本"}, "i81001"),
        ({"country": "日本", "country_code": "082"}, "n082001"),
        ({"region": "810000", "country": "中国香港"}, "n852001"),
        ({"region": "810000"}, "n852001"),
        ({"country": "中国"}, "n0431001"),
        ({"country_code": "86", "region": "110101"}, "n010001"),
        ({}, "n0431001"),
    ],
)
def test_the_rule(office: Office, values: dict[str, Any], code: str) -> None:
    assert office.customers.suggest_code(values).code == code
    assert code_of(office, values) == code


def test_the_110th_important_customer_in_beijing(office: Office) -> None:
    for number in range(1, 111):
        code = code_of(office, {"level": "重要", "region": "110101"})
        assert code == f"i010{number:03d}"
    assert code == "i010110"


@pytest.mark.parametrize(("last", "serial"), [(998, "999"), (999, "A00"), (1295 + 999, "AZZ"), (1296 + 999, "B00"), (MAX_SERIAL - 1, "ZZZ")])
def test_serials_after_999(office: Office, last: int, serial: str) -> None:
    use_up(office, "i010", last)
    assert code_of(office, {"level": "重要", "area_code": "010"}) == f"i010{serial}"


def test_when_the_room_is_used_up_it_says_so(office: Office) -> None:
    use_up(office, "i010", MAX_SERIAL)
    values = {"name": "宏达", "level": "重要", "area_code": "010"}
    sentence = "这个区号的客户编号已经用完，请在设置中改用别的编号规则。"
    assert refused(office.customers.suggest_code, values) == {"code": sentence}
    assert refused(office.customers.create, values) == {"code": sentence}
    assert office.db.value("SELECT last FROM serials WHERE prefix = 'I010'") == MAX_SERIAL
    office.settings.set_option("code_rule", "serial")
    assert code_of(office, values) == "i0000001"


def test_an_area_code_that_leaves_no_room(office: Office) -> None:
    assert "不能用来编客户编号" in refused(office.customers.create, {"name": "宏达", "area_code": "043112"})["area_code"]


def test_without_an_area_code_there_is_a_hint(office: Office) -> None:
    suggestion = office.customers.suggest_code({"name": "宏达"})
    assert (suggestion.code, suggestion.hint) == ("n0431001", "没有区号，编号用了本单位的区号。")
    assert office.customers.suggest_code({"area_code": "010"}).hint == ""


def test_an_office_without_an_area_code_of_its_own(office: Office) -> None:
    office.db.execute("UPDATE company SET area_code = ''")
    assert office.customers.suggest_code({}).code == "n0431001"  # that of its region
    office.db.execute("UPDATE company SET region = NULL")
    suggestion = office.customers.suggest_code({})
    assert suggestion.code == "n001"
    assert "请在“本单位信息”中填写" in suggestion.hint


def test_a_suggestion_understands_what_is_typed_so_far(office: Office) -> None:
    suggest = office.customers.suggest_code
    assert suggest({"level": "重要", "region": "吉林省吉林市"}).code == "i0432001"
    assert suggest({"level": "重", "region": "吉", "area_code": "０１０", "country": "日"}).code == "n010001"
    assert suggest({"area_code": "长春", "annual_revenue": "很多"}).code == "n0431001"


def test_a_suggestion_takes_nothing(office: Office) -> None:
    office.customers.suggest_code({})
    office.customers.suggest_code({})
    assert code_of(office, {}) == "n0431001"


# Codes typed over


def test_a_code_may_be_typed_over(office: Office) -> None:
    assert code_of(office, {"code": " ｉ０１０５５５ "}) == "i010555"
    assert code_of(office, {"code": "VIP-1"}) == "VIP-1"


@pytest.mark.parametrize(
    ("code", "words"), [("长春001", "不能有汉字"), ("i04310011", "最多 8 位"), ("a b", "不能有汉字或空格"), ("a'b", "只能用字母")]
)
def test_a_code_that_cannot_be(office: Office, code: str, words: str) -> None:
    assert words in refused(office.customers.create, {"name": "宏达", "code": code})["code"]


def test_a_code_is_taken_in_any_case_and_also_by_deleted_and_purged_ones(office: Office) -> None:
    customer = office.customers.create({"name": "宏达", "code": "i010555"})
    for step in (lambda: None, lambda: office.customers.delete([customer]), lambda: office.customers.purge([customer])):
        step()
        for code in ("i010555", "I010555"):
            assert refused(office.customers.create, {"name": "一汽", "code": code}) == {
                "code": f"客户编号“{code}”已被使用（编号不重复使用），请换一个。"
            }
            assert "code" in office.customers.check({"name": "一汽", "code": code})


def test_a_code_typed_ahead_is_stepped_over(office: Office) -> None:
    code_of(office, {"code": "N0431001"})
    code_of(office, {"code": "n0431003"})
    assert office.customers.suggest_code({}).code == "n0431002"
    assert [code_of(office, {}) for _ in range(3)] == ["n0431002", "n0431004", "n0431005"]


def test_codes_never_return_after_purging(office: Office) -> None:
    first = [office.customers.create({"name": f"宏达{n}"}) for n in range(3)]
    office.customers.delete(first)
    office.customers.purge(first)
    assert office.customers.suggest_code({}).code == "n0431004"
    customer = office.customers.create({"name": "一汽"})
    assert customer > max(first)  # ids neither
    assert office.customers.get(customer)["code"] == "n0431004"


def test_purging_twice_retires_once_and_a_refused_purge_nothing(office: Office) -> None:
    customer = office.customers.create({"name": "宏达", "code": "VIP-1"})
    with pytest.raises(CrmError):
        office.customers.purge([customer])
    assert office.db.value("SELECT count(*) FROM serials WHERE prefix LIKE '=%'") == 0
    office.customers.delete([customer])
    office.customers.purge([customer])
    assert office.db.value("SELECT count(*) FROM serials WHERE prefix LIKE '=%'") == 1


def test_a_code_never_changes(office: Office) -> None:
    customer = office.customers.create({"name": "宏达"})
    assert refused(office.customers.update, customer, {"code": "n0431999"}, version=1) == {"code": "客户编号建立后不能更改。"}
    assert refused(office.customers.update, customer, {"code": ""}, version=1) == {"code": "客户编号建立后不能更改。"}
    office.customers.update(customer, {"code": "n0431001", "level": "重要", "area_code": "010"}, version=1)
    assert office.customers.get(customer)["code"] == "n0431001"


def test_older_codes_of_any_length_have_their_own_field(office: Office) -> None:
    customer = office.customers.create({"name": "宏达", "old_code": "客户-2003/00000017"})
    assert office.customers.get(customer)["old_code"] == "客户-2003/00000017"


def test_a_batch_gives_typed_codes_first(office: Office) -> None:
    """Else a generated code could be the one that a later row has typed."""
    blank = office.customers.entity.blank
    rows = [{**blank, "name": "甲"}, {**blank, "name": "乙", "code": "N0431001"}, {**blank, "name": "丙"}]
    ids = office.customers._insert_accepted(rows)
    assert [office.customers.get(each)["code"] for each in ids] == ["n0431002", "N0431001", "n0431003"]


def test_a_batch_with_one_code_twice_is_refused_whole(office: Office) -> None:
    blank = office.customers.entity.blank
    rows = [{**blank, "name": "甲", "code": "a1"}, {**blank, "name": "乙", "code": "A1"}]
    assert refused(office.customers._insert_accepted, rows) == {"code": "客户编号“A1”重复，请换一个。"}
    assert office.customers.search().total == 0


def test_two_threads_never_get_one_code(office: Office) -> None:
    codes: list[str] = []
    errors: list[Exception] = []

    def work() -> None:
        try:
            codes.extend(code_of(office, {"level": "重要"}) for _ in range(15))
        except Exception as error:  # told to the test
            errors.append(error)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    assert sorted(codes) == [f"i0431{number:03d}" for number in range(1, 61)]


def test_two_threads_with_one_typed_code(office: Office) -> None:
    outcomes: list[str] = []
    both = threading.Barrier(2)

    def work() -> None:
        both.wait()
        try:
            outcomes.append(code_of(office, {"code": "VIP-1"}))
        except ValidationError as error:
            outcomes.append(str(error.fields))

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(outcomes) == 2
    assert "VIP-1" in outcomes
    assert office.customers.search().total == 1


def test_a_create_that_fails_takes_no_number(office: Office, database: Database) -> None:
    refused(office.customers.create, {"name": "宏达"}, lines={"contacts": [{"name": ""}]})
    assert database.value("SELECT count(*) FROM serials") == 0
    assert code_of(office, {}) == "n0431001"


# What a new customer gets


def test_a_region_brings_area_code_and_postcode(office: Office) -> None:
    found = office.customers.get(office.customers.create({"name": "宏达", "region": "吉林省长春市朝阳区"}))
    assert (found["region"], found["area_code"], found["postcode"]) == ("220104", "0431", "130012")
    kept = office.customers.get(office.customers.create({"name": "宏达", "region": "220104", "area_code": "0432", "postcode": ""}))
    assert (kept["area_code"], kept["postcode"]) == ("0432", "")


def test_a_foreign_country_brings_its_calling_code(office: Office) -> None:
    def country_code(**values: Any) -> Any:
        return office.customers.get(office.customers.create({"name": "宏达", **values}))["country_code"]

    assert country_code(country="日本") == "81"
    assert country_code(country="日本", country_code="") == ""
    assert country_code(country="中国") == ""
    assert country_code(country="其他") == ""
    assert country_code() == ""


def test_pinyin_is_made_and_follows_the_name_unless_it_was_edited(office: Office) -> None:
    customers = office.customers

    def pinyin(record: int) -> Any:
        return customers.get(record)["pinyin"]

    made = customers.create({"name": "长春宏达"})
    assert pinyin(made) == "cchd"
    customers.update(made, {"name": "长春一汽"}, version=1)
    assert pinyin(made) == "ccyq"
    customers.update(made, {"pinyin": "zcyq"}, version=2)
    customers.update(made, {"name": "长春二汽"}, version=3)
    assert pinyin(made) == "zcyq"
    customers.update(made, {"pinyin": ""}, version=4)
    assert pinyin(made) == "cceq"
    assert pinyin(customers.create({"name": "重庆银行", "pinyin": "ZQYH"})) == "ZQYH"
    assert customers.search(Query("zcyh")).total == 0


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"postcode": "13001"}, "开头的 0 丢了"),
        ({"postcode": "AB 12"}, "应为 6 位数字"),
        ({"postcode": "AB 12", "country": "中国"}, "应为 6 位数字"),
        ({"postcode": "AB 12", "country": "英国"}, ""),
        ({"postcode": "AB 12", "country": "其他"}, ""),
        ({"postcode": "130012", "country": "英国"}, ""),
    ],
)
def test_a_postcode_fits_its_country(office: Office, values: dict[str, Any], words: str) -> None:
    found = office.customers.check({"name": "宏达", **values}).get("postcode", "")
    assert (words in found) and bool(words) == bool(found)


def test_a_postcode_is_asked_again_when_the_country_changes(office: Office) -> None:
    customer = office.customers.create({"name": "宏达", "country": "英国", "postcode": "AB 12"})
    assert "6 位数字" in refused(office.customers.update, customer, {"country": "中国"}, version=1)["postcode"]
    office.customers.update(customer, {"country": "法国"}, version=1)


def test_every_bad_field_is_named_and_nothing_saved(office: Office) -> None:
    errors = refused(
        office.customers.create,
        {"name": " \u200b", "phone": "12", "mobile": "0431-85123456", "email": "a@", "postcode": "1", "annual_revenue": "很多",
         "level": "很重要", "region": "火星市", "owner": "没有人", "star": "六星", "remark": "长" * 2001, "weight": 1},
    )  # fmt: skip
    assert errors.keys() == {
        "name", "phone", "mobile", "email", "postcode", "annual_revenue", "level", "region", "owner", "star", "remark", "weight",
    }  # fmt: skip
    assert all(re.search("[\u4e00-\u9fff]", sentence) and sentence.endswith("。") for sentence in errors.values())
    assert office.customers.search().total == 0


# Hints


def test_a_level_is_hinted_and_never_set(office: Office) -> None:
    hint = office.customers.warnings
    assert hint({"annual_revenue": "5000"}) == {"level": "按年营业额和员工人数，建议级别：重要。"}
    assert hint({"employee_count": "50"}) == {"level": "按年营业额和员工人数，建议级别：一般。"}
    assert hint({"annual_revenue": "1", "employee_count": 3}) == {"level": "按年营业额和员工人数，建议级别：潜在。"}
    assert hint({}) == hint({"annual_revenue": "很多"}) == {}
    office.settings.set_option("level_general_employees", 100)
    assert "潜在" in hint({"employee_count": "50"})["level"]
    customer = office.customers.create({"name": "宏达", "annual_revenue": "9999"})
    assert office.customers.get(customer)["level"] is None


def test_a_hint_uses_the_level_s_own_name(office: Office) -> None:
    important = next(item for item in office.dictionaries.items("level") if item["key"] == "important")
    office.dictionaries.update(important["id"], {"name": "A 级"})
    assert "A 级" in office.customers.warnings({"employee_count": 300})["level"]


def test_a_wrong_tax_number_warns_only(office: Office) -> None:
    assert "校验位不符" in office.customers.warnings({"tax_number": "91220101MA0Y3XXX0A"})["tax_number"]
    office.customers.create({"name": "宏达", "tax_number": "91220101MA0Y3XXX0A"})


# Duplicates


@pytest.fixture
def known(office: Office) -> int:
    customer = office.customers.create({"name": "长春宏达机械制造有限公司", "phone": "0431-85123456"})
    office.contacts.create({"name": "王", "customer": customer, "mobile": "13904310001"})
    return customer


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"name": "长春市宏达机械制造有限责任公司"}, "名称相近"),
        ({"name": "宏达机械制造（长春）有限公司"}, "名称相近"),
        ({"name": "别的公司", "phone": "0431 8512 3456"}, "电话相同"),
        ({"phone": "85123456"}, "电话相同"),
        ({"phone": "0086-431-85123456"}, "电话相同"),
        ({"fax": "85123456"}, "传真相同"),
        ({"mobile": "+86 139 0431 0001"}, "手机相同"),
        ({"name": "一汽", "phone": "010-85123456"}, ""),
        ({"phone": "3456"}, ""),
        ({}, ""),
    ],
)
def test_who_may_be_here_already(office: Office, known: int, values: dict[str, Any], reason: str) -> None:
    found = office.customers.possible_duplicates(values)
    assert [(each["id"], each["reason"]) for each in found] == ([(known, reason)] if reason else [])


def test_a_number_kept_without_its_town_is_recognised(office: Office) -> None:
    customer = office.customers.create({"name": "宏达", "phone": "85123456"})
    assert [each["id"] for each in office.customers.possible_duplicates({"phone": "0431-85123456"})] == [customer]


def test_numbers_of_the_office_and_its_operators_are_nobody_s_duplicate(office: Office, known: int) -> None:
    """Contact 1 and operator 1 are different people."""
    admin = office.operators.get(1)
    office.operators.update(1, {"mobile": "13900000009"}, version=admin["version"])
    office.company.update(1, {"phone": "0431-99999999"}, version=office.company.profile()["version"])
    assert office.customers.possible_duplicates({"mobile": "13900000009", "phone": "0431-99999999"}) == []


def test_a_number_s_owners_are_found_without_reading_all_numbers(office: Office) -> None:
    """A form asks while it is typed into, beside a million customers, too."""
    plan = office.db.query(f"EXPLAIN QUERY PLAN {customers.SAME_PHONE}", ("1", "1:", "1"))
    of_numbers = [row["detail"] for row in plan if " p " in row["detail"]]
    assert len(of_numbers) == 2 and all("phone_numbers_reversed (reversed" in detail for detail in of_numbers)


def test_a_record_is_not_its_own_duplicate_nor_a_deleted_one_anybody_s(office: Office, known: int) -> None:
    values = {"name": "长春宏达机械制造有限公司", "phone": "0431-85123456"}
    assert office.customers.possible_duplicates(values, record=known) == []
    office.customers.delete([known])
    assert office.customers.possible_duplicates({**values, "mobile": "13904310001"}) == []


def test_five_at_most_are_shown(office: Office) -> None:
    for number in range(8):
        office.customers.create({"name": "宏达", "phone": f"0431-8512345{number}"})
    assert len(office.customers.possible_duplicates({"name": "宏达"})) == 5
