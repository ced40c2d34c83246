"""Which region an address lies in, read from its beginning: province, city, county, with or without suffix.

    index = RegionIndex((row.code, row.parent, row.level, row.name) for row in regions)
    index.propose("长春市朝阳区人民大街1号")  # "220104"

Wrong is worse than unknown: a street called 吉林大路 names no province, and 朝阳区 without a city stays open.
"""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from crm_desktop.models.text import to_half_width

_COUNTY = 3

# What an address may have before and between its regions.
_LEADING = re.compile(r"(?:[\W\d_]|中国|中华人民共和国|通讯地址|地址|邮编)*")
_BETWEEN = re.compile(r"(?:[\W_]|市辖区)*")

_SUFFIXES = ("特别行政区", "自治区", "自治州", "自治县", "自治旗", "地区", "新区", "林区", "特区",
             *"省市县区旗盟")
_PEOPLES = re.compile(
    "(?:(?:蒙古|回|藏|苗|彝|壮|布依|朝鲜|满|侗|瑶|白|土家|哈尼|哈萨克|傣|黎|傈僳|佤|畲|拉祜|水|东乡|纳西|景颇|土"
    "|达斡尔|仫佬|羌|布朗|撒拉|毛南|仡佬|怒|裕固|保安|独龙|普米|各)族|维吾尔|蒙古|哈萨克|柯尔克孜|塔吉克|锡伯)+$"
)
_CUSTOMARY = {
    "内蒙": "内蒙古自治区", "锡盟": "锡林郭勒盟", "博州": "博尔塔拉蒙古自治州",
    "克州": "克孜勒苏柯尔克孜自治州", "前郭县": "前郭尔罗斯蒙古族自治县", "喀左县": "喀喇沁左翼蒙古族自治县",
    "莫旗": "莫力达瓦达斡尔族自治旗", "科左中旗": "科尔沁左翼中旗", "科左后旗": "科尔沁左翼后旗",
    "科右前旗": "科尔沁右翼前旗", "科右中旗": "科尔沁右翼中旗",
}

# A short name followed by one of these is the name of a street or a house, not a region.
_STREET = re.compile(
    "[东南西北中大新老一二三四五六七八九十]{0,2}"
    "(?:[路街道巷弄桥乡镇村]|胡同|广场|大厦|小区|花园|公寓|饭店|宾馆|酒店|公园|商[场厦城]|家园|大学|学院)"
)
_FORMER_RANK = re.compile("地区|[省市县区旗州盟]")  # 铜仁地区 is 铜仁市 now, 双阳县 is 双阳区
_CITY_MARK = re.compile("[省市区州盟](?!场)")

# At the beginning these need their 市: districts elsewhere, or words of which housing estates are made.
_DOUBTFUL = frozenset({
    "朝阳", "东方", "新民", "大安", "永安", "永康", "永济", "安国", "兴城", "合作", "双河", "新星", "白杨",
    "东兴", "安达", "兴平", "泰兴", "福安", "福泉", "新乐", "新泰", "乐平", "丰城", "东港", "灯塔", "凤城",
    "龙泉", "明光", "三河", "开平", "高平", "阳春", "恩平", "凯里", "清镇", "华阴", "安宁", "开远", "东台",
    "天门", "五常", "和龙", "龙井",
})


class _Name(NamedTuple):
    """One way to write a region; ``is_full`` when a suffix shows that one is meant; ``rank`` is 市, 县 or 区."""

    code: str
    level: int
    is_full: bool
    rank: str


class _Reading(NamedTuple):
    """How far a reading explains the text, the level of its first region, the code of its last."""

    end: int
    level: int
    code: str


