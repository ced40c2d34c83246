"""The shipped regions: loaded once, updated later, and never over the office's own words."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from crm_desktop.db import Database, regions
from crm_desktop.paths import asset

HEAD = "code,parent_code,level,name,full_name,pinyin,area_code,postcode\n"
JILIN = [
    "220000,,1,吉林省,吉林省,ji lin sheng,,",
    "220100,220000,2,长春市,吉林省长春市,chang chun shi,0431,130000",
    "220104,220100,3,朝阳区,吉林省长春市朝阳区,chao yang qu,0431,130012",
    "229000,220000,2,省直辖,吉林省省直辖,sheng zhi xia,,",
    "229001,229000,3,梅河口市,吉林省梅河口市,mei he kou shi,0448,135000",
]


@pytest.fixture
def ship(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """``ship(line, …)``: the list that this version of the program brings."""

    def write(*lines: str) -> None:
        (tmp_path / "regions.csv").write_text(HEAD + "\n".join(lines) + "\n", encoding="utf-8")

    monkeypatch.setattr(regions, "asset", lambda name: tmp_path / name)
    return write


@pytest.fixture
def loaded(database: Database, ship: Callable[..., None]) -> Database:
    ship(*JILIN)
    regions.load_shipped(database)
    return database


def row(database: Database, code: str) -> dict[str, Any]:
    found = database.one("SELECT * FROM regions WHERE code = ?", (code,))
    assert found is not None
    return dict(found)


def test_the_real_list_loads_with_every_parent(database: Database) -> None:
    regions.load_shipped(database)
    lines = asset("regions.csv").read_text(encoding="utf-8").splitlines()
    assert database.value("SELECT count(*) FROM regions") == len(lines) - 1 > 3000
    assert database.query("PRAGMA foreign_key_check") == []
    assert row(database, "220104")["full_name"] == "吉林省长春市朝阳区"
    assert row(database, "220104")["pinyin"] == "chaoyangqu"
    assert row(database, "220104")["initials"] == "cyq"


def test_loading_the_same_list_again_changes_nothing(database: Database) -> None:
    regions.load_shipped(database)
    before = [tuple(each) for each in database.query("SELECT * FROM regions ORDER BY code")]
    regions.load_shipped(database)
    assert [tuple(each) for each in database.query("SELECT * FROM regions ORDER BY code")] == before


def test_an_update_brings_what_is_new(loaded: Database, ship: Callable[..., None]) -> None:
    ship(*JILIN[:2], JILIN[2].replace("130012", "130013").replace("0431", "0432"), "220105,220100,3,二道区,吉林省长春市二道区,er dao qu,0431,130000")
    regions.load_shipped(loaded)
    assert (row(loaded, "220104")["postcode"], row(loaded, "220104")["area_code"]) == ("130013", "0432")
    assert row(loaded, "220105")["name"] == "二道区"


def test_a_county_that_moved_is_found_below_its_new_city(loaded: Database, ship: Callable[..., None]) -> None:
    ship(*JILIN[:2], JILIN[2].replace("220100,3", "229000,3"), *JILIN[3:])
    regions.load_shipped(loaded)
    assert row(loaded, "220104")["parent"] == "229000"


def test_a_code_that_vanished_goes_inactive_and_returns(loaded: Database, ship: Callable[..., None]) -> None:
    ship(*JILIN[:2])
    regions.load_shipped(loaded)
    assert (row(loaded, "220104")["is_active"], row(loaded, "220100")["is_active"]) == (0, 1)
    ship(*JILIN)
    regions.load_shipped(loaded)
    assert row(loaded, "220104")["is_active"] == 1


def test_the_office_s_own_words_stay(loaded: Database, ship: Callable[..., None]) -> None:
    loaded.execute("UPDATE regions SET postcode = '130099', edited = '[\"postcode\"]' WHERE code = '220104'")
    loaded.execute("UPDATE regions SET is_active = 0, edited = '[\"is_active\"]' WHERE code = '229001'")
    loaded.execute("UPDATE regions SET is_active = 1, edited = '[\"is_active\"]' WHERE code = '229000'")
    ship(*JILIN[:2], JILIN[2].replace("130012", "130013").replace("0431", "0432"), JILIN[4].replace("229000", "220000"))
    regions.load_shipped(loaded)
    assert (row(loaded, "220104")["postcode"], row(loaded, "220104")["area_code"]) == ("130099", "0432")
    assert row(loaded, "229001")["is_active"] == 0
    assert row(loaded, "229000")["is_active"] == 1  # kept although it vanished


def test_a_name_of_the_office_s_own_stays_in_all_full_names_below(loaded: Database, ship: Callable[..., None]) -> None:
    loaded.execute("UPDATE regions SET name = '吉林', full_name = '吉林', pinyin = 'jl', edited = '[\"name\"]' WHERE code = '220000'")
    loaded.execute("INSERT INTO regions (code, parent, level, name, full_name, pinyin, initials, is_own) VALUES ('X00001', '220100', 3, '开发区', '', '', '', 1)")
    ship(*(line.replace("朝阳区", "新朝阳区").replace("ji lin", "ji ling") for line in JILIN))
    regions.load_shipped(loaded)
    assert {code: row(loaded, code)["full_name"] for code in ("220000", "220104", "229001", "X00001")} == {
        "220000": "吉林", "220104": "吉林长春市新朝阳区", "229001": "吉林梅河口市", "X00001": "吉林长春市开发区",
    }  # fmt: skip
    assert (row(loaded, "220000")["name"], row(loaded, "220000")["pinyin"]) == ("吉林", "jl")


def test_the_update_comes_once_with_a_new_program(loaded: Database, ship: Callable[..., None]) -> None:
    ship(*JILIN[:2], JILIN[2].replace("130012", "130013"))
    regions.update_when_newer(loaded)
    assert row(loaded, "220104")["postcode"] == "130013"
    loaded.execute("UPDATE regions SET postcode = '130012' WHERE code = '220104'")
    regions.update_when_newer(loaded)
    assert row(loaded, "220104")["postcode"] == "130012"


def test_before_an_office_is_founded_there_is_nothing_to_update(database: Database) -> None:
    regions.update_when_newer(database)
    assert database.value("SELECT count(*) FROM regions") == 0
