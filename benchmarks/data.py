"""A large office for the benchmarks: made once a size, through the same controllers the clerk uses."""

import random
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from benchmarks.service import service_records
from crm_desktop.controllers import Office, create_office, sign_in
from crm_desktop.db import Database

PASSWORD = "bench-2026"
COMPANY = "长春测试"
BATCH = 5000
FEEDBACK_A_CUSTOMER = 20
CLERKS = ("chenjing", "liuyang", "wangfang", "zhaolei", "sunli")
PLACES = ("长春", "沈阳", "哈尔滨", "吉林", "大连", "北京", "天津", "石家庄", "太原", "济南", "青岛")
WORDS = "宏达鑫源盛泰恒通华瑞金丰永兴德信博远嘉禾天成万利顺昌明辉东方中科大地新程锦绣建业联创同济春晖长城龙腾飞跃"
TRADES = ("机械制造", "电子科技", "建筑工程", "贸易", "物流", "化工", "汽车配件", "食品", "医药", "软件", "仪器仪表")
FORMS = ("有限公司", "有限责任公司", "股份有限公司", "厂", "集团有限公司")


def office(folder: Path, customers: int) -> Office:
    """The office with that many customers, built when it is not in ``folder`` yet."""
    return kept(folder / f"bench-{customers}.db", lambda built: insert(built, customers))


def service_office(folder: Path, feedback: int) -> Office:
    """An office with that many pieces of feedback over three years, and the complaints, calls and sales beside it."""

    def fill(built: Office) -> None:
        insert(built, max(1, feedback // FEEDBACK_A_CUSTOMER))
        for name in CLERKS:
            built.operators.add({"name": name, "full_name": name, "role": "客服"}, PASSWORD)
        service_records(built, feedback)

    return kept(folder / f"bench-service-{feedback}.db", fill)


def kept(path: Path, fill: Callable[[Office], None]) -> Office:
    """The office in this file; when there is none yet it is founded and filled."""
    if not path.exists():
        partial = path.with_suffix(".part.db")
        partial.unlink(missing_ok=True)
        database = Database.open(partial, create=True)
        create_office(database, COMPANY, "admin", PASSWORD)
        fill(sign_in(database, "admin", PASSWORD))
        database.close_all()
        partial.replace(path)
    return sign_in(Database.open(path), "admin", PASSWORD)


def insert(built: Office, customers: int, seed: int = 42) -> None:
    """Add that many customers in batches, each its own transaction."""
    rows = records(built, customers, seed)
    while batch := list(islice(rows, BATCH)):
        built.customers._insert_accepted(batch)


def records(built: Office, customers: int, seed: int) -> Iterator[dict[str, Any]]:
    """Accepted customers with a name, two telephones, a region, an address, a level."""
    chance = random.Random(seed)
    levels = [item["id"] for item in built.dictionaries.items("level", active_only=True)]
    regions = built.db.query("SELECT code, area_code, postcode, full_name FROM regions WHERE level = 3")
    start = built.db.value("SELECT max(id) FROM customers") or 0
    for number in range(start + 1, start + customers + 1):
        region = chance.choice(regions)
        yield {
            **built.customers.entity.blank,
            "code": f"b{number:07d}",  # the code rule's room is for one office, not for a million
            "name": name(chance),
            "region": region["code"],
            "area_code": region["area_code"],
            "postcode": region["postcode"],
            "address": f"{region['full_name']}人民路{chance.randint(1, 2000)}号",
            "phone": f"{region['area_code']}-{chance.randint(20000000, 89999999)}",
            "mobile": f"13{chance.randint(0, 9)}0000{chance.randint(0, 9999):04d}",
            "level": chance.choice(levels),
        }


def name(chance: random.Random) -> str:
    middle = "".join(chance.choice(WORDS) for _ in range(chance.choice((2, 2, 3, 4))))
    return chance.choice(PLACES) + middle + chance.choice(TRADES) + chance.choice(FORMS)
