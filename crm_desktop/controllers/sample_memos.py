"""Plans the sample office's 工作备忘: what its staff means to do, once and again and again."""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial
from typing import NamedTuple

from crm_desktop.controllers.office import Office
from crm_desktop.controllers.sample_cast import Event, Maker
from crm_desktop.controllers.sample_customers import Plan as Client
from crm_desktop.controllers.sample_customers import Values

WRITTEN = 15
"""Working days before today on which the first of them were written down."""


class Plan(NamedTuple):
    """``ahead`` counts days from today; ``who`` the staff in the order in which they joined."""

    ahead: int
    time: str
    who: int
    subject: str
    repeat: str = ""
    content: str = ""
    reminder: str = "准时"
    is_done: bool = False
    with_customer: bool = False


MANAGER = 0
PLANS = (
    Plan(-6, "09:00", 4, "把展会名片录入系统", is_done=True, content="共 32 张，重名的先查重。"),
    Plan(-3, "", 1, "寄液压站样本", is_done=True, with_customer=True),
    Plan(-1, "15:00", 2, "催回上月的报价", with_customer=True, content="对方说月底定，问一下结果。"),
    Plan(0, "09:30", 0, "部门例会", "每个工作日", "会议室，十五分钟。", "提前 10 分钟"),
    Plan(0, "14:00", 0, "审批上月客户服务月报"),
    Plan(0, "10:30", 0, "回电：确认年度供货协议", with_customer=True, reminder="提前 30 分钟"),
    Plan(1, "14:00", 1, "上门看设备安装位置", with_customer=True, reminder="提前 1 小时"),
    Plan(2, "", 3, "整理待回访名单"),
    Plan(3, "10:00", 0, "与财务对账", "每月"),
    Plan(5, "", 2, "寄春节贺卡名单", "农历每年", "重要客户每家一份。", "提前 1 天"),
    Plan(8, "09:00", 5, "检查打印机墨盒和信封库存", "每周"),
)  # fmt: skip


class MemoMaker(Maker):
    """Each is written by whom it is for, some working days ago."""

    def events(self) -> Iterator[Event]:
        people = self.staff.everybody
        for number, plan in enumerate(PLANS):
            written = self.days.ago(WRITTEN - number)
            client = self.chance.choice(self.clients.important) if plan.with_customer else None
            values = self._values(plan, people[plan.who])
            owner = people[plan.who]
            if client is not None:
                owner = client.values["owner"]
                values |= {"owner": owner, "contact": client.contacts[0]["name"] if client.contacts else ""}
            yield Event(self.days.moment(written), owner, partial(_create, values, client))

    def _values(self, plan: Plan, owner: int) -> Values:
        day: date = self.days.today + timedelta(days=plan.ahead)
        return {
            "subject": plan.subject, "date": day.isoformat(), "time": plan.time, "owner": owner, "repeat": plan.repeat,
            "reminder": plan.reminder, "is_done": int(plan.is_done), "content": plan.content,
        }  # fmt: skip


def _create(values: Values, client: Client | None, office: Office) -> None:
    customer = {"customer": client.id} if client else {}
    office.memos.create({**values, **customer})
