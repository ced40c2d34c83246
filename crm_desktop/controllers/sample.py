"""The sample office: a machinery dealer in 长春 with its staff, customers and their business, the same for everybody.

Dates count back from today over 24 months. It is made through the same controllers a clerk uses.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from crm_desktop.clock import Clock, FixedClock
from crm_desktop.controllers import passwords
from crm_desktop.controllers.backups.making import INSERT, MANUAL
from crm_desktop.controllers.context import Operator
from crm_desktop.controllers.doorplate import SAMPLE_KEY
from crm_desktop.controllers.office import Office
from crm_desktop.controllers.sample_business import BusinessMaker
from crm_desktop.controllers.sample_cast import Clients, Days, Event, Staff
from crm_desktop.controllers.sample_customers import CustomerMaker
from crm_desktop.controllers.sample_memos import MemoMaker
from crm_desktop.controllers.sample_service import ServiceMaker
from crm_desktop.controllers.session import create_office, sign_in
from crm_desktop.controllers.settings import OFFICE, WRITE
from crm_desktop.db import Database

SEED = 42
DAYS = 730
EAGER = 1.5
"""How much faster customers came at the beginning: the office entered those it knew; 1 would be evenly."""
COMPANY = "长春宏远机械设备有限公司"
PROFILE = {
    "short_name": "宏远机械", "region": "220104", "area_code": "0431", "postcode": "130012",
    "address": "吉林省长春市朝阳区前进大街2699号", "phone": "0431-85100001", "fax": "0431-85100002",
    "email": "office@example.com", "website": "www.example.com",
    "english_name": "Changchun Hongyuan Machinery Equipment Co., Ltd.",
    "english_address": "2699 Qianjin Street, Chaoyang District, Changchun, Jilin, China",
}  # fmt: skip
STAFF = (
    ("sunzq", "孙志强", "业务员", "男", "销售部", "经理"), ("lixm", "李雪梅", "业务员", "女", "销售部", "销售员"),
    ("wanght", "王海涛", "业务员", "男", "销售部", "销售员"), ("chenjing", "陈静", "客服", "女", "客户服务部", "主管"),
    ("liuyang", "刘洋", "客服", "男", "客户服务部", "办事员"),
)  # fmt: skip
ADMINISTRATOR = ("admin", "赵敏")
BACKUP_BYTES = 6_299_648


@dataclass(frozen=True)
class SampleOffice:
    """How to enter the sample office."""

    operator: str
    password: str


def build_sample(db: Database, clock: Clock, seed: int = SEED) -> SampleOffice:
    """Fill an empty database with the sample office. Its password is generated anew each time, the rest is not."""
    password = passwords.proposal()
    today = clock.today()
    past = FixedClock.at((today - timedelta(days=DAYS)).isoformat(), hour=1)
    create_office(db, COMPANY, ADMINISTRATOR[0], password, PROFILE, past)
    with db.atomic():
        db.execute(WRITE, (OFFICE, SAMPLE_KEY, json.dumps([ADMINISTRATOR[0], password])))
    office = sign_in(db, ADMINISTRATOR[0], password, clock=past)
    staff = Staff(office, past)
    _hire(office, staff, password)
    with db.atomic():  # one transaction for all: an office's two years would otherwise be thousands of disk flushes
        staff.live(_events(office, staff, seed, today))
        office.dictionaries.add("source", {"name": "行业协会推荐"})
        file = f"E:\\客户备份\\{PROFILE['short_name']}_{today - timedelta(days=1):%Y%m%d}_1730.db"
        with office.context.operation("backup", f"备份到 {file}"):
            db.execute(INSERT, (_evening_before(today), "", file, MANUAL, BACKUP_BYTES, "", 0))
    return SampleOffice(ADMINISTRATOR[0], password)


def _hire(office: Office, staff: Staff, password: str) -> None:
    me = office.operator.id
    assert me is not None
    version = office.operators.get(me)["version"]
    values = {"full_name": ADMINISTRATOR[1], "gender": "女", "department": "总经理办公室", "position": "总经理",
              **_card(1)}  # fmt: skip
    office.operators.update(me, values, version)
    for number, (name, full_name, role, gender, department, position) in enumerate(STAFF, 2):
        record: dict[str, Any] = {
            "name": name, "full_name": full_name, "role": role, "gender": gender, "department": department,
            "position": position, **_card(number),
        }  # fmt: skip
        staff.join(Operator(office.operators.add(record, password), name, full_name, role))


def _card(number: int) -> dict[str, Any]:
    """What the office notes of its n-th colleague besides the name."""
    year = 2014 + number
    return {"staff_number": f"{number:03d}", "mobile": f"1390000{number:04d}", "hired_on": f"{year}-0{number}-01"}


def _events(office: Office, staff: Staff, seed: int, today: date) -> Iterator[Event]:
    """Everything that happened in the two years, in any order."""
    maker = CustomerMaker(office, seed, today, staff.of_role["业务员"])
    plans, words = maker.plans(), maker.words
    first = today - timedelta(days=DAYS)
    days = Days(first, today, words.chance)
    for number, plan in enumerate(plans):
        passed = int(DAYS * (number / len(plans)) ** EAGER)
        plan.since = days.on_or_before(first + timedelta(days=passed))
        morning = datetime.combine(plan.since, time(8, number % 60))
        yield Event(morning, staff.manager, plan.create)
    clients = Clients(plans, days)
    yield from BusinessMaker(words, days, clients, staff).events()
    yield from ServiceMaker(words, days, clients, staff).events()
    yield from MemoMaker(words, days, clients, staff).events()


def _evening_before(today: date) -> str:
    evening = datetime.combine(today - timedelta(days=1), time(17, 30))
    return FixedClock(evening.astimezone(UTC)).timestamp()
