"""The office's typed options, one line each, and the settings file of this computer."""

import json
import logging
import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Option:
    """An office-wide setting, kept in its database: one of ``choices``, a whole number within its bounds, or a page."""

    label: str
    default: Any
    minimum: int | None = None
    maximum: int | None = None
    choices: tuple[str, ...] = ()
    group: str = "其他"
    """The heading under which it stands in 系统设置."""
    unit: str = ""
    words: Mapping[str, str] = field(default_factory=dict)
    """What choices are called where they are not words themselves."""
    is_address: bool = False
    """Whether it is the address of a web page rather than a number."""

    def read(self, text: str) -> Any:
        """The number or address that was typed; what is none stays as it is, and is a problem."""
        digits = unicodedata.normalize("NFKC", text).strip()
        if self.is_address:
            return digits
        return int(digits) if re.fullmatch(r"-?[0-9]{1,9}", digits) else text

    def problem(self, value: Any) -> str:
        """Why this cannot be its value; "" when it can."""
        if self.choices:
            names = "、".join(map(self.format, self.choices))
            return "" if value in self.choices else f"{self.label}应为：{names}。"
        if self.is_address:
            is_one = isinstance(value, str) and re.fullmatch(r"(?:https?://)?[^\s/:]+\.[^\s/:]+(?:[:/]\S*)?", value)
            return "" if is_one else f"{self.label}应为网址，例如 {self.default}。"
        if not isinstance(value, int) or isinstance(value, bool):
            return f"{self.label}应为整数。"
        if self.minimum is not None and value < self.minimum:
            return f"{self.label}不能小于 {self.minimum}。"
        if self.maximum is not None and value > self.maximum:
            return f"{self.label}不能大于 {self.maximum}。"
        return ""

    def format(self, value: Any) -> str:
        return self.words.get(value, str(value))


SAFETY, CUSTOMERS, SERVICE, DAY, MAIL, TOOLS = "安全", "客户", "客户服务", "今日工作", "发送邮件", "辅助工具"
LARGEST = 100_000_000

OPTIONS: Mapping[str, Option] = {
    "idle_lock_minutes": Option("多久没有操作就锁定屏幕", 15, 0, 480, group=SAFETY, unit="分钟，0 为不锁定"),
    "lock_after_failures": Option("连续输错密码几次后锁定", 5, 1, 100, group=SAFETY, unit="次"),
    "lock_minutes": Option("锁定多少分钟", 15, 1, 24 * 60, group=SAFETY, unit="分钟"),
    "code_rule": Option("客户编号规则", "area", choices=("area", "serial"), group=CUSTOMERS,
                        words={"area": "级别字母＋区号＋序号", "serial": "级别字母＋七位序号"}),
    "level_important_revenue": Option("年营业额达到多少提示为重要", 5000, 0, LARGEST, group=CUSTOMERS, unit="万元"),
    "level_important_employees": Option("员工人数达到多少提示为重要", 300, 0, LARGEST, group=CUSTOMERS, unit="人"),
    "level_general_revenue": Option("年营业额达到多少提示为一般", 500, 0, LARGEST, group=CUSTOMERS, unit="万元"),
    "level_general_employees": Option("员工人数达到多少提示为一般", 50, 0, LARGEST, group=CUSTOMERS, unit="人"),
    "working_hours": Option("上班时间", "8:30-12:00 13:00-17:30", group=SERVICE, choices=(
        "8:30-12:00 13:00-17:30", "8:00-12:00 13:00-17:00", "8:00-12:00 13:30-17:30", "8:00-12:00 14:00-18:00",
        "9:00-12:00 13:00-18:00", "8:30-11:30 13:00-17:00", "9:00-12:00 13:00-17:00",
    )),
    "revisit_score": Option("回访满意程度低于多少分退回重新处理", 3, 0, 6, group=SERVICE, unit="分，0 为不退回"),
    "days_ahead": Option("备忘、生日和纪念日提前几天出现在首页", 7, 0, 60, group=DAY, unit="天，0 为当天"),
    "mail_pause_seconds": Option("两封邮件之间隔多久", 3, 0, 600, group=MAIL, unit="秒"),
    "mail_per_hour": Option("每小时最多发几封", 100, 0, 10_000, group=MAIL, unit="封，0 为不限"),
    "mail_megabytes": Option("一封邮件的附件最大", 20, 1, 100, group=MAIL, unit="MB"),
    "internet_page": Option("登录Internet 打开的网页", "https://www.baidu.com", group=TOOLS, is_address=True),
}  # fmt: skip
"""``code_rule``: "area" is letter + area code + serial; "serial" is letter + seven digits.
``revisit_score`` 0 files a complaint whatever the customer thinks of it."""

COMPUTER_DEFAULTS: Mapping[str, Any] = {
    "database": "",
    "last_operator": "",
    "theme": "light",
    "scaling": 0.0,
    "backup_folder": "",
    "backup_folders": {},
    "backup_failures": {},
    "window": "",
    "envelopes": {},
    "positions": {},
    "labels": {},
    "label_corrections": {},
    "printers": {},
    "print_options": {},
    "registers_letters": False,
    "recent_imports": [],
    "warned_places": [],
}
"""What belongs to this computer and user, not to the office: last file, window, printers.

``backup_folders`` lists by database where its backups were written, newest first, because a damaged file cannot tell;
``backup_failures`` says by database what went wrong with the backup on exit, until somebody has been told."""


class ComputerSettings:
    """A small JSON file beside the logs; a damaged one is set aside, never a reason not to start.

    ``to_keep`` and ``from_kept`` change every text on its way into the file and back: paths of a portable program.
    """

    def __init__(
        self, path: Path, to_keep: Callable[[str], str] = str, from_kept: Callable[[str], str] = str
    ) -> None:
        self.path = path
        self._to_keep, self._from_kept = to_keep, from_kept
        self._values = dict(COMPUTER_DEFAULTS)
        self._values.update(self._read())

    def _read(self) -> dict[str, Any]:
        try:
            values = _changed(json.loads(self.path.read_text(encoding="utf-8")), self._from_kept)
        except FileNotFoundError:
            return {}
        except (OSError, ValueError):
            self._set_aside()
            return {}
        return {key: values[key] for key in COMPUTER_DEFAULTS if key in values} if isinstance(values, dict) else {}

    def _set_aside(self) -> None:
        damaged = self.path.with_suffix(".damaged.json")
        if self.path.exists():
            self.path.replace(damaged)

    def __getitem__(self, key: str) -> Any:
        return self._values[key]

    def __setitem__(self, key: str, value: Any) -> None:
        """Set and save at once; a full or unplugged stick is no reason to stop working, the next one saves all."""
        if key not in COMPUTER_DEFAULTS:
            raise KeyError(key)
        self._values[key] = value
        text = json.dumps(_changed(self._values, self._to_keep), ensure_ascii=False, indent=1)
        partial = self.path.with_suffix(".part")
        try:
            partial.write_text(text, encoding="utf-8")
            partial.replace(self.path)
        except OSError as error:
            logging.getLogger(__name__).warning("settings not saved", exc_info=error)


def _changed(value: Any, change: Callable[[str], str]) -> Any:
    """The same value with every text in it changed, names included."""
    if isinstance(value, str):
        return change(value)
    if isinstance(value, list | tuple):
        return [_changed(each, change) for each in value]
    if isinstance(value, dict):
        return {change(name): _changed(each, change) for name, each in value.items()}
    return value
