"""Windows that stand in front of a screen: questions, choices, small forms, messages."""

from datetime import datetime, time
from typing import Any

from crm_desktop.controllers.drafts import Draft
from crm_desktop.controllers.memos import Occurrence
from crm_desktop.controllers.reminders import Reminder
from crm_desktop.models import CUSTOMERS, MEMOS, Query
from crm_desktop.views.address_reading import read_address
from crm_desktop.views.batch_edit import edit_many
from crm_desktop.views.drafts import DraftsWindow
from crm_desktop.views.form_dialog import open_form
from crm_desktop.views.help_window import help_over
from crm_desktop.views.passwords import renew_recovery_code
from crm_desktop.views.preview.session import Scene, Session
from crm_desktop.views.preview.steps import act, call, screen, some_records
from crm_desktop.views.record_picker import RecordPicker
from crm_desktop.views.region_picker import RegionPicker
from crm_desktop.views.reminders import ReminderWindow
from crm_desktop.views.widgets.progress import ProgressWindow

PASTED = "张三 13812345678 吉林省长春市朝阳区人民大街1号 130012 长春宏达公司"


class LongWork:
    """Stands for a job that is half done."""

    title = "正在导入客户信息…"
    progress = (5_000, 10_000, "正在写入")

    def cancel(self) -> None:
        """There is nothing to stop."""


def _address(session: Session, shown: Any) -> Any:
    form = open_form(session.desk, CUSTOMERS, None)
    session.root.clipboard_clear()
    session.root.clipboard_append(PASTED)
    session.root.update()
    read_address(form)


def _pick(session: Session, shown: Any) -> Any:
    RecordPicker(session.window, session.desk, CUSTOMERS, lambda record: None).ask()


def _pick_region(session: Session, shown: Any) -> Any:
    RegionPicker(session.window, session.desk, lambda code: None, code="220104").ask()


def _many(session: Session, shown: Any) -> Any:
    edit_many(session.desk, session.window, CUSTOMERS, some_records(session), ("postcode", "12", "邮编是六位数字。"))


def _calendar(session: Session, shown: Any) -> Any:
    form: Any = open_form(session.desk, MEMOS, None)
    session.root.update()
    form.form.fields["date"].input.open_calendar()


def _remind(session: Session, shown: Any) -> Any:
    memos, day = session.desk.office.memos, session.desk.office.clock.today()
    occurrences = [Occurrence(id, day, False, memos.get(id)) for id in memos.ids(Query())[:3]]
    due = datetime.combine(day, time(9))
    ReminderWindow(session.window, session.desk).add([Reminder(each, due, is_late=True) for each in occurrences])


def _drafts(session: Session, shown: Any) -> Any:
    drafts = [Draft(1, "record", "customers", None, None, "2026-11-20 09:30", {"title": "新客户 长春宏达"})]
    DraftsWindow(session.window, session.desk, drafts).ask()


def _say(kind: str, *words: Any, **options: Any) -> Any:
    return lambda session, shown: getattr(session.desk.dialogs, kind)(*words, **options)


FRONT_SCENES = (
    *(Scene(f"{key}.{id}", f"{title}", (screen(key), act(id, selects=rows))) for key, id, title, rows in (
        ("regions", "new", "新增区域", 1),
        ("dictionary.level", "edit", "修改客户级别", 1),
        ("dictionary.level", "merge", "合并客户级别", 1),
        ("customers", "history", "客户 修改记录", 1),
        ("customers", "delete", "删除客户", 3),
        ("customers", "paper", "客户档案卡 预览", 1),
        ("interactions", "attachments", "附件", 1),
        ("complaints", "step", "投诉办理", 1),
        ("feedback", "step", "反馈办理", 1),
        ("mail", "setup", "邮件设置", 1),
        ("complaint_satisfaction", "turn", "投诉满意度 数字", 1),
        ("query.customers", "keep", "保存查询", 1),
        ("query.customers", "open", "打开查询", 1),
        ("labels", "settings", "标签设置", 1),
        ("labels", "calibrate", "标签校准", 1),
        ("customer_list", "columns", "列表选列", 1),
        ("customer_list", "widths", "列表列宽", 1),
        ("customer_list", "design", "列表格式", 1),
        ("customer_list", "keep", "保存列表格式", 1),
        ("memos", "postpone", "备忘推迟", 1),
        ("operators", "new", "新增操作员", 1),
        ("operators", "reset", "重设密码", 1),
        ("operators", "grants", "额外权限", 1),
        ("operators", "hand_over", "移交客户", 1),
        ("roles", "new", "新增角色", 1),
        ("backups", "plan", "备份计划", 1),
        ("audit", "history", "日志 修改记录", 1),
        ("batch_entry", "kind", "换录入的内容", 1),
    )),
    Scene("import.undo", "撤销导入", (screen("import"), call("undo_earlier"))),
    Scene("columns", "选择列", (screen("customers"), lambda session, shown: shown.table.columns.choose())),
    Scene("address", "地址识别", (_address,)),
    Scene("pick_customer", "选择客户", (_pick,)),
    Scene("pick_region", "选择区域", (_pick_region,)),
    Scene("edit_many", "批量修改", (_many,)),
    Scene("calendar", "日历", (_calendar,)),
    Scene("reminder", "提醒", (_remind,)),
    Scene("drafts", "未保存的内容", (_drafts,)),
    Scene("help_over", "对话框的帮助", (screen("customers"),
          lambda session, shown: help_over(session.desk, session.window, "customers"))),
    Scene("password", "密码修改", (lambda session, shown: session.window.change_password(),)),
    Scene("new_code", "换新的找回码", (lambda session, shown: renew_recovery_code(session.desk, session.window),)),
    Scene("recovery_code", "找回码", (_say("show_recovery_code", "ABCD-EFGH-JKLM-NPQR"),)),
    Scene("error", "出错", (_say("show_error", "数据库正在被别的程序使用，请稍后再试。"),)),
    Scene("unexpected", "意外的错误", (_say("show_error", ValueError("x")),)),
    Scene("progress", "进度", (lambda session, shown: ProgressWindow(session.window, LongWork()),)),
    Scene("locked", "锁定屏幕", (lambda session, shown: session.window.lock.lock(),)),
)  # fmt: skip
