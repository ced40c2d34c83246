"""Frequent words: a page is the one that looking through every name would give, and is not looked for from the top."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from crm_desktop.db import Database, pinyin, search_index, word_index
from crm_desktop.models import CUSTOMERS, Query
from crm_desktop.models.text import search_text
from tests.db.paging import pages, select

PLACES = ("天津", "天津市", "长春", "石家庄", "西安", "先", "Ab", "𠮷林", "ǁ", "3M")
NAME = st.builds(str.__add__, st.sampled_from(PLACES), st.text("天津长春岛家庄aB3𠮷ǁ-", max_size=5))


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    database = Database.open(tmp_path_factory.mktemp("words") / "a.db", create=True)
    yield database
    database.close_all()


def make_frequent(patch: pytest.MonkeyPatch, limit: int) -> None:
    """As in an office so large that every word is in more names than are worth reading, and none comes soon."""
    patch.setattr(word_index, "PROBE_LIMIT", limit)
    patch.setattr(word_index, "REACH", 0)
    patch.setattr(word_index, "REACH_BY_INITIALS", 0)
    patch.setattr(word_index, "REACH_OF_ONE", 0)
    patch.setattr(word_index, "SAMPLE_STEP", 1)


@settings(max_examples=150)
@given(names=st.lists(NAME, min_size=1, max_size=8), limit=st.sampled_from([0, 1, 3]), size=st.sampled_from([1, 2, 50]))
@example(names=["天津一", "天津二", "长春天津一", "西安天津"], limit=2, size=2)
@example(names=["天津", "天津", "天津", "天津-"], limit=3, size=1)
@example(names=["西安天津", "先天津", "先"], limit=0, size=1)
@example(names=["天津岛", "岛", "长岛", "岛 天津"], limit=0, size=1)
def test_pages_of_frequent_words_are_those_of_looking_through(
    shelf: Database, store_in: Callable[..., Any], names: list[str], limit: int, size: int
) -> None:
    with pytest.MonkeyPatch.context() as patch, pytest.raises(ZeroDivisionError), shelf.atomic():
        make_frequent(patch, limit)
        ids = store_in(shelf, "customers", [{"code": f"n{number}", "name": name} for number, name in enumerate(names)])
        ordered = [record for _, record in sorted((pinyin.name_sort(name), id) for id, name in zip(ids, names, strict=True))]
        words = dict(zip(ids, map(search_text, names), strict=True))
        for needle in ("天津", "津", "家庄", "岛", "𠮷", "ǁ", "春", "天津 长春", "津家", search_text(names[0])[:2]):
            if needle.isascii():
                continue  # letters are looked for in initials too, and numbers in codes
            expected = [id for id in ordered if all(word in words[id] for word in needle.split())]
            assert pages(shelf, select(shelf, Query(needle)), size) == expected, needle
        raise ZeroDivisionError


@pytest.fixture
def towns(database: Database, store: Any, monkeypatch: pytest.MonkeyPatch) -> Database:
    """Three names hold 天津 without beginning so; the others that hold it follow each other in the order of names."""
    make_frequent(monkeypatch, 10)
    names = [f"天津第{number}公司" for number in range(30)] + [f"长春第{number}公司" for number in range(30)]
    names += ["长春天津路公司", "沈阳天津菜馆", "西安天津商会"]
    store("customers", *({"code": f"n{number:03d}", "name": name} for number, name in enumerate(names)))
    return database


@pytest.mark.parametrize("text", ["天津", "津", "tj", "天津 公司"])
def test_a_place_is_not_looked_for_from_the_top(towns: Database, text: str) -> None:
    """Of a million names a third of a second's worth stand before it."""
    chosen = select(towns, Query(text))
    begin = chosen.begin()
    assert begin is not None and begin.key == "tian jin di"
    page = chosen.page(["t.id"], 50, None)
    plan = [row["detail"] for row in towns.query(f"EXPLAIN QUERY PLAN {page.sql}", page.parameters)]
    assert any("customers_search_order (name_sort>?)" in detail for detail in plan)
    assert any(detail.startswith("SCAN j VIRTUAL TABLE") for detail in plan)
    assert not any(detail.startswith("SCAN s") for detail in plan)
    assert len(towns.query(page.sql, page.parameters)) == (31 if " " in text else 33)


