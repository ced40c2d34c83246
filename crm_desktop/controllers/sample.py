"""The sample office: a machinery dealer in 长春 with its staff, customers and contacts, the same for everybody.

Dates count back from today over 24 months. It is made through the same controllers a clerk uses.
"""

import json
import secrets
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from crm_desktop.clock import Clock, FixedClock
from crm_desktop.controllers.office import Office
from crm_desktop.controllers.sample_customers import CustomerMaker
from crm_desktop.controllers.session import create_office, sign_in
from crm_desktop.controllers.settings import OFFICE, READ, WRITE
from crm_desktop.db import Database

SEED = 42
DAYS = 730
COMPANY = "长春宏远机械设备有限公司"
PROFILE = {
    "short_name": "宏远机械", "region": "220104", "area_code": "0431", "postcode": "130012",
    "address": "吉林省长春市朝阳区前进大街2699号", "phone": "0431-85100001", "fax": "0431-85100002",
    "email": "office@example.com", "website": "www.example.com",
    "english_name": "Changchun Hongyuan Machinery Equipment Co., Ltd.",
    "english_address": "2699 Qianjin Street, Chaoyang District, Changchun, Jilin, China",
}  # fmt: skip
STAFF = (
    ("sunzq", "孙志强", "业务员", "男", "销售部"), ("lixm", "李雪梅", "业务员", "女", "销售部"),
    ("wanght", "王海涛", "业务员", "男", "销售部"), ("chenjing", "陈静", "客服", "女", "客户服务部"),
    ("liuyang", "刘洋", "客服", "男", "客户服务部"),
)  # fmt: skip
ADMINISTRATOR = ("admin", "赵敏")
SAMPLE_KEY = "sample_sign_in"
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


@dataclass(frozen=True)
class SampleOffice:
    """How to enter the sample office."""

    operator: str
    password: str
    recovery_code: str


def sample_sign_in(db: Database) -> tuple[str, str] | None:
    """Operator and password of a sample office, None for a real one: they stand on its sign-in page."""
    stored = db.value(READ, (OFFICE, SAMPLE_KEY))
    if stored is None:
        return None
    operator, password = json.loads(stored)
    return operator, password


def build_sample(db: Database, clock: Clock, seed: int = SEED) -> SampleOffice:
    """Fill an empty database with the sample office. Its password is generated anew each time, the rest is not."""
    password = "".join(secrets.choice(LETTERS) for _ in range(10))
    today = clock.today()
    past = FixedClock.at((today - timedelta(days=DAYS)).isoformat(), hour=1)
    code = create_office(db, COMPANY, ADMINISTRATOR[0], password, PROFILE, past)
    with db.atomic():
        db.execute(WRITE, (OFFICE, SAMPLE_KEY, json.dumps([ADMINISTRATOR[0], password])))
    office = sign_in(db, ADMINISTRATOR[0], password, clock=past)
    owners = _hire(office, password)
    with db.atomic():  # one transaction for all: an office's two years would otherwise be a thousand disk flushes
        _acquire(office, CustomerMaker(office, seed, today, owners), past, today)
        office.dictionaries.add("source", {"name": "行业协会推荐"})
    return SampleOffice(ADMINISTRATOR[0], password, code)


def _hire(office: Office, password: str) -> list[int]:
    """The staff; returns the ids of those who own customers."""
    me = office.operator.id
    assert me is not None
    version = office.operators.get(me)["version"]
    values = {"full_name": ADMINISTRATOR[1], "gender": "女", "department": "总经理办公室"}
    office.operators.update(me, values, version)
    owners = []
    for name, full_name, role, gender, department in STAFF:
        record: dict[str, Any] = {
            "name": name, "full_name": full_name, "role": role, "gender": gender, "department": department,
        }  # fmt: skip
        operator = office.operators.add(record, password)
        if role == "业务员":
            owners.append(operator)
    return owners


def _acquire(office: Office, maker: CustomerMaker, past: FixedClock, today: date) -> None:
    """Customers come in the order of time; the last of them today's."""
    plans = maker.plans()
    first = today - timedelta(days=DAYS)
    for number, plan in enumerate(plans):
        moment = FixedClock.at((first + timedelta(days=DAYS * number // len(plans))).isoformat(), hour=2 + number % 8)
        past.moment = moment.moment
        customer = office.customers.create(plan.values, lines={"contacts": plan.contacts})
        if plan.is_deleted:
            office.customers.delete([customer])
