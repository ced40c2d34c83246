"""新手引导: what a new office does first, ticked by what its database really has."""

from collections.abc import Mapping
from dataclasses import dataclass

from crm_desktop.controllers.base import Controller
from crm_desktop.controllers.rights import ANYONE, requires
from crm_desktop.controllers.settings import read_preference

CLOSED = "first_steps.is_closed"
"""The preference of an operator who does not want to be shown it any more."""


@dataclass(frozen=True)
class Step:
    """``screen`` is the key of the screen where it is done, ``question`` the SQL that tells whether it was."""

    title: str
    hint: str
    screen: str
    question: str


STEPS = (
    Step("填写本单位信息", "地址、邮编和电话：信封的寄件人和报表的抬头", "company",
         "SELECT address <> '' AND postcode <> '' AND phone <> '' FROM company"),
    Step("导入或录入客户", "有 Excel 表就导入，没有就在客户信息里按 F2", "import",
         "SELECT EXISTS (SELECT 1 FROM customers WHERE deleted_at IS NULL)"),
    Step("设置信封并校准", "每台打印机量两个十字，以后就印得准", "envelopes",
         "SELECT EXISTS (SELECT 1 FROM operations WHERE kind = 'print'"
         " AND (sentence LIKE '打印客户信封%' OR sentence LIKE '打印信封校准页%'))"),
    Step("做一次备份", "最好备份到 U 盘，并设好备份计划", "backups",
         "SELECT EXISTS (SELECT 1 FROM backups)"),
    Step("新增操作员", "每位同事用自己的账号", "operators",
         "SELECT count(*) > 1 FROM operators WHERE is_active = 1 AND deleted_at IS NULL"),
)  # fmt: skip


class FirstSteps(Controller):
    """Everybody may look; whether a step may be taken is up to its screen."""

    area = "settings"

    @requires(ANYONE)
    def done(self) -> Mapping[str, bool]:
        """Screen of each step → whether it was done, asked of the database now."""
        return {step.screen: bool(self._db.value(step.question)) for step in STEPS}

    @requires(ANYONE)
    def is_wanted(self) -> bool:
        """Whether whoever sets up the office is to be shown it: something is left, and nobody closed it for good."""
        if not self._context.may("company", "update") or read_preference(self._db, self._context.operator.id, CLOSED):
            return False
        return not all(self.done().values())
