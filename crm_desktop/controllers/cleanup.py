"""系统数据清理: old records leave for ever, after a backup, in one transaction, and their room is given back."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from crm_desktop.controllers import cleanup_modules, deletion, passwords
from crm_desktop.controllers.backups import back_up, secure_before
from crm_desktop.controllers.backups.due import local_folder
from crm_desktop.controllers.backups.making import BEFORE_CLEANUP
from crm_desktop.controllers.base import Controller
from crm_desktop.controllers.cleanup_modules import LOG, Module, Selection
from crm_desktop.controllers.operators import CREDENTIAL
from crm_desktop.controllers.rights import requires
from crm_desktop.db import space
from crm_desktop.db.doomed import ATTACHMENTS, CHOSEN, ENCLOSURES, ITEMS, LETTERS, MAIL, Doomed
from crm_desktop.errors import CleanupRefused, DatabaseError, PermissionDenied, SignInError
from crm_desktop.models import ENTITIES
from crm_desktop.models.mail import CHANGED as MAIL_CHANGED

OnProgress = Callable[[int, int, str], object]
Cancelled = Callable[[], bool]
SIZE = "SELECT COALESCE(sum(size), 0) FROM {key} WHERE id IN " + CHOSEN
LABELS = {ITEMS: "字典项目", ATTACHMENTS: "附件", MAIL: "群发邮件", LETTERS: "邮件的收件人", ENCLOSURES: "邮件的附件"}
FILES = (ATTACHMENTS, ENCLOSURES)
ONLY_ALL = "只有能看到全部客户的操作员才能做系统数据清理。"
CHANGED = "数据刚才有了变化，没有清理。请重新查看数量后再试。"
CANCELLED = "已取消清理，数据没有改动。"
NOTHING = "没有符合条件的记录，不需要清理。"


@dataclass(frozen=True)
class CleanupEffect:
    """What a cleanup removes, exactly."""

    counts: dict[str, int]
    """{label: how many}, with what belongs to the records."""
    open: dict[str, int]
    """Of those, how many are not finished."""
    kept: dict[str, int]
    """{why: how many} that are chosen and must stay."""
    sizes: dict[str, int]
    """{label: bytes} of the files among them."""
    last: int
    """The last operation of the log that was counted."""

    @property
    def total(self) -> int:
        """Records, files and lines of the log together."""
        return sum(self.counts.values())


@dataclass(frozen=True)
class CleanupResult:
    """What a cleanup has done."""

    effect: CleanupEffect
    backup: Path
    """Restoring it is the way back."""
    freed: int
    """Bytes given back to the disk."""
    note: str = field(default="")
    """Why no room was given back, if so."""


class Cleanup(Controller):
    area = "maintenance"

    @requires("view")
    def modules(self) -> list[Module]:
        """What can be cleaned."""
        return cleanup_modules.modules()

    @requires("view")
    def effect(self, selection: Selection) -> CleanupEffect:
        """Exactly what ``run`` would remove now; nothing is changed."""
        self._demand_all()
        with Doomed(self._db) as doomed:
            return self._choose(doomed, selection, cleanup_modules.newest(self._db))

    @requires("delete")
    def run(
        self,
        selection: Selection,
        password: str,
        expected: CleanupEffect,
        on_progress: OnProgress = lambda done, total, text: None,
        cancelled: Cancelled = lambda: False,
    ) -> CleanupResult:
        """Back up, remove everything in one transaction, give the room back.

        ``password`` is the operator's own; a wrong one counts as at sign-in. ``expected`` is what was shown: when
        it is no longer so, or after ``cancelled``, CleanupRefused, and nothing is removed.
        """
        self._demand_all()
        if not expected.total:
            raise CleanupRefused(NOTHING)
        self._demand_password(password)
        on_progress(0, 0, "正在备份…")
        backup = self._secure()
        effect = self._remove(selection, expected, on_progress, cancelled)
        on_progress(0, 0, "正在收回空间…")
        try:
            return CleanupResult(effect, backup, space.give_back(self._db, cancelled))
        except DatabaseError as error:
            note = "已取消。" if cancelled() else str(error)
            return CleanupResult(effect, backup, 0, f"空间没有收回：{note}数据不受影响，可以以后再收回。")

    @requires("delete")
    def give_back(self, cancelled: Cancelled = lambda: False) -> int:
        """Only give back the room of what was removed before; how many bytes that was."""
        return space.give_back(self._db, cancelled)

    # -- inside ----------------------------------------------------------------------------------------------------

    def _demand_all(self) -> None:
        if self._context.scope_note():
            raise PermissionDenied(ONLY_ALL)

    def _demand_password(self, password: str) -> None:
        me = self._context.operator
        credential = self._db.one(CREDENTIAL, (me.id,))
        if credential is None:
            raise SignInError("密码不正确。")
        try:
            passwords.verify(self._db, self._context.clock, credential, password)
        except SignInError:
            with self._context.operation("sign_in_failed", f"系统数据清理时密码不正确：{me.name}"):
                pass
            raise

    def _secure(self) -> Path:
        """The way back, before anything is removed: also where the office's plan wants no backup before risky work."""
        path = secure_before(self._context, BEFORE_CLEANUP)
        if path is None:
            path = back_up(self._context, local_folder(self._context), occasion=BEFORE_CLEANUP).path
        return path

    def _choose(self, doomed: Doomed, selection: Selection, last: int) -> CleanupEffect:
        kept = cleanup_modules.choose(self._db, doomed, selection, self._context.clock)
        counts = doomed.counts()
        log = cleanup_modules.count_log(self._db, selection, self._context.clock, last)
        return CleanupEffect(
            _labelled(counts) | ({"系统日志": log} if log else {}),
            cleanup_modules.open_counts(self._db, list(counts)),
            kept,
            {LABELS[key]: int(self._db.value(SIZE.format(key, key=key))) for key in FILES if key in counts},
            last,
        )

    def _remove(
        self, selection: Selection, expected: CleanupEffect, on_progress: OnProgress, cancelled: Cancelled
    ) -> CleanupEffect:
        done = 0

        def step(number: int) -> None:
            nonlocal done
            if cancelled():
                raise CleanupRefused(CANCELLED)
            done += number
            on_progress(min(done, expected.total), expected.total, "正在清理…")

        with self._db.atomic(), Doomed(self._db) as doomed:
            effect = self._choose(doomed, selection, expected.last)
            if effect != expected:
                raise CleanupRefused(CHANGED)
            step(0)
            told = "、".join(f"{label} {number:,}" for label, number in expected.counts.items())
            with self._context.operation("cleanup", f"系统数据清理（{selection.period}）：{told}") as operation:
                deletion.take_out(self._context, doomed, operation, step)
                if MAIL in selection.modules:
                    self._context.changed(MAIL_CHANGED, None)
                if LOG in selection.modules:
                    cleanup_modules.clear_log(self._db, selection, self._context.clock, expected.last, operation)
                step(0)
        return effect


def _labelled(counts: Mapping[str, int]) -> dict[str, int]:
    return {LABELS.get(key) or ENTITIES[key].label: number for key, number in counts.items()}
