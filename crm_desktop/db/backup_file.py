"""Writes one backup: copied, reopened and verified before it has its name, with its SHA-256 beside it."""

import hashlib
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from crm_desktop import system
from crm_desktop.db import encryption
from crm_desktop.db.backup import Cancelled, Progress, copy_pages, partial_of, row_counts, stop_when
from crm_desktop.db.connection import beside, open_read_only
from crm_desktop.db.inspection import DIGEST, BackupInfo, facts, is_sound, sha256_of
from crm_desktop.db.passing_files import passing_copy
from crm_desktop.errors import BackupError
from crm_desktop.models.progress import part

UNLIKE = "备份写出后核对不符，没有留下这份备份，请检查磁盘或U盘后重做。"
UNSOUND = "备份写出后没有通过检查，没有留下这份备份，请检查磁盘或U盘，并检查数据库。"


def write_backup(
    live: Path,
    target: Path,
    password: str = "",
    on_progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> BackupInfo:
    """Back up the live file to ``target`` and say what is in it; an error or a cancel leaves no file behind."""
    with partial_of(target) as partial:
        if password:
            info = _write_encrypted(live, partial, password, on_progress, cancelled)
        else:
            info = _write_plain(live, partial, part(on_progress, 0, 2), cancelled)
        digest = sha256_of(partial, part(on_progress, 3 if password else 1, 4 if password else 2), cancelled)
        size = partial.stat().st_size
        _name(partial, target, digest)
    return replace(info, path=target, size=size, sha256=digest, is_encrypted=bool(password))


def _write_plain(live: Path, copy: Path, on_progress: Progress, cancelled: Cancelled | None) -> BackupInfo:
    counts = copy_pages(live, copy, row_counts, on_progress, cancelled=cancelled)
    with closing(open_read_only(copy)) as written:
        if not is_sound(written, cancelled):
            raise BackupError(UNSOUND)
        if row_counts(written) != counts:
            raise BackupError(UNLIKE)
        return facts(written, copy)


def _write_encrypted(
    live: Path, sealed: Path, password: str, on_progress: Progress | None, cancelled: Cancelled | None
) -> BackupInfo:
    with passing_copy(live) as plain:
        info = _write_plain(live, plain, part(on_progress, 0, 4), cancelled)
        expected = sha256_of(plain, part(None, 0, 1), cancelled)
        encryption.encrypt(plain, sealed, password, part(on_progress, 1, 4), lambda: stop_when(cancelled))
    try:
        written = _digest_inside(sealed, password, part(on_progress, 2, 4), cancelled)
    except BackupError as error:
        stop_when(cancelled)
        raise BackupError(UNLIKE) from error
    if written != expected:
        raise BackupError(UNLIKE)
    return info


def _digest_inside(sealed: Path, password: str, on_progress: Progress, cancelled: Cancelled | None) -> str:
    """SHA-256 of the database that a file on the disk gives back."""
    digest, done, total = hashlib.sha256(), 0, sealed.stat().st_size
    for piece in encryption.decrypted(sealed, password):
        stop_when(cancelled)
        digest.update(piece)
        done += len(piece)
        on_progress(min(done, total), total)
    return digest.hexdigest()


def _name(partial: Path, target: Path, digest: str) -> None:
    """The digest first: a backup that has its name has its digest, too."""
    note = beside(target, DIGEST)
    unfinished = beside(partial, DIGEST)
    try:
        unfinished.write_text(f"{digest}  {target.name}\n", encoding="utf-8", newline="\n")
        system.replace_durably(unfinished, note)
        system.replace_durably(partial, target)
    except OSError:
        for file in (unfinished, note):
            file.unlink(missing_ok=True)
        raise


def remove_backup(path: Path) -> None:
    """A backup and its digest."""
    path.unlink(missing_ok=True)
    beside(path, DIGEST).unlink(missing_ok=True)
