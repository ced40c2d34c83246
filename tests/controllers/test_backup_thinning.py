"""Older automatic backups are removed once a newer one is verified: only this office's own, only those, never by accident."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from crm_desktop.clock import FixedClock
from crm_desktop.controllers import Office
from crm_desktop.controllers.backups import BackupPlan, making, secure_before
from crm_desktop.errors import BackupError


@pytest.fixture
def planned(office: Office, stick: Path) -> Office:
    """Two days are kept and nothing else."""
    office.backups.set_plan(BackupPlan(targets=(str(stick),), keep_daily=2, keep_weekly=0, keep_monthly=0))
    return office


def pass_days(office: Office, clock: FixedClock, days: int) -> None:
    for _ in range(days):
        clock.moment += timedelta(days=1)
        office.backups.run_due("每日")


def days(stick: Path, pattern: str = "*.db") -> list[str]:
    return sorted(path.stem.split("_")[-2] for path in stick.glob(pattern))


def test_the_last_two_days_stay_with_their_digests(planned: Office, stick: Path, clock: FixedClock) -> None:
    pass_days(planned, clock, 4)
    assert days(stick) == ["20261125", "20261126"]
    assert days(stick, "*.sha256") == ["20261125", "20261126"]
    removed = [row["removed_at"] for row in planned.backups.made()]
    assert removed == [None, None, clock.timestamp(), clock.timestamp(-timedelta(days=1))]
    sentences = [row["sentence"] for row in planned.audit.operations() if row["kind"] == "backup_thinned"]
    assert sentences == [f"整理备份文件夹 {stick}：删除较旧的自动备份 1 份"] * 2


def test_what_was_made_by_hand_stays(planned: Office, stick: Path, clock: FixedClock) -> None:
    kept = planned.backups.create(stick).path
    pass_days(planned, clock, 4)
    assert kept.exists()
    assert len(days(stick)) == 3


def test_files_that_are_not_ours_stay(planned: Office, stick: Path, clock: FixedClock) -> None:
    """Also one of our names with other content: the backup of another office on another stick."""
    pass_days(planned, clock, 1)
    (first,) = stick.glob("*.db")
    (stick / "别的办公室_20200101_0900.db").write_bytes(b"x")
    (stick / "照片.jpg").write_bytes(b"x")
    other = bytes(first.stat().st_size)
    first.write_bytes(other)
    Path(f"{first}.sha256").write_text(f"{'0' * 64}  {first.name}\n", encoding="utf-8")
    pass_days(planned, clock, 4)
    assert first.read_bytes() == other
    assert days(stick) == ["20200101", "20261123", "20261126", "20261127"]
    assert (stick / "照片.jpg").exists()


def test_nothing_is_removed_when_the_new_one_fails(
    planned: Office, stick: Path, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    pass_days(planned, clock, 2)

    def fail(*arguments: object) -> None:
        raise BackupError("目标磁盘空间已满。")

    monkeypatch.setattr(making, "write_backup", fail)
    pass_days(planned, clock, 30)
    assert days(stick) == ["20261123", "20261124"]


def test_a_clock_set_back_removes_nothing(planned: Office, stick: Path, clock: FixedClock) -> None:
    pass_days(planned, clock, 2)
    clock.moment = FixedClock.at("2020-01-01").moment
    pass_days(planned, clock, 1)
    assert days(stick) == ["20200102", "20261123", "20261124"]


def test_what_somebody_deleted_is_noted(planned: Office, stick: Path, clock: FixedClock) -> None:
    pass_days(planned, clock, 1)
    for file in stick.iterdir():
        file.unlink()
    pass_days(planned, clock, 1)
    assert [row["removed_at"] is None for row in planned.backups.made()] == [True, False]
    assert planned.audit.operations()[0]["sentence"].endswith("：有 1 份已不在")


def test_another_folder_is_left_alone(planned: Office, stick: Path, clock: FixedClock, tmp_path: Path) -> None:
    pass_days(planned, clock, 2)
    (tmp_path / "新U盘").mkdir()
    planned.backups.set_plan(replace(planned.backups.plan(), targets=(str(tmp_path / "新U盘"),)))
    pass_days(planned, clock, 3)
    assert days(stick) == ["20261123", "20261124"]
    assert days(tmp_path / "新U盘") == ["20261126", "20261127"]


def test_the_way_back_from_a_cleanup_outlives_the_evening(planned: Office, stick: Path, clock: FixedClock) -> None:
    """A backup of the same day, made later, is newer but does not undo the cleanup."""
    first = secure_before(planned.context, "清理前")
    clock.moment += timedelta(hours=1)
    second = secure_before(planned.context, "清理前")
    planned.backups.run_due("每日")
    assert first is not None and second is not None
    assert first.exists() and second.exists()
    pass_days(planned, clock, 3)
    third = secure_before(planned.context, "清理前")
    assert third is not None
    assert [each.exists() for each in (first, second, third)] == [False, True, True]
