"""What is asked before a file is opened: another window has it, or it is a backup that should stay one."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from crm_desktop import system
from crm_desktop.clock import Clock
from crm_desktop.db.encryption import SUFFIX
from crm_desktop.models.moments import local_text
from crm_desktop.views.dialogs import Dialogs

DIGEST = ".sha256"
BACKUP = "“{}”是一份备份，不是正在使用的数据库。"
SPOILT = "直接打开会改动它，以后就不再是可靠的备份。要用它里面的数据，请用“从备份恢复…”。"
BOTH = "两个窗口可以同时工作，但同一条记录请只在一边修改。不打开最稳妥：请先关闭那一边的窗口。"


def is_wanted(dialogs: Dialogs, path: Path, others: Sequence[system.Holder], clock: Clock) -> bool:
    """Whether to open a file; what is an ordinary database that nobody has open is not asked about."""
    if is_backup(path):
        text, detail = BACKUP.format(path.name), SPOILT
    elif others:
        text, detail = question(path, others[0], clock), BOTH
    else:
        return True
    return bool(dialogs.ask_yes_no(text, detail=detail, yes="仍要打开", no="不打开", title="打开数据库"))


def is_backup(path: Path) -> bool:
    """Whether a file is encrypted, or has the digest beside it that was written with it and was never worked on."""
    has_digest = path.with_name(path.name + DIGEST).exists()
    return path.suffix.casefold() == SUFFIX or (has_digest and not system.InstanceLock(path).path.exists())


def question(path: Path, holder: system.Holder, clock: Clock) -> str:
    """“客户.db”已在 PC-1 由 张三 打开（09:12 起）。"""
    who = holder.operator or holder.user
    where = f"在 {holder.computer} " if holder.computer else "在另一个窗口"
    by = f"由 {who} " if who else ""
    return f"“{path.name}”已{where}{by}打开{_since(holder.since, clock)}。"


def _since(since: str, clock: Clock) -> str:
    """The time of day, with its date when that is not today; nothing for a time that is none."""
    try:
        text = local_text(since)
    except ValueError:
        return ""
    if not text:
        return ""
    day, _, minute = text.partition(" ")
    today = clock.now().astimezone().date()
    return f"（{minute if datetime.fromisoformat(day).date() == today else text} 起）"