def test_a_few_scattered_hits_beside_many_that_begin_alike_are_named() -> None:
    """春晖 is what half of its names begin with after 长, and a part of all kinds of others."""
    begun = [pinyin.name_sort(f"长春晖{number}") for number in "甲乙丙丁戊己"]
    scattered = [pinyin.name_sort(f"{place}春晖") for place in ("北京", "吉林", "沈阳", "西安")]
    assert set(word_index.common_heads(begun + scattered, 3)) == {"ǁchangǁchunǁhui"}
    assert word_index.common_heads([pinyin.name_sort(f"{first}东方") for first in "一二三四五六七八九"], 2) == {}


def test_scattered_hits_are_read_in_the_order_of_names(towns: Database) -> None:
    assert select(towns, Query("公司")).begin() is None


def test_the_other_direction_is_read_from_its_own_end(towns: Database) -> None:
    chosen = select(towns, Query("天津", order="-name"))
    assert chosen.begin() is None
    assert pages(towns, chosen, 7) == list(reversed(pages(towns, select(towns, Query("天津")), 7)))


def is_scanned(database: Database, text: str) -> bool:
    """Whether the names are simply read in their order, without a question where the first of them may be."""
    asked: list[str] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(word_index.WordIndex, "begin", lambda self, match: asked.append(match))
        assert select(database, Query(text)).begin() is None
    return not asked


def test_names_that_come_soon_are_not_sampled(towns: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(word_index, "REACH", 1000)
    monkeypatch.setattr(word_index, "PAGE", 5)
    assert is_scanned(towns, "天津")
    monkeypatch.setattr(word_index, "PAGE", 50)
    assert not is_scanned(towns, "天津")


def test_where_some_come_soon_it_is_looked_further_on(towns: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first twenty names begin with 长春, and so do ten more."""
    monkeypatch.setattr(word_index, "REACH", 20)
    monkeypatch.setattr(word_index, "FURTHER", 2)
    monkeypatch.setattr(word_index, "PAGE", 30)
    assert is_scanned(towns, "长春")
    monkeypatch.setattr(word_index, "PROMISING", 21)
    assert not is_scanned(towns, "长春")


def test_only_the_rare_pairs_of_a_word_are_asked_for(towns: Database) -> None:
    """Going through all that have a frequent one takes longer than looking at the names."""
    index = word_index.WordIndex(towns, CUSTOMERS)
    assert index.match("津路公司") == '"津路" "路公"'
    assert index.match("公司") == '"公司"'
    assert index.match("天津第") == '"天津" "津第"'
    assert index.match("岛") == '"岛" *'
    assert index.match("a") == ""


def test_a_pair_that_nearly_all_have_is_not_asked_for(database: Database, store: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    make_frequent(monkeypatch, 10)
    names = [f"{place}宏公司" for place in ("沈阳", "长春") for _ in range(30)]
    store("customers", *({"code": f"n{number:03d}", "name": name} for number, name in enumerate(names)))
    index = word_index.WordIndex(database, CUSTOMERS)
    monkeypatch.setattr(word_index, "COMMON", 1)
    assert index.match("春宏公") == '"春宏" "宏公"'
    monkeypatch.setattr(word_index, "COMMON", 2)
    assert index.match("春宏公") == '"春宏"'
    assert index.match("宏公司") == '"宏公" "公司"', "the rarest in any case"


def test_more_hits_are_worth_reading_where_there_are_more_records(towns: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(word_index, "PROBE_LIMIT", 2000)
    assert word_index.WordIndex(towns, CUSTOMERS).most == 500
    towns.execute("INSERT INTO customers (id, code, name, created_at, updated_at) VALUES (160000, 'z1', '远', '', '')")
    search_index.add_records(towns, CUSTOMERS, [dict(towns.one("SELECT * FROM customers WHERE id = 160000") or {})])
    assert word_index.WordIndex(towns, CUSTOMERS).most == 1040


@pytest.mark.parametrize(
    ("name", "heads"),
    [
        ("石家庄宏达", ["ǁshiǁjia", "ǁshiǁjiaǁzhuang", "ǁshiǁjiaǁzhuangǁhong"]),
        ("西安", ["ǁxiǁan"]), ("先", []), ("ǁ西安", []), ("𠮷林市宏", []), ("", []),
    ],
)  # fmt: skip
def test_how_a_name_begins_is_indexed(name: str, heads: list[str]) -> None:
    assert search_index.heads(pinyin.name_sort(name)) == heads
