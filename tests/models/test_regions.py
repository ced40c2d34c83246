"""The shipped list of regions."""

import re

import pytest

from crm_desktop.models.regions import ZONES, RegionRow, read_regions, zone_of
from crm_desktop.paths import asset


@pytest.fixture(scope="module")
def regions() -> dict[str, RegionRow]:
    return {row.code: row for row in read_regions(asset("regions.csv"))}


def test_the_list_is_complete(regions: dict[str, RegionRow]) -> None:
    levels = [row.level for row in regions.values()]
    assert (levels.count(1), levels.count(2), levels.count(3)) == (34, 342, 2847)


def test_one_row(regions: dict[str, RegionRow]) -> None:
    assert regions["220104"] == RegionRow(
        "220104", "220100", 3, "朝阳区", "吉林省长春市朝阳区", "chao yang qu", "0431", "130012"
    )


def test_parents_come_first_and_are_one_level_up(regions: dict[str, RegionRow]) -> None:
    seen: set[str] = set()
    for row in regions.values():
        assert (row.level == 1) == (row.parent == "")
        assert row.level == 1 or (row.parent in seen and regions[row.parent].level == row.level - 1)
        seen.add(row.code)


def test_numbers_are_well_formed(regions: dict[str, RegionRow]) -> None:
    for row in regions.values():
        assert re.fullmatch(r"[1-8]\d{5}", row.code)
        assert re.fullmatch(r"0\d{2,4}|", row.area_code)
        assert re.fullmatch(r"\d{6}|", row.postcode)
        assert len(row.pinyin.split()) == len(row.name)


def test_every_province_is_in_one_zone(regions: dict[str, RegionRow]) -> None:
    assert sum(map(len, ZONES.values())) == 34
    assert all(zone_of(code) for code in regions)
    assert zone_of("220104") == "东北"
    assert zone_of("X1") == ""


def test_the_sources_are_credited() -> None:
    credits = asset("SOURCES.md").read_text(encoding="utf-8")
    for word in ("regions.csv", "MIT", "ODbL 1.0", "none stated", "国家地名信息库"):
        assert word in credits
