"""Conditions, compared with what the same words mean in plain Python."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crm_desktop.db import Database, search
from crm_desktop.db.conditions import day_in_utc
from crm_desktop.db.statements import ALWAYS, Clause
from crm_desktop.errors import FieldError
from crm_desktop.models import ENTITIES, All, Condition, Not, Query, Related
from crm_desktop.models import Any as AnyOf

TODAY = date(2026, 11, 22)
NAMES = ["100%纯棉", "a_b", "aXb", "o'Neil", 'say "hi"', "back\\slash", "长春宏达", "长春 宏达", "宏达", "ABC公司", "abc公司", "🙂表情"]
LEVELS = {1: "重要", 2: "一般", 3: "潜在"}
OWNERS = {1: "王经理", 2: "李'四"}
REGIONS = {"220000": None, "220100": "220000", "220104": "220100", "110000": None, "X00001": "110000"}
REGION_NAMES = {"220000": "吉林省", "220100": "长春市", "220104": "朝阳区", "110000": "北京市", "X00001": "吉林省"}
BIRTHDAYS = [
    None, "2026-11-22", "2026-11-01", "2026-10-31", "1990-02-28", "2026-11-21", "2026-11-16", "2026-11-15", "2026-11-30", "2026-09-30", "2026-10-01",
    "2026-01-01", "2025-12-31",
]  # fmt: skip
SPANS = {
    "today": ("2026-11-22", "2026-11-22"), "yesterday": ("2026-11-21", "2026-11-21"), "this_week": ("2026-11-16", "2026-11-22"),
    "last_week": ("2026-11-09", "2026-11-15"), "this_month": ("2026-11-01", "2026-11-30"), "last_month": ("2026-10-01", "2026-10-31"),
    "this_quarter": ("2026-10-01", "2026-12-31"), "this_year": ("2026-01-01", "2026-12-31"), "last_year": ("2025-01-01", "2025-12-31"),
}  # fmt: skip
"""Seen from TODAY, a Sunday."""
DELETED = {"deleted_at": "2026-11-01T00:00:00Z", "deleted_in": 1}
CUSTOMERS = [
    {
        "id": number + 1,
        "code": f"n0431{number:03d}",
        "name": NAMES[number % len(NAMES)],
        "remark": ["", "100%", "a\nb", "_"][number % 4],
        "phone": ["", "0431-85123456", "13904310001"][number % 3],
        "employee_count": [None, 0, 5, 100][number % 4],
        "annual_revenue": [None, 0, -5, 10**15][number // 2 % 4],
        "level": [None, 1, 2, 3][number // 3 % 4],
        "owner": [None, 1, 2][number % 3],
        "region": [None, *REGIONS][number % 6],
        "star": ["", "★", "★★★"][number % 3],
        **(DELETED if number % 11 == 10 else dict.fromkeys(DELETED)),
    }
    for number in range(60)
]
CONTACTS = [
    {
        "id": number + 1,
        "customer": number % 40 + 1,
        "name": NAMES[(number * 5) % len(NAMES)],
        "is_primary": int(number < 40 and number % 2 == 0),
        "birthday": BIRTHDAYS[number % len(BIRTHDAYS)],
        **(DELETED if number % 7 == 6 else dict.fromkeys(DELETED)),
    }
    for number in range(60)
]
RECORDS = {"customers": CUSTOMERS, "contacts": CONTACTS}


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory, store_in: Callable[..., Any]) -> Iterator[Database]:
    database = Database.open(tmp_path_factory.mktemp("conditions") / "a.db", create=True)
    for code, parent in REGIONS.items():
        row = (code, parent, 1, REGION_NAMES[code], f"全称{code}", "", "")
        database.execute("INSERT INTO regions (code, parent, level, name, full_name, pinyin, initials) VALUES (?,?,?,?,?,?,?)", row)
    for number, name in LEVELS.items():
        sql = "INSERT INTO dictionary_items (id, kind, name, position, created_at, updated_at) VALUES (?, 'level', ?, ?, '', '')"
        database.execute(sql, (number, name, 10 - number))
    database.execute("INSERT INTO operations (id, at, kind, sentence) VALUES (1, ?, 'delete', '')", (DELETED["deleted_at"],))
    store_in(database, "roles", [{"id": 1, "name": "全", "data_scope": "全部"}])
    store_in(database, "operators", [{"id": n, "name": f"o{n}", "full_name": t, "role": 1} for n, t in OWNERS.items()])
    store_in(database, "customers", CUSTOMERS)
    store_in(database, "contacts", CONTACTS)
    yield database
    database.close_all()


def found(database: Database, key: str, *conditions: Any, scope: Callable[..., Clause] = lambda entity: ALWAYS) -> set[int]:
    chosen = search.selection(database, ENTITIES[key], Query(conditions=conditions), scope, TODAY).ids()
    return {row[0] for row in database.query(chosen.sql, chosen.parameters)}


# The same in Python


def holds(key: str, record: dict[str, Any], condition: Any) -> bool:
    match condition:
        case All(parts):
            return all(holds(key, record, part) for part in parts)
        case AnyOf(parts):
            return any(holds(key, record, part) for part in parts)
        case Not(part):
            return not holds(key, record, part)
        case Related("customers", query, exists):
            customer = CUSTOMERS[record["customer"] - 1]
            return exists == (not customer["deleted_at"] and holds("customers", customer, All(tuple(query.conditions))))
        case Related(entity, query, exists):
            return exists == any(
                each["customer"] == record["id"] and not each["deleted_at"] and holds(entity, each, All(tuple(query.conditions)))
                for each in RECORDS[entity]
            )
        case Condition(field, operator, value):
            return compares(record[field], field, operator, value)
    raise AssertionError(condition)


def compares(stored: Any, field: str, operator: str, value: Any) -> bool:
    words = {"level": LEVELS, "owner": OWNERS}.get(field, {}).get(stored, stored)
    match operator:
        case "empty":
            return (stored in (None, "")) == (value is not False)
        case "in":
            return any(compares(stored, field, "=", each) for each in value)
        case "contains":
            return words is not None and value.casefold() in words.casefold()
        case "starts":
            return words.casefold().startswith(value.casefold())
        case "between":
            low, high = value
            return (low is None or compares(stored, field, ">=", low)) and (high is None or compares(stored, field, "<=", high))
        case "within":
            return stored is not None and value in ancestors(stored)
        case _ if operator in SPANS:
            first, last = SPANS[operator]
            return stored is not None and first <= stored <= last
        case "last_days":
            return stored is not None and 0 <= (TODAY - date.fromisoformat(stored)).days <= value
        case "next_days":
            return stored is not None and 0 <= (date.fromisoformat(stored) - TODAY).days <= value
        case "before_days":
            return stored is not None and (TODAY - date.fromisoformat(stored)).days > value
        case "!=":
            return not compares(stored, field, "=", value)
        case "=":
            if field == "region":
                return value is None if stored is None else value in (stored, REGION_NAMES[stored])
            if isinstance(stored, str) and isinstance(value, str):
                return stored.casefold() == value.casefold()
            return bool((words if isinstance(value, str) else stored) == value)
    if stored is None:
        return False
    return bool({"<": stored < value, "<=": stored <= value, ">": stored > value, ">=": stored >= value}[operator])


def ancestors(code: str | None) -> set[str]:
    return {code, REGION_NAMES[code], f"全称{code}"} | ancestors(REGIONS[code]) if code else set()


# Random conditions

TEXTS = st.sampled_from([*NAMES, "%", "_", "'", "\\", "宏", "a_b%", "100%", "a", "x", "不存在"])
NUMBERS = st.sampled_from([-5, 0, 5, 99, 100, 10**15, 10**16])
DAYS = st.sampled_from(["2026-11-22", "2026-11-01", "2026-10-31", "1990-02-28", "2000-02-29"])
CHOSEN = st.sampled_from([None, 1, 2, 3, 99, "重要", "潜在", "没有"])
ORDER = st.sampled_from(["=", "!=", "<", "<=", ">", ">="])


def conditions_on(field: str, operators: Any, values: Any) -> Any:
    return st.builds(Condition, st.just(field), operators, values)


def of_named(field: str, values: Any) -> Any:
    return conditions_on(field, st.sampled_from(["=", "!="]), values) | conditions_on(field, st.just("in"), st.lists(values, max_size=3))


EMPTY = st.builds(Condition, st.sampled_from(["name", "remark", "employee_count", "annual_revenue", "level", "region", "star"]), st.just("empty"), st.booleans())
NAMED = of_named("name", TEXTS) | conditions_on("name", st.sampled_from(["contains", "starts"]), TEXTS)
OF_CUSTOMERS = st.one_of(
    NAMED,
    EMPTY,
    conditions_on("remark", st.just("contains"), TEXTS),
    conditions_on("employee_count", ORDER, NUMBERS.filter(lambda n: 0 <= n <= 10**9)),
    conditions_on("annual_revenue", ORDER, NUMBERS),
    conditions_on("annual_revenue", st.just("between"), st.tuples(NUMBERS | st.none(), NUMBERS | st.none())),
    of_named("level", CHOSEN),
    of_named("owner", st.sampled_from([None, 1, 2, "王经理", "李'四"])),
    conditions_on("owner", st.just("contains"), st.sampled_from(["经理", "'", "%"])),
    of_named("region", st.sampled_from([None, "220100", "长春市", "吉林省", "X00001"])),
    conditions_on("region", st.just("within"), st.sampled_from(["220000", "吉林省", "全称220104", "110000", "火星"])),
    of_named("star", st.sampled_from(["★", "★★★"])),
)
OF_CONTACTS = st.one_of(
    NAMED,
    conditions_on("birthday", ORDER, DAYS),
    conditions_on("birthday", st.just("between"), st.tuples(DAYS | st.none(), DAYS | st.none())),
    conditions_on("birthday", st.sampled_from([*SPANS, "empty"]), st.none()),
    conditions_on("birthday", st.sampled_from(["last_days", "next_days", "before_days"]), st.sampled_from([0, 1, 8, 21, 22, 400])),
    conditions_on("is_primary", st.just("="), st.sampled_from([0, 1])),
)


def trees(leaves: Any) -> Any:
    def branch(inner: Any) -> Any:
        parts = st.lists(inner, max_size=3).map(tuple)
        return st.builds(All, parts) | st.builds(AnyOf, parts) | st.builds(Not, inner)

    return st.recursive(leaves, branch, max_leaves=5)


WITH_RELATED = trees(
    OF_CUSTOMERS | st.builds(Related, st.just("contacts"), st.builds(lambda c: Query(conditions=c), st.lists(trees(OF_CONTACTS), max_size=2)), st.booleans())
)


@settings(max_examples=400)
@given(conditions=st.lists(WITH_RELATED, max_size=2))
def test_customers_meet_their_conditions(filled: Database, conditions: list[Any]) -> None:
    expected = {r["id"] for r in CUSTOMERS if not r["deleted_at"] and holds("customers", r, All(tuple(conditions)))}
    assert found(filled, "customers", *conditions) == expected


OF_THEIR_CUSTOMER = st.builds(Related, st.just("customers"), st.builds(lambda c: Query(conditions=[c]), trees(OF_CUSTOMERS)), st.booleans())


@settings(max_examples=300)
@given(condition=trees(OF_CONTACTS | OF_THEIR_CUSTOMER))
def test_contacts_meet_their_conditions(filled: Database, condition: Any) -> None:
    expected = {r["id"] for r in CONTACTS if not r["deleted_at"] and holds("contacts", r, condition)}
    assert found(filled, "contacts", condition) == expected


# Single rules


def test_texts_are_compared_as_they_are_stored(filled: Database) -> None:
    assert found(filled, "customers", Condition("phone", "contains", "０４３１－８５")) == found(
        filled, "customers", Condition("phone", "starts", "0431-85")
    )
    assert found(filled, "customers", Condition("phone", "=", "12")) == set()  # no number, and still no error


@pytest.mark.parametrize("typed", ["ＡＢＣ公司", "abc公司", "Abc公司"])
@pytest.mark.parametrize("operator", ["contains", "starts", "=", "!="])
def test_neither_width_nor_case_counts(filled: Database, typed: str, operator: str) -> None:
    plain = found(filled, "customers", Condition("name", operator, "ABC公司"))
    assert plain and found(filled, "customers", Condition("name", operator, typed)) == plain


@pytest.mark.parametrize("operator", ["contains", "starts", "="])
def test_a_text_longer_than_any_field_is_found_nowhere(filled: Database, operator: str) -> None:
    """SQLite itself refuses a pattern of fifty thousand bytes."""
    for field in ("name", "owner"):
        if operator in ENTITIES["customers"][field].operators:
            condition = Condition(field, operator, "a" * 100_000)
            assert found(filled, "customers", condition) == set()
            assert len(found(filled, "customers", Not(condition))) == len([r for r in CUSTOMERS if not r["deleted_at"]])


@pytest.mark.parametrize(
    ("condition", "sentence"),
    [
        (Condition("weight", "=", 1), "客户没有“weight”这一项。"),
        (Condition("name", "<", "a"), "“客户名称”不能用“<”来比较。"),
        (Condition("level", "contains", "重"), "“客户级别”不能用“contains”来比较。"),
        (Condition("annual_revenue", ">", "很多"), "应为数字"),
        (Condition("created_at", "last_days", "三"), "几天应填一个整数"),
        (Condition("created_at", "last_days", 10**9), "几天应填一个整数"),
        (Condition("created_at", "last_days", -1), "几天应填一个整数"),
        (Related("roles", Query()), "客户没有相关的“角色”。"),
        (Related("planets", Query()), "客户没有相关的“planets”。"),
        (Condition("created_at", "next_days", ""), "几天应填一个整数"),
    ],
)
def test_what_cannot_be_asked_is_said(filled: Database, condition: Any, sentence: str) -> None:
    with pytest.raises(FieldError, match=sentence):
        found(filled, "customers", condition)


def test_typed_amounts_are_in_the_field_s_own_unit(filled: Database) -> None:
    assert found(filled, "customers", Condition("annual_revenue", ">=", "10亿")) == {
        r["id"] for r in CUSTOMERS if r["annual_revenue"] == 10**15 and not r["deleted_at"]
    }


def test_a_related_text_is_searched_like_any_other(filled: Database) -> None:
    query = Query(text="宏达")
    expected = {r["customer"] for r in CONTACTS if "宏达" in r["name"] and not r["deleted_at"]}
    live = {r["id"] for r in CUSTOMERS if not r["deleted_at"]}
    assert found(filled, "customers", Related("contacts", query)) == expected & live
    assert found(filled, "customers", Related("contacts", query, exists=False)) == live - expected


def test_related_records_out_of_scope_do_not_count(filled: Database) -> None:
    """Else whoever may see operators could find out who has which customer."""

    def scope(entity: Any) -> Clause:
        return Clause('t."owner" = ?', (1,)) if entity.key == "customers" else ALWAYS

    assert found(filled, "operators", Related("customers", Query())) == {1, 2}
    assert found(filled, "operators", Related("customers", Query()), scope=scope) == {1}


def test_records_that_refer_to_nobody_do_not_empty_the_answer(filled: Database) -> None:
    """NOT IN a list that holds NULL would be true of nobody."""
    of_wang = Query(conditions=[Condition("owner", "=", 1)])
    assert found(filled, "operators", Related("customers", of_wang, exists=False)) == {2}
    assert found(filled, "operators", Related("customers", Query(), exists=False)) == set()
    assert found(filled, "operators", Related("customers", Query(conditions=[Condition("name", "=", "没有")]), exists=False)) == {1, 2}
    unowned = Query(conditions=[Condition("owner", "empty")])
    assert found(filled, "operators", Related("customers", unowned, exists=False)) == {1, 2}


def test_a_machine_time_is_compared_with_the_office_s_own_day(filled: Database) -> None:
    """07:00 in 长春 is still yesterday in UTC."""
    first, following = day_in_utc("2026-11-22")
    for moment, is_today in ((first, True), (following, False)):
        filled.execute("UPDATE customers SET created_at = ? WHERE id = 1", (moment,))
        assert (1 in found(filled, "customers", Condition("created_at", "today"))) is is_today
        assert (1 in found(filled, "customers", Condition("created_at", "=", "2026-11-22"))) is is_today
        assert (1 in found(filled, "customers", Condition("created_at", "!=", "2026-11-22"))) is not is_today
        assert (1 in found(filled, "customers", Condition("created_at", "<=", "2026-11-22"))) is is_today
        assert (1 in found(filled, "customers", Condition("created_at", ">", "2026-11-22"))) is not is_today
        assert 1 not in found(filled, "customers", Condition("created_at", "<", "2026-11-22"))
        assert 1 in found(filled, "customers", Condition("created_at", ">=", "2026-11-22"))
    filled.execute("UPDATE customers SET created_at = '2026-11-22T01:00:00Z' WHERE id = 1")


def test_a_day_in_china_begins_at_four_in_the_afternoon_before() -> None:
    asked = "from crm_desktop.db.conditions import day_in_utc; print(*day_in_utc('2026-11-22'))"
    told = subprocess.run(
        [sys.executable, "-c", asked], env={**os.environ, "TZ": "CST-8"}, capture_output=True, encoding="utf-8", check=True
    ).stdout
    assert told.split() == ["2026-11-21T16:00:00Z", "2026-11-22T16:00:00Z"]


def test_days_long_ago_have_bounds_too() -> None:
    assert day_in_utc("1901-01-01") < day_in_utc("1901-01-02")


def test_a_year_ends_its_last_month(filled: Database) -> None:
    sylvester = Query(conditions=[Condition("birthday", "this_month")])
    chosen = search.selection(filled, ENTITIES["contacts"], sylvester, lambda entity: ALWAYS, date(2026, 12, 31))
    assert {"2026-12-01", "2026-12-31"} <= set(chosen.where.parameters)
