"""Made-up cards whose parts are known, written as people write them."""

import random
from dataclasses import dataclass

from crm_desktop.controllers.sample_words import FORMS, ROADS, SURNAMES, TRADES, WORDS
from crm_desktop.models.addresses import RegionIndex
from crm_desktop.models.regions import read_regions
from crm_desktop.paths import asset

ROWS = {row.code: row for row in read_regions(asset("regions.csv"))}
INDEX = RegionIndex((row.code, row.parent, row.level, row.name) for row in ROWS.values())
COUNTIES = [row for row in ROWS.values() if row.level == 3]
CITIES = [row.name.removesuffix("市") for row in ROWS.values() if row.level == 2 and row.name.endswith("市")]
LABELS = {
    "person": ("收件人", "联系人", "姓名"), "company": ("公司", "单位名称", "公司名称"), "mobile": ("手机", "电话", "联系电话"),
    "phone": ("电话", "固话", "Tel"), "email": ("邮箱", "E-mail"), "postcode": ("邮编", "邮政编码"),
    "address": ("地址", "详细地址", "收货地址"),
}  # fmt: skip
SEPARATORS = (" ", "  ", ",", "，", "\n", "\t", "；", "\r\n", "　", " | ")
GIVEN = "伟强磊军勇杰涛明刚平辉鹏波斌宇浩健俊帆旭宁林芳娜敏静秀丽艳娟霞玲桂英燕红梅雪婷洁"


@dataclass(frozen=True)
class Card:
    """``text`` is what is pasted; ``parts`` what must be found in it."""

    text: str
    parts: dict[str, str]


def card(chance: random.Random, *, has_labels: bool | None = None, is_careless: bool = False) -> Card:
    """A card with some of its parts, in any order, with any separators, with or without labels.

    A careless one leaves the province away, and now and then what stands between two parts.
    """
    wanted = _parts(chance)
    for name in list(wanted):
        if name not in ("address",) and chance.random() < 0.25:
            del wanted[name]
    if is_careless:
        province, _, rest = wanted["address"].partition("省")
        wanted["address"] = rest or province
    order = chance.sample(list(wanted), len(wanted))
    labelled = chance.random() < 0.5 if has_labels is None else has_labels
    pieces = []
    for name in order:
        label = f"{chance.choice(LABELS[name])}{chance.choice('：:')}" if labelled else ""
        pieces.append(label + _written(chance, name, wanted[name]))
    between = (*SEPARATORS, *[""] * 5) if is_careless else SEPARATORS
    text = pieces[0] + "".join(chance.choice(between) + piece for piece in pieces[1:])
    return Card(text, wanted)


def _parts(chance: random.Random) -> dict[str, str]:
    digits = "".join(chance.choices("0123456789", k=8))
    place, region = chance.choice(CITIES), chance.choice(COUNTIES)
    trade = chance.choice(chance.choice(list(TRADES.values())))
    area = chance.choice(("010", "021", "0431", "0571", "0755"))
    house = f"{chance.choice(ROADS)}{chance.randint(1, 2999)}号"
    return {
        "person": chance.choice(SURNAMES) + "".join(chance.choices(GIVEN, k=chance.choice((1, 2)))),
        "company": place + "".join(chance.sample(WORDS, 2)) + trade + chance.choice(FORMS)[0],
        "mobile": f"1{chance.choice('3578')}{digits}{chance.randint(0, 9)}",
        "phone": f"{area}-{chance.choice('2345678')}{digits[:7]}",
        "email": f"{chance.choice(('zhang', 'li.wei', 'sales'))}{chance.randint(1, 99)}@{chance.choice(('163.com', 'a-b.com.cn'))}",
        "postcode": f"{chance.randint(100000, 899999)}",
        "address": region.full_name + house + chance.choice(("", "3号楼201室", "A座1205", "二单元501室")),
    }


def _written(chance: random.Random, name: str, value: str) -> str:
    if name == "mobile":
        return chance.choice((value, f"{value[:3]} {value[3:7]} {value[7:]}", f"+86 {value}", f"{value[:3]}-{value[3:7]}-{value[7:]}"))
    if name == "phone":
        return chance.choice((value, value.replace("-", ""), value.replace("-", " "), f"({value.replace('-', ')')}"))
    if name == "person":
        return value + chance.choice(("", "", "收", "（收）"))
    return value