class RegionIndex:
    """Built once from (code, parent's code, level, name); then some microseconds an address."""

    def __init__(self, regions: Iterable[tuple[str, str | None, int, str]]) -> None:
        self._parents: dict[str, str] = {}
        self._names: dict[str, list[_Name]] = {}
        for code, parent, level, name in regions:
            self._parents[code] = parent or ""
            for written, is_full in _spellings(name):
                entry = _Name(code, level, is_full, name[-1])
                self._names.setdefault(written, []).append(entry)
        for written, name in _CUSTOMARY.items():
            self._names.setdefault(written, []).extend(self._names.get(name, ()))
        lengths: dict[str, set[int]] = {}
        for written in self._names:
            lengths.setdefault(written[:2], set()).add(len(written))
        self._lengths = {beginning: sorted(found) for beginning, found in lengths.items()}
        self._longest = max(map(len, self._names), default=0)

    def propose(self, address: str) -> str | None:
        """The code of the smallest region the address names without doubt, None when it names none."""
        text = to_half_width(address)
        leading = _LEADING.match(text)
        reading = self._read(text, leading.end() if leading else 0, "") or self._read_later(text)
        return reading.code if reading else None

    def begins(self, text: str) -> bool:
        """Whether the text itself begins with a region, named without doubt."""
        return self._read(to_half_width(text), 0, "") is not None

    def _read_later(self, text: str) -> _Reading | None:
        """For an address with something before it: from the first province or city written in full."""
        for mark in _CITY_MARK.finditer(text):
            for start in range(max(0, mark.end() - self._longest), mark.end() - 2):
                names = self._names.get(text[start:mark.end()], ())
                if any(name.is_full and name.level < _COUNTY for name in names):
                    return self._read(text, start, "")
        return None

    def _read(self, text: str, start: int, within: str) -> _Reading | None:
        """The reading that explains most; of equals the one from the highest level; None when two remain."""
        readings = set(self._readings(text, start, within))
        if not readings:
            return None
        end = max(reading.end for reading in readings)
        level = min(reading.level for reading in readings if reading.end == end)
        best = [reading for reading in readings if reading.end == end and reading.level == level]
        return best[0] if len(best) == 1 else None

    def _readings(self, text: str, start: int, within: str) -> Iterator[_Reading]:
        for length in self._lengths.get(text[start:start + 2], ()):
            written = text[start:start + length]
            for name in self._names.get(written, ()):
                if within and not self._may_follow(name, within, length):
                    continue
                end, is_sure = self._end(text, start, start + length, name)
                deeper = self._deeper(text, end, name)
                may_stand = bool(within) or _may_begin(written, name, is_sure)
                if deeper:
                    yield _Reading(deeper.end, name.level, deeper.code)
                elif may_stand and (is_sure or not _STREET.match(text, end)):
                    yield _Reading(end, name.level, name.code)

    def _deeper(self, text: str, end: int, name: _Name) -> _Reading | None:
        if name.level == _COUNTY:
            return None
        between = _BETWEEN.match(text, end)
        return self._read(text, between.end() if between else end, name.code)

    def _end(self, text: str, start: int, end: int, name: _Name) -> tuple[int, bool]:
        """Where the name ends, and whether it is surely a region: also by a former rank."""
        if name.is_full:
            return end, True
        rank = _FORMER_RANK.match(text, end)
        if rank and text[start:rank.end()] not in self._names:
            return rank.end(), True
        return end, False

    def _may_follow(self, name: _Name, within: str, length: int) -> bool:
        """Inside the region named before; a county in full also elsewhere in the province: borders move."""
        parent = self._parents[name.code]
        grandparent = self._parents.get(parent, "")
        if within in (parent, grandparent):
            return True
        is_county = name.is_full and name.level == _COUNTY and name.rank != "区" and length > 2
        return is_county and bool(grandparent) and grandparent == self._parents[within]


def _may_begin(written: str, name: _Name, is_sure: bool) -> bool:
    """Whether an address may begin with this, without its province or city."""
    if is_sure:
        return not (name.rank == "区" and name.is_full and len(written) == 2)  # 城区, 郊区 are in many cities
    return (name.level < _COUNTY or name.rank == "市") and written not in _DOUBTFUL


def _spellings(name: str) -> Iterator[tuple[str, bool]]:
    """The ways to write a region, and whether each is full: 延边朝鲜族自治州, 延边州, and short 延边."""
    yield name, True
    suffix = next((each for each in _SUFFIXES if name.endswith(each) and len(name) - len(each) >= 2), "")
    if not suffix:
        return
    stem = name.removesuffix(suffix)
    if suffix.startswith("自治"):
        bare = _PEOPLES.sub("", stem)
        stem = bare if len(bare) >= 2 else stem.removesuffix("族")
        yield stem + suffix[-1], True
    yield stem, False
