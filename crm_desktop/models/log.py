"""系统日志 as a list: the kinds of operations in words, what a list of them is asked for, what a line never says."""

import re
from dataclasses import dataclass
from datetime import date

KINDS = {
    "sign_in": "登录", "sign_in_failed": "登录失败", "sign_out": "退出", "lock": "锁定屏幕", "unlock": "解锁屏幕",
    "password": "密码", "password_failed": "密码输错", "recover": "找回密码", "recover_failed": "找回失败",
    "recovery_code": "找回码",
    "create": "新增", "update": "修改", "step": "办理", "merge": "合并", "batch": "批量修改", "batch_entry": "批量录入",
    "hand_over": "移交", "undo": "撤销",
    "delete": "删除", "restore": "恢复", "purge": "彻底删除", "cleanup": "清理",
    "import": "导入", "export": "导出", "print": "打印", "mail": "邮件",
    "backup": "备份", "backup_thinned": "清理备份", "restore_backup": "恢复备份", "check": "检查", "repair": "修复",
    "settings": "设置", "rights": "权限", "found": "建立",
}  # fmt: skip
"""Every kind of operation, and what it is called in the log."""

INTO = "into"
"""Told of a deletion: the record that this one became one with."""

UNDOABLE = ("import", "batch", "batch_entry", "merge", "hand_over", "delete")
"""Operations on many records that can be taken back from what the log knows of them."""

GROUPS: dict[str, tuple[str, tuple[str, ...]]] = {
    "session": ("登录与密码", ("sign_in", "sign_in_failed", "sign_out", "lock", "unlock", "password", "password_failed",
                              "recover", "recover_failed", "recovery_code")),
    "change": ("新增与修改", ("create", "update", "step", "merge", "batch", "batch_entry", "hand_over", "undo")),
    "delete": ("删除与恢复", ("delete", "restore", "purge", "cleanup")),
    "exchange": ("导入与导出", ("import", "export")),
    "print": ("打印", ("print",)),
    "mail": ("邮件", ("mail",)),
    "backup": ("备份与恢复", ("backup", "backup_thinned", "restore_backup", "check", "repair")),
    "office": ("设置与权限", ("settings", "rights", "found")),
}  # fmt: skip
"""Kinds that are asked for together."""


@dataclass(frozen=True)
class LogFilter:
    """What the log is asked for; what is left open asks nothing.

    ``start`` and ``end`` are local days and both belong to it; ``group`` is one of ``GROUPS``; ``text`` stands in
    the sentence; ``entity``, alone or with ``record``, is something that was changed.
    """

    start: date | None = None
    end: date | None = None
    operator: int | None = None
    group: str = ""
    text: str = ""
    entity: str = ""
    record: int | None = None

    @property
    def kinds(self) -> tuple[str, ...]:
        return GROUPS[self.group][1] if self.group else ()


_NUMBER = re.compile(
    r"(?<![\dA-Za-z])(?:(1[3-9]\d)[ -]?\d{4}[ -]?(\d{4})|([48]00)[ -]?\d{3}[ -]?(\d{4})"
    r"|(0\d{2,3})[ -]?[2-9]\d{2,3}[ -]?(\d{4}))(?!\d)"
)


def without_numbers(sentence: str) -> str:
    """The sentence with stars in the middle of every telephone number: a subject or a file may be called by one."""
    return _NUMBER.sub(lambda found: "****".join(filter(None, found.groups())), sentence)
