"""Put an address back together when a sheet keeps province, city and county in columns of their own."""

import re

_NO_PLACE = frozenset({"市辖区", "县", "市辖县", "省直辖县级行政区划", "自治区直辖县级行政区划"})
_MUNICIPALITIES = frozenset({"北京", "上海", "天津", "重庆"})
_KIND = re.compile(r"(?:特别行政区|(?:壮族|回族|维吾尔)?自治区|自治[州县旗]|地区|[省市区县盟旗州])$")
# 长春大街 is a street in many towns, not the town.
_STREET_FOLLOWS = re.compile(r"[东西南北中]?(?:大?[路街道巷]|胡同|大厦)")


def region_text(province: str, city: str, county: str) -> str:
    """吉林省, 长春市, 南关区 → 吉林省长春市南关区; what is said twice is said once."""
    return "".join(_parts(province, city, county))


def full_address(province: str, city: str, county: str, address: str) -> str:
    """The address with the part of the region it lacks before it; empty when there is no address."""
    if not address:
        return ""
    parts = _parts(province, city, county)
    named = next((place for place, part in enumerate(parts) if _begins_with(address, part)), len(parts))
    return "".join(parts[:named]) + address


def _parts(province: str, city: str, county: str) -> list[str]:
    parts: list[str] = []
    for part in (province.strip(), city.strip(), county.strip()):
        rest = part[_overlap("".join(parts), part):]
        is_again = part in parts or (_stem(part) in _MUNICIPALITIES and _stem(part) in map(_stem, parts))
        if rest and part not in _NO_PLACE and not is_again:
            parts.append(rest)
    return parts


def _overlap(before: str, part: str) -> int:
    """How much of a part repeats the end of what is before it: 长春市南关区 after 吉林省长春市 three."""
    ends = (end for end in range(len(part), 1, -1) if part[end - 1] in "省市州盟")
    return next((end for end in ends if before.endswith(part[:end])), 0)


def _stem(part: str) -> str:
    return _KIND.sub("", part)


def _begins_with(address: str, part: str) -> bool:
    if address.startswith(part):
        return True
    stem = _stem(part)
    return len(stem) > 1 and address.startswith(stem) and not _STREET_FOLLOWS.match(address, len(stem))
