"""The quick search, compared with looking through every record; and pages, compared with the whole order."""

import re
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from crm_desktop.db import Database, number_owners, phone_search, pinyin, search, search_index, statements, word_index
from crm_desktop.db.statements import ALWAYS
from crm_desktop.models import ENTITIES, Condition, Query, phones
from crm_desktop.models.text import search_text

TODAY = date(2026, 11, 22)
CUSTOMERS = ENTITIES["customers"]
LETTERS = "长春宏达机械制造重庆银行ab1203-.&（）Ａ %_'\"𠮷𬭎·"
NUMBERS = ["0431-85123456", "85123456", "13904310001", "0431-85123456/57", "+852 2345 6789", "400-123-4567", "010-62345678转801", ""]


def search_one(database: Database, key: str, text: str) -> set[int]:
    chosen = search.selection(database, ENTITIES[key], Query(text), lambda entity: ALWAYS, TODAY).ids()
    return {row[0] for row in database.query(chosen.sql, chosen.parameters)}


# Names, against a naive search


def says(record: dict[str, Any], text: str) -> bool:
    """Every word in some field, in the name's initials, or, when long enough to be pinyin, in its full spelling."""
    fields = [search_text(record[name]) for name in CUSTOMERS.search_fields]
    spelling = pinyin.spell(record["name"])
    for word in search_text(text).split():
        in_text = any(word in field for field in fields)
        in_initials = re.fullmatch("[a-z0-9]*[a-z][a-z0-9]*", word) and word in spelling.initials
        in_spelling = word.isascii() and word.isalpha() and len(word) >= 4 and word in spelling.full
        if not (in_text or in_initials or in_spelling):
            return False
    return True


NAME = st.text(LETTERS, min_size=1, max_size=12).filter(lambda text: text.strip())


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    database = Database.open(tmp_path_factory.mktemp("search") / "a.db", create=True)
    yield database
    database.close_all()


@settings(max_examples=150)
@given(names=st.lists(NAME, min_size=1, max_size=6), data=st.data())
@example(names=["长春宏达机械", "Zhizao ltd"], data=None)
@example(names=["长春3M公司"], data=None)
@example(names=["TCL集团b制"], data=None)
@example(names=["b制"], data=None)
def test_the_search_finds_what_looking_through_finds(shelf: Database, store_in: Callable[..., Any], names: list[str], data: Any) -> None:
    records = [{"code": f"n{number:03d}", "name": name, "english_name": name[::-1]} for number, name in enumerate(names)]
    with pytest.raises(ZeroDivisionError), shelf.atomic():  # nothing stays for the next example
        ids = store_in(shelf, "customers", records)
        needles = [names[0], names[-1][:2], pinyin.initials(names[0])[:5], pinyin.full_pinyin(names[0])[:7], "zhizao", "cc3", "3m"]
        if data is not None:
            needles += data.draw(st.lists(st.text(LETTERS, max_size=5), min_size=5, max_size=5))
            needles += [name[data.draw(st.integers(0, 6)) :][: data.draw(st.integers(1, 5))] for name in names]
        for needle in needles:
            if re.search("[0-9]{3}|[0-9].*[0-9].*[0-9]", search_text(needle)):
                continue  # telephones have their own test
            expected = {key for key, record in zip(ids, records, strict=True) if says(blank(record), needle)}
            assert search_one(shelf, "customers", needle) == expected, needle
        raise ZeroDivisionError


def blank(record: dict[str, Any]) -> dict[str, Any]:
    return {**CUSTOMERS.blank, **record}


