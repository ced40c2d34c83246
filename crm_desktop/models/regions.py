"""The shipped list of provinces, cities and counties (GB/T 2260), and which 大区 a province belongs to."""

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

# 大区 → the first two digits of its provinces' codes
ZONES = {
    "华北": ("11", "12", "13", "14", "15"),
    "东北": ("21", "22", "23"),
    "华东": ("31", "32", "33", "34", "35", "36", "37"),
    "华中": ("41", "42", "43"),
    "华南": ("44", "45", "46"),
    "西南": ("50", "51", "52", "53", "54"),
    "西北": ("61", "62", "63", "64", "65"),
    "港澳台": ("71", "81", "82"),
}
_ZONE_OF_PROVINCE = {province: zone for zone, provinces in ZONES.items() for province in provinces}


class RegionRow(NamedTuple):
    """One division; ``parent`` is empty for a province, ``pinyin`` has its syllables apart."""

    code: str
    parent: str
    level: int
    name: str
    full_name: str
    pinyin: str
    area_code: str
    postcode: str


def read_regions(path: Path) -> Iterator[RegionRow]:
    """The rows of the shipped list, every parent before its children."""
    with path.open(encoding="utf-8", newline="") as file:
        lines = csv.reader(file)
        next(lines)  # headings
        for code, parent, level, *texts in lines:
            yield RegionRow(code, parent, int(level), *texts)


def zone_of(code: str) -> str:
    """The 大区 of a region's code, empty for the office's own codes."""
    return _ZONE_OF_PROVINCE.get(code[:2], "")
