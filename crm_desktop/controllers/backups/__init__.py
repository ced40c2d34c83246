"""数据备份与恢复: verified copies of the whole office, to wherever the office wants them, and the way back."""

from crm_desktop.controllers.backups.controller import Backups
from crm_desktop.controllers.backups.due import BackupState, TargetResult, secure_before
from crm_desktop.controllers.backups.making import back_up
from crm_desktop.controllers.backups.plan import BackupPlan
from crm_desktop.controllers.backups.restoring import find_backups, inspect, restore_backup
from crm_desktop.db.inspection import BackupInfo

__all__ = [
    "BackupInfo", "BackupPlan", "BackupState", "Backups", "TargetResult",
    "back_up", "find_backups", "inspect", "restore_backup", "secure_before",
]  # fmt: skip
