"""数据备份与恢复 as an operator may use it; scheduled backups are the program's own and need no right."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from crm_desktop.controllers.backups import due, everything, making, plan, record, restoring
from crm_desktop.controllers.backups.due import BackupState, TargetResult
from crm_desktop.controllers.backups.plan import BackupPlan
from crm_desktop.controllers.base import Controller, EntityReader
from crm_desktop.controllers.context import Context
from crm_desktop.controllers.rights import ANYONE, requires
from crm_desktop.db.backup import Cancelled, Progress
from crm_desktop.db.inspection import BackupInfo

MOST_SHOWN = 200


class Backups(Controller):
    """``readers`` are the controllers of everything that is kept in lists."""

    area = "backups"

    def __init__(self, context: Context, readers: Sequence[EntityReader]) -> None:
        super().__init__(context)
        self._readers = readers

    # -- making ----------------------------------------------------------------------------------------------------

    @requires("create")
    def create(
        self,
        folder: Path | str,
        on_progress: Progress | None = None,
        password: str = "",
        cancelled: Cancelled | None = None,
    ) -> BackupInfo:
        """Copy the live database into a folder as ``单位_20261122_0900.db`` (``.crmbak`` with a password), verified."""
        return making.back_up(self._context, folder, on_progress, password, cancelled)

    @requires("create")
    def create_all(self, on_progress: Progress | None = None, cancelled: Cancelled | None = None) -> list[TargetResult]:
        """One backup to every place of the plan; each says what became of it."""
        targets = list(plan.read_plan(self._db).targets)
        return due.back_up_to(self._context, targets, making.MANUAL, on_progress, cancelled)

    @requires(ANYONE)
    def run_due(
        self, occasion: str, on_progress: Progress | None = None, cancelled: Cancelled | None = None
    ) -> list[TargetResult]:
        """What the plan wants to be made on 每日 or 退出 and was not made yet, by the program itself."""
        return due.run_due(self._context, occasion, on_progress, cancelled)

    @requires("export")
    def export_everything(
        self, folder: Path | str, on_progress: Progress | None = None, cancelled: Cancelled | None = None
    ) -> list[Path]:
        """Everything as a workbook, CSV files and attachments, in a new folder; returns the files.

        Only for who sees all customers and their telephone numbers; the log is among it for who may export that.
        """
        return everything.export_everything(self._context, self._readers, folder, on_progress, cancelled)

    # -- the plan and how things stand -----------------------------------------------------------------------------

    @requires("view")
    def plan(self) -> BackupPlan:
        """Where to, when, how many are kept."""
        return plan.read_plan(self._db)

    @requires("update")
    def set_plan(self, wanted: BackupPlan) -> None:
        """Take over another plan; ValidationError names the fields that cannot be taken."""
        plan.write_plan(self._context, wanted)

    @requires("update")
    def set_password(self, password: str) -> bool:
        """Keep the password for backups made by the program itself in the keyring of this account; empty forgets it.

        False when the system has no keyring: then it is known only until the program ends. ValidationError when it
        is too weak. It stands in no file of ours.
        """
        return plan.keep_password(self._db, password)

    @requires("view")
    def has_password(self) -> bool:
        """Whether this account knows the password for scheduled backups."""
        return plan.knows_password(self._db)

    @requires("view")
    def made(self, limit: int = MOST_SHOWN) -> list[dict[str, Any]]:
        """Backups made of this office, newest first: at_text, path, folder, occasion, size, is_encrypted, exists."""
        return record.made(self._db, limit)

    @requires(ANYONE)
    def state(self) -> BackupState:
        """When the last backup was, whether that is too long ago, which places are missing."""
        return due.state(self._context)

    @requires("view")
    def last_at(self) -> str:
        """UTC time of the last good backup, empty when there was none."""
        return record.last_at(self._db)

    # -- looking and restoring -------------------------------------------------------------------------------------

    @requires("view")
    def inspect(self, file: Path | str, password: str = "", on_progress: Progress | None = None) -> BackupInfo:
        """检验备份: verify a backup from end to end and say what is inside, without touching it or the live office."""
        return restoring.inspect(file, password, on_progress, self._db.path)

    @requires("update")
    def restore(self, file: Path | str, password: str = "", on_progress: Progress | None = None) -> Path:
        """Replace the office by a backup, all or nothing; returns the safety copy of what was there before.

        The session ends with it: sign in again, because operators and rights may be others now.
        """
        return restoring.restore_backup(self._context, file, password, on_progress)
