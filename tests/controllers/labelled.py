"""An office in which it is known who is whose duplicate: companies, look-alikes that are none, and spoilt copies."""

import random
from dataclasses import dataclass, field
from itertools import combinations
from typing import Any

from crm_desktop.controllers import Office

BRANDS = "宏达鑫源盛泰恒通华瑞金丰永兴德信博远嘉禾天成万利顺昌明辉东方中科大地新程锦绣建业联创同济春晖长城龙腾飞跃远航瀚海卓越"
TRADES = ("机械制造", "电子科技", "建筑工程", "商贸", "物流", "化工", "汽车配件", "食品", "医药", "软件", "仪器仪表", "印刷包装")
FORMS = ("有限公司", "有限责任公司", "股份有限公司")
SOUNDS = {"宏": "鸿", "达": "大", "源": "元", "通": "同", "华": "花", "丰": "锋", "兴": "星", "远": "院", "成": "城",
          "利": "力", "昌": "长", "明": "鸣", "机": "基", "械": "谢", "建": "健", "工": "公", "品": "聘", "药": "要"}  # fmt: skip
LOOKS = {"制": "治", "造": "遭", "科": "料", "技": "枝", "贸": "货", "物": "吻", "流": "硫", "食": "良", "汽": "汔"}
STREETS = ("人民大街", "解放路", "建设街", "中山路", "和平大道", "工农路")
COUNTIES = """SELECT c.code, c.area_code, c.full_name, replace(p.name, '市', '') AS city FROM regions c
 JOIN regions p ON p.code = c.parent WHERE c.level = 3 AND c.area_code <> '' AND p.name LIKE '%市'"""
ERRORS = ("typo", "short", "brackets", "form", "phone", "sound")


@dataclass
class Labelled:
    """``records`` as they are to be created; two of the same ``companies`` number are duplicates."""

    records: list[dict[str, Any]] = field(default_factory=list)
    companies: list[int] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    """What was done to a copy; nothing for an original."""

    def add(self, company: int, record: dict[str, Any], error: str = "") -> None:
        self.records.append(record)
        self.companies.append(company)
        self.errors.append(error)


class Maker:
    def __init__(self, office: Office, seed: int) -> None:
        self.chance = random.Random(seed)
        rows = office.db.query(COUNTIES)
        self.places = [dict(row) for row in rows]

    def make(self, size: int) -> Labelled:
        """``size`` companies: an eighth look like another and are not, a third has a copy with one known error."""
        made = Labelled()
        for number in range(size):
            company = self.look_alike(made.records[-1]) if number % 8 == 7 else self.company()
            made.add(number, company)
        for number in range(0, size, 3):
            error = self.chance.choice(ERRORS)
            made.add(number, self.copy(made.records[number], error), error)
        return made

    def company(self) -> dict[str, Any]:
        place = self.chance.choice(self.places)
        parts = {
            "city": place["city"], "brand": "".join(self.chance.sample(BRANDS, 2)),
            "trade": self.chance.choice(TRADES), "form": self.chance.choice(FORMS),
        }  # fmt: skip
        return self.filled(parts, place)

    def filled(self, parts: dict[str, str], place: dict[str, Any]) -> dict[str, Any]:
        number = self.chance.randint(1, 1999)
        return {
            "_parts": parts, "_place": place, "name": "".join(parts.values()), "region": place["code"],
            "phone": self.phone(place), "mobile": self.mobile() if self.chance.random() < 0.4 else "",
            "email": f"{self.chance.getrandbits(32):08x}@example.com" if self.chance.random() < 0.5 else "",
            "address": f"{place['full_name']}{self.chance.choice(STREETS)}{number}号",
        }  # fmt: skip

    def phone(self, place: dict[str, Any]) -> str:
        return f"{place['area_code']}-{self.chance.randint(2000000, 8999999)}"

    def mobile(self) -> str:
        return f"13{self.chance.randint(100000000, 999999999)}"

    def look_alike(self, record: dict[str, Any]) -> dict[str, Any]:
        """Another trade under the same name next door, a namesake in another city, or the neighbour's telephone."""
        parts, place = dict(record["_parts"]), record["_place"]
        kind = self.chance.choice(("trade", "trade", "city", "brand", "telephone"))
        if kind == "trade":
            parts["trade"] = self.chance.choice([each for each in TRADES if each != parts["trade"]])
        elif kind == "city":
            place = self.chance.choice(self.places)
            parts["city"] = place["city"]
        else:
            parts["brand"] = "".join(self.chance.sample(BRANDS, 2))
        made = self.filled(parts, place)
        return made | {"phone": record["phone"]} if kind == "telephone" else made

    def copy(self, record: dict[str, Any], error: str) -> dict[str, Any]:
        """The same company typed again by somebody else, who knew less and made one mistake."""
        parts, place = record["_parts"], record["_place"]
        copied = dict(record, name=self.misspelt(parts, error))
        if error == "phone" or self.chance.random() < 0.3:
            copied |= {"phone": self.phone(place), "mobile": ""}
        elif self.chance.random() < 0.5:
            copied["phone"] = f"0086 {record['phone'].lstrip('0')}".replace("-", " ")
        for name, share in (("email", 0.5), ("address", 0.4), ("region", 0.2)):
            if self.chance.random() < share:
                copied[name] = ""
        if copied["address"] and self.chance.random() < 0.5:
            copied["address"] = copied["address"].removeprefix(place["full_name"])
        return copied

    def misspelt(self, parts: dict[str, str], error: str) -> str:
        city, brand, trade, form = parts.values()
        if error == "brackets":
            return f"{brand}{trade}（{city}）{form}"
        if error == "form":
            return f"{city}市{brand}{trade}{self.chance.choice([each for each in FORMS if each != form])}"
        if error == "short":
            return self.chance.choice((f"{brand}{trade[:2]}", f"{city}{brand}{trade}", f"{brand}{trade}"))
        table = SOUNDS if error == "sound" else LOOKS
        places = [at for at, char in enumerate(brand + trade) if char in table] if error in ("sound", "typo") else []
        own = list(brand + trade)
        if places:
            at = self.chance.choice(places)
            own[at] = table[own[at]]
        elif error in ("sound", "typo"):
            at = self.chance.randrange(2, len(own))
            del own[at]
        return city + "".join(own) + form


def enter(office: Office, made: Labelled) -> list[int]:
    """Create all of them; their ids in the same order."""
    blank = office.customers.entity.blank
    rows = [
        {**blank, **{name: value for name, value in record.items() if not name.startswith("_")},
         "region": record["region"] or None, "code": f"z{number:06d}"}
        for number, record in enumerate(made.records)
    ]  # fmt: skip
    return office.customers._insert_accepted(rows)


def true_pairs(made: Labelled, ids: list[int]) -> dict[tuple[int, int], str]:
    """(older, newer) → what was done to the copy."""
    by_company: dict[int, list[int]] = {}
    for place, company in enumerate(made.companies):
        by_company.setdefault(company, []).append(place)
    return {
        (ids[one], ids[other]): made.errors[other]
        for places in by_company.values()
        for one, other in combinations(places, 2)
    }