def test_many_hits_are_found_by_the_ordered_scan(database: Database, store: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    ids = store("customers", *({"code": f"n{n:03d}", "name": f"长春第{n}公司", "phone": "0431-85123456"} for n in range(30)))
    for limit in (10, 100):
        monkeypatch.setattr(word_index, "PROBE_LIMIT", limit)
        for text in ("长春", "cc", "85123456", "长春 85123", "changchun"):
            assert search_one(database, "customers", text) == set(ids)
        assert search_one(database, "customers", "第7公司") == {ids[7]}


@pytest.mark.parametrize(
    ("text", "is_found"),
    [
        ("宏达", True), ("机械", True), ("达机", True), ("长春宏达机械制造有限公司", True), ("宏", True), ("Ｈｄ机", False),
        ("hdjx", True), ("HDJX", True), ("ｈｄｊｘ", True), ("cchd", True), ("zhizao", True), ("zhiza", True), ("hongda jixie", True),
        ("宏达 机械", True), ("机械 长春", True), ("宏达 汽车", False), ("i0431001", True), ("I0431", True), ("0431001", True),
        ("JB-2003", True), ("2003/7", True), ("hongda machinery", True), ("%", False), ("_", False), ("'", False), ('"', False),
        ("* OR 1", False), ("", True), ("   ", True), ("\ud800宏达", True), ("宏\u200b达", True),
    ],
)  # fmt: skip
def test_what_is_typed_into_the_box(database: Database, store: Any, text: str, is_found: bool) -> None:
    record = {"code": "i0431001", "name": "长春宏达机械制造有限公司", "old_code": "JB-2003/7", "english_name": "Hongda Machinery"}
    ids = store("customers", record)
    assert search_one(database, "customers", text) == (set(ids) if is_found else set())


# Telephones, in any spelling


@pytest.mark.parametrize(
    ("kept", "spellings"),
    [
        ("0431-85123456", ["0431-85123456", "043185123456", "0431 85123456", "(0431)85123456", "（0431）8512-3456", "0431 8512 3456",
                           "+86 431 85123456", "0086-431-85123456", "86 431 8512 3456", "85123456", "8512 3456", "3456", "512345",
                           "０４３１－８５１２３４５６", "0431-85123456转801", "0431—85123456"]),
        ("85123456", ["85123456", "0431-85123456", "0431 8512 3456", "+86 431 85123456", "8512-3456"]),
        ("139 0431 0001", ["13904310001", "139 0431 0001", "139-0431-0001", "+86 139 0431 0001", "0086 13904310001", "04310001", "0001",
                           "013904310001"]),
        ("0431-85123456/57", ["85123457", "0431-85123457", "85123456"]),
        ("+852 2345 6789", ["+852 2345 6789", "00852 23456789", "85223456789", "23456789"]),
        ("400-123-4567", ["4001234567", "400 123 4567", "400-123"]),
    ],
)  # fmt: skip
def test_a_number_is_found_in_any_spelling(database: Database, store: Any, kept: str, spellings: list[str]) -> None:
    (found,) = store("customers", {"code": "n001", "name": "宏达", "phone": kept})
    store("customers", {"code": "n002", "name": "别的", "phone": "010-99999999"})
    (owner,) = store("customers", {"code": "n003", "name": "联系人的客户"})
    store("contacts", {"name": "王", "customer": owner, "office_phone": kept, "is_primary": 1})
    for text in spellings:
        assert search_one(database, "customers", text) == {found, owner}, text
        assert len(search_one(database, "contacts", text)) == 1, text


def test_another_town_s_number_is_another_number(database: Database, store: Any) -> None:
    store("customers", {"code": "n001", "name": "宏达", "phone": "0431-85123456"})
    assert search_one(database, "customers", "010-85123456") == set()


def test_a_deleted_contact_s_number_leads_nowhere(database: Database, store: Any) -> None:
    (owner,) = store("customers", {"code": "n001", "name": "宏达"})
    store("contacts", {"name": "王", "customer": owner, "mobile": "13904310001", "deleted_at": "2026-11-01T00:00:00Z"})
    assert search_one(database, "customers", "13904310001") == set()


@settings(max_examples=100)
@given(kept=st.lists(st.sampled_from(NUMBERS), min_size=1, max_size=4), needle=st.text("0123456789", min_size=3, max_size=8))
def test_digits_are_found_inside_numbers(shelf: Database, store_in: Callable[..., Any], kept: list[str], needle: str) -> None:
    with pytest.raises(ZeroDivisionError), shelf.atomic():
        ids = store_in(shelf, "customers", [{"code": f"x{n}", "name": "宏达", "phone": each} for n, each in enumerate(kept)])
        canonical = phones.canonical(needle)
        expected = {
            key
            for key, each in zip(ids, kept, strict=True)
            if any(canonical in digits for digits in search_index.phone_digits(each))
        }
        assert search_one(shelf, "customers", needle) == expected
        raise ZeroDivisionError


def test_entities_without_search_tables_are_searched_in_their_columns(database: Database, store: Any) -> None:
    store("roles", {"id": 1, "name": "管理员"}, {"id": 2, "name": "客服"})
    li, wang = store("operators", {"name": "Li", "full_name": "李四", "role": 1}, {"name": "wang", "full_name": "王五", "role": 2})
    assert search_one(database, "operators", "李") == {li}
    assert search_one(database, "operators", "LI") == {li}
    assert search_one(database, "operators", "wang 五") == {wang}
    assert search_one(database, "roles", "客") == {2}


# Pages

ORDERS = [
    f"{sign}{name}"
    for name in ("name", "code", "level", "owner", "region", "employee_count", "annual_revenue", "created_at", "star", "primary_contact", "id")
    for sign in ("", "-")
]


@pytest.fixture(scope="module")
def listed(tmp_path_factory: pytest.TempPathFactory, store_in: Callable[..., Any]) -> Iterator[Database]:
    database = Database.open(tmp_path_factory.mktemp("pages") / "a.db", create=True)
    for number, name in enumerate(["重要", "一般", "潜在"], 1):
        sql = "INSERT INTO dictionary_items (id, kind, name, position, created_at, updated_at) VALUES (?, 'level', ?, ?, '', '')"
        database.execute(sql, (number, name, 9 - number))
    store_in(database, "roles", [{"id": 1, "name": "全"}])
    store_in(database, "operators", [{"id": n, "name": f"o{n}", "full_name": t, "role": 1} for n, t in ((1, "周"), (2, "安"))])
    names = ["宏达", "长春宏达", "一汽", "AAA", "aaa", "长春"]
    store_in(database, "customers", [
        {
            "code": f"n{(number * 37) % 100:03d}", "name": names[number % 6], "level": [None, 1, 2, 3][number % 4],
            "owner": [None, 1, 2][number % 3], "employee_count": [None, 5, 5, 0][number // 2 % 4], "annual_revenue": [None, -1, 10**15][number % 3],
            "star": ["", "★", "★★"][number % 3], "created_at": f"2026-11-{number % 5 + 1:02d}T01:00:00Z",
        }
        for number in range(53)
    ])  # fmt: skip
    store_in(database, "contacts", [{"name": names[n % 6], "customer": n + 1, "is_primary": n % 2} for n in range(40)])
    yield database
    database.close_all()


@settings(max_examples=250)
@given(
    order=st.sampled_from(ORDERS), limit=st.integers(1, 60),
    text=st.sampled_from(["", "宏达", "a", "cc"]), level=st.sampled_from([None, "重要"]),
)  # fmt: skip
def test_pages_put_together_are_the_whole_order(listed: Database, order: str, limit: int, text: str, level: str | None) -> None:
    conditions = [Condition("level", "=", level)] if level else []
    chosen = search.selection(listed, CUSTOMERS, Query(text, conditions, order), lambda entity: ALWAYS, TODAY)
    whole = chosen.ids()
    expected = [row[0] for row in listed.query(whole.sql, whole.parameters)]
    seen: list[int] = []
    after = None
    while True:
        page = chosen.page(statements.selected(CUSTOMERS, ["name"]), limit, after)
        rows = listed.query(page.sql, page.parameters)
        if not rows:
            break
        seen += [row["id"] for row in rows]
        after = [rows[-1]["_order"], rows[-1]["id"]]
    assert seen == expected
    counted = chosen.count()
    assert listed.value(counted.sql, counted.parameters) == len(expected)


@pytest.mark.parametrize("name", ["level", "owner", "employee_count", "name", "star"])
def test_an_order_is_the_one_that_people_expect(listed: Database, name: str) -> None:
    """Dictionary items by position, operators by name, names by pinyin; what is missing comes first."""
    keys = {
        "level": lambda row: {1: 8, 2: 7, 3: 6, None: -1}[row["level"]],
        "owner": lambda row: {1: "周", 2: "安", None: ""}[row["owner"]],
        "employee_count": lambda row: -1 if row["employee_count"] is None else row["employee_count"],
        "name": lambda row: pinyin.name_sort(row["name"]),
        "star": lambda row: row["star"],
    }
    rows = listed.query("SELECT * FROM customers")
    for sign, is_descending in (("", False), ("-", True)):
        whole = search.selection(listed, CUSTOMERS, Query(order=sign + name), lambda entity: ALWAYS, TODAY).ids()
        ordered = [row["id"] for row in sorted(rows, key=lambda row: (keys[name](row), row["id"]), reverse=is_descending)]
        assert [row[0] for row in listed.query(whole.sql, whole.parameters)] == ordered


def test_a_count_stops_at_its_cap(listed: Database) -> None:
    chosen = search.selection(listed, CUSTOMERS, Query(), lambda entity: ALWAYS, TODAY)
    capped = chosen.count(10)
    assert listed.value(capped.sql, capped.parameters) == 11


def test_a_list_by_name_reads_an_index_from_any_place(listed: Database) -> None:
    """Else a page in the middle of a million would sort them all."""
    chosen = search.selection(listed, CUSTOMERS, Query(), lambda entity: ALWAYS, TODAY)
    page = chosen.page(["t.id"], 50, ["chang chun\t长春", 3])
    plan = listed.query(f"EXPLAIN QUERY PLAN {page.sql}", page.parameters)
    assert any("customers_search_order (name_sort>?)" in row["detail"] for row in plan)
    sorts = [row for row in plan if "TEMP B-TREE" in row["detail"]]
    assert all(row["parent"] == 0 for row in sorts)  # the rows of the page, and not those it is chosen from


@pytest.mark.parametrize("order", ["code", "-code"])
def test_a_list_by_code_reads_its_index_from_any_place(listed: Database, order: str) -> None:
    """Else a click on the heading would sort a million."""
    chosen = search.selection(listed, CUSTOMERS, Query(order=order), lambda entity: ALWAYS, TODAY)
    page = chosen.page(["t.id"], 50, ["n010", 11])
    plan = [row["detail"] for row in listed.query(f"EXPLAIN QUERY PLAN {page.sql}", page.parameters)]
    assert any(re.search(r"customers_code \(code[<>]\?\)", detail) for detail in plan)


def test_codes_are_ordered_without_case_page_by_page(database: Database, store: Any) -> None:
    codes = ["b1", "A2", "a3", "B0", "c1", "C0"]
    ids = dict(zip(codes, store("customers", *({"code": code, "name": "宏达"} for code in codes)), strict=True))
    chosen = search.selection(database, CUSTOMERS, Query(order="code"), lambda entity: ALWAYS, TODAY)
    seen: list[int] = []
    after = None
    while len(seen) < len(codes):
        page = chosen.page(["t.id"], 2, after)
        rows = database.query(page.sql, page.parameters)
        seen += [row["id"] for row in rows]
        after = [rows[-1]["_order"], rows[-1]["id"]]
    assert seen == [ids[code] for code in ("A2", "a3", "B0", "b1", "C0", "c1")]


def test_a_number_is_looked_up_by_its_rarest_digits(database: Database, store: Any) -> None:
    """000 is in every mobile; going through all that have it takes longest."""
    numbers = [f"139000012{n:02d}" for n in range(30)] + ["13900007856"]
    store("customers", *({"code": f"n{n:03d}", "name": "宏达", "phone": each} for n, each in enumerate(numbers)))
    asked = phone_search.rarest(database, "00007856")
    assert asked == '"007" "078" "785"'
    assert phone_search.rarest(database, "0000") == '"000"'
    assert len(search_one(database, "customers", "00007856")) == 1
    assert len(search_one(database, "customers", "90000")) == 31


@pytest.mark.parametrize("most", [0, 3, 100])
def test_digits_of_very_many_numbers_are_looked_for_record_by_record(
    database: Database, store: Any, monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    monkeypatch.setattr(number_owners, "MOST_LISTED", most)
    own = store("customers", *({"code": f"n{n:03d}", "name": "宏达", "phone": "0431-85123456"} for n in range(5)))
    (owner, former, other) = store("customers", *({"code": f"m{n}", "name": "别的"} for n in range(3)))
    store("contacts", {"name": "王", "customer": owner, "mobile": "13985123000"})
    store("contacts", {"name": "李", "customer": former, "mobile": "13985123001", "deleted_at": "2026-11-01T00:00:00Z"})
    store("contacts", {"name": "赵", "customer": other, "mobile": "13985000001"})
    assert search_one(database, "customers", "85123") == {*own, owner}
    assert search_one(database, "customers", "0431-85123456") == set(own)
    hidden = partial(search.selection, database, CUSTOMERS, scope=lambda entity: ALWAYS, today=TODAY, hides_numbers=True)
    found = hidden(query=Query("13985123000")).ids()
    assert [row[0] for row in database.query(found.sql, found.parameters)] == [owner]
    assert not database.query((nothing := hidden(query=Query("0431-8512345")).ids()).sql, nothing.parameters)


def test_an_owner_of_many_numbers_is_asked_for_once(database: Database, store: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """More owners than are worth sorting are still found out once, and not again with every page."""
    ids = store("customers", *({"code": f"n{n:03d}", "name": "宏达", "phone": "0431-85123456"} for n in range(20)))
    monkeypatch.setattr(word_index, "PROBE_LIMIT", 10)
    chosen = search.selection(database, CUSTOMERS, Query("85123"), lambda entity: ALWAYS, TODAY)
    assert "phone_trigrams" not in chosen.where.sql and "json_each" not in chosen.source.sql
    assert search_one(database, "customers", "85123") == set(ids)
