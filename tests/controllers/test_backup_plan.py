"""The plan of backups: what it may say, who may say it, what is due by it, and where it goes."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from crm_desktop import system
from crm_desktop.clock import FixedClock
from crm_desktop.controllers import Office
from crm_desktop.controllers.backups import BackupPlan, back_up, making, secure_before
from crm_desktop.errors import BackupError, PermissionDenied, ValidationError
from crm_desktop.events import SettingsChanged

PASSWORD = "备份密码2026"
TOP = Path.cwd().anchor
"""Where whole paths begin: with a letter on Windows."""


pytestmark = pytest.mark.usefixtures("cheap_encryption")


@pytest.fixture(autouse=True)
def own_secrets() -> Iterator[None]:
    yield
    system.secrets._of_session.clear()


@pytest.fixture
def places(tmp_path: Path) -> list[str]:
    """A disk and a stick."""
    folders = [tmp_path / "硬盘", tmp_path / "U盘"]
    for folder in folders:
        folder.mkdir()
    return [str(folder) for folder in folders]


@pytest.fixture
def planned(office: Office, places: list[str]) -> Office:
    office.backups.set_plan(BackupPlan(targets=tuple(places)))
    return office


def names(folder: str, pattern: str = "*") -> list[str]:
    return sorted(path.name for path in Path(folder).glob(pattern))


def occasions(office: Office) -> list[str]:
    return [row["occasion"] for row in office.backups.made()]


# What it may say


def test_a_new_office_has_a_cautious_one(office: Office) -> None:
    plan = office.backups.plan()
    assert (plan.targets, plan.daily, plan.on_exit, plan.before_risky, plan.is_encrypted) == ((), True, False, True, False)
    assert (plan.keep_daily, plan.keep_weekly, plan.keep_monthly) == (7, 5, 12)


def test_it_is_kept_told_and_logged_with_old_and_new(office: Office, places: list[str]) -> None:
    told: list[Any] = []
    office.bus.subscribe(SettingsChanged, told.append)
    wanted = BackupPlan(targets=tuple(places), daily=False, on_exit=True, keep_weekly=0)
    office.backups.set_plan(wanted)
    assert office.backups.plan() == wanted
    assert told == [SettingsChanged("backup_plan")]
    assert office.audit.operations()[0]["sentence"] == "修改备份计划"
    changes = office.audit.history("settings", 0)[-1]["changes"]
    assert {name: (old, new) for name, old, new in changes} == {
        "备份位置": ("", "、".join(places)), "每日备份": ("是", "否"), "退出时备份": ("否", "是"), "每周备份份数": ("5", "0"),
    }  # fmt: skip
    before = office.audit.operations()[0]["id"]
    office.backups.set_plan(wanted)
    assert office.audit.operations()[0]["id"] == before


@pytest.mark.parametrize(
    ("change", "field", "sentence"),
    [
        ({"targets": ("备份",)}, "targets", "完整的文件夹路径"),
        ({"targets": ("",)}, "targets", "完整的文件夹路径"),
        ({"targets": (7,)}, "targets", "完整的文件夹路径"),
        ({"targets": (f"{TOP}a", f"{TOP}a/")}, "targets", "写了两次"),
        ({"targets": tuple(f"/{n}" for n in range(6))}, "targets", "最多可以设 5 个"),
        ({"keep_daily": 0}, "keep_daily", "每日备份的保留份数应为 1–366"),
        ({"keep_weekly": -1}, "keep_weekly", "每周备份的保留份数应为 0–260"),
        ({"keep_monthly": True}, "keep_monthly", "每月备份"),
        ({"keep_monthly": "12"}, "keep_monthly", "每月备份"),
    ],
)
def test_what_it_may_not_say(office: Office, change: dict[str, Any], field: str, sentence: str) -> None:
    with pytest.raises(ValidationError, match=sentence) as error:
        office.backups.set_plan(replace(BackupPlan(), **change))
    assert list(error.value.fields) == [field]
    assert office.backups.plan() == BackupPlan()


def test_what_a_newer_program_adds_to_it_is_passed_over(office: Office) -> None:
    office.db.execute("INSERT INTO settings VALUES (0, 'backup_plan', '{\"daily\": false, \"cloud\": true}')")
    assert office.backups.plan() == BackupPlan(daily=False)


# Several places


def test_one_backup_to_each_place(planned: Office, places: list[str]) -> None:
    results = planned.backups.create_all()
    assert [(each.folder, each.problem) for each in results] == [(place, "") for place in places]
    for place, result in zip(places, results, strict=True):
        assert result.info is not None
        assert planned.backups.inspect(Path(place) / result.info.path.name) == result.info
    assert occasions(planned) == ["手动", "手动"]


def test_a_place_that_is_gone_does_not_stop_the_others(planned: Office, places: list[str]) -> None:
    Path(places[0]).rmdir()
    first, second = planned.backups.create_all()
    assert (first.info, first.problem) == (None, making.GONE)
    assert second.info is not None
    assert planned.backups.state().missing_targets == (places[0],)


def test_cancelling_ends_all_of_it(planned: Office, places: list[str]) -> None:
    results = planned.backups.create_all(cancelled=lambda: True)
    assert [each.problem for each in results] == ["已取消备份，没有留下文件。"] * 2
    assert names(places[0]) == names(places[1]) == []


def test_progress_is_that_of_the_whole(planned: Office) -> None:
    told: list[tuple[int, int]] = []
    planned.backups.create_all(lambda *each: told.append(each))
    assert [each[0] for each in told] == sorted(each[0] for each in told)
    assert told[-1][0] == told[-1][1]


# What is due


def test_once_a_day_to_each_place(planned: Office, places: list[str], clock: FixedClock) -> None:
    assert len(planned.backups.run_due("每日")) == 2
    assert planned.backups.run_due("每日") == []
    assert occasions(planned) == ["每日", "每日"]
    clock.moment += timedelta(days=1)
    assert len(planned.backups.run_due("每日")) == 2


def test_a_stick_that_comes_later_gets_its_own(planned: Office, places: list[str]) -> None:
    Path(places[1]).rmdir()
    planned.backups.run_due("每日")
    (result,) = planned.backups.run_due("每日")
    assert (result.folder, result.info) == (places[1], None)
    Path(places[1]).mkdir()
    (result,) = planned.backups.run_due("每日")
    assert result.info is not None


def test_a_backup_by_hand_today_is_enough(planned: Office, places: list[str]) -> None:
    planned.backups.create(places[0])
    assert [each.folder for each in planned.backups.run_due("每日")] == [places[1]]


def test_what_was_pulled_after_its_backup_is_not_asked_for_again(planned: Office, places: list[str]) -> None:
    planned.backups.run_due("每日")
    for file in Path(places[1]).iterdir():
        file.unlink()
    Path(places[1]).rmdir()
    assert planned.backups.run_due("每日") == []


def test_on_leaving_only_when_something_changed(planned: Office, enter: Callable[..., Office]) -> None:
    assert planned.backups.run_due("退出") == []
    planned.backups.set_plan(replace(planned.backups.plan(), on_exit=True))
    assert len(planned.backups.run_due("退出")) == 2
    assert planned.backups.run_due("退出") == []
    enter("admin")
    assert planned.backups.run_due("退出") == []
    planned.customers.create({"name": "宏达"})
    assert len(planned.backups.run_due("退出")) == 2
    assert occasions(planned) == ["退出"] * 4


def test_nothing_is_due_without_the_plan(planned: Office) -> None:
    planned.backups.set_plan(replace(planned.backups.plan(), daily=False))
    assert planned.backups.run_due("每日") == []
    assert planned.backups.run_due("手动") == []


def test_whoever_is_signed_in_makes_what_is_due(planned: Office, hire: Callable[..., Office]) -> None:
    zhao = hire("zhao", "只读")
    assert len(zhao.backups.run_due("每日")) == 2
    assert zhao.backups.state().days_since == 0
    for refused in (zhao.backups.create_all, zhao.backups.plan, zhao.backups.made):
        with pytest.raises(PermissionDenied):
            refused()


# How things stand


def test_the_reminder(office: Office, tmp_path: Path, clock: FixedClock) -> None:
    assert office.backups.state().is_overdue is False  # nothing to lose yet
    office.customers.create({"name": "宏达"})
    state = office.backups.state()
    assert (state.last_at, state.days_since, state.is_overdue) == ("", None, True)
    office.backups.create(tmp_path)
    for days, is_overdue in ((0, False), (7, False), (8, True)):
        clock.moment = FixedClock.at("2026-11-22").moment + timedelta(days=days)
        state = office.backups.state()
        assert (state.days_since, state.is_overdue) == (days, is_overdue)
    clock.moment = FixedClock.at("2026-11-01").moment  # set back: what lies ahead is trusted no longer than an old one
    assert office.backups.state().is_overdue is True


def test_a_copy_beside_the_office_is_no_reason_to_be_calm(office: Office) -> None:
    office.customers.create({"name": "宏达"})
    assert secure_before(office.context, "清理前") is not None
    assert office.backups.state().is_overdue


def test_what_was_made_is_listed(planned: Office, places: list[str]) -> None:
    planned.backups.create(places[0])
    planned.backups.create(places[1], password=PASSWORD).path.unlink()
    second, first = planned.backups.made()
    assert [(row["folder"], row["occasion"], row["is_encrypted"], row["exists"]) for row in (first, second)] == [
        (places[0], "手动", False, True), (places[1], "手动", True, False),
    ]  # fmt: skip
    assert first["at_text"].startswith("2026-11-22")
    assert (first["size"], first["removed_at"]) == (Path(first["path"]).stat().st_size, None)
    assert len(planned.backups.made(limit=1)) == 1


# Before something risky


def test_a_cleanup_has_one_of_its_own_each_time(office: Office) -> None:
    first, second = (secure_before(office.context, "清理前") for _ in range(2))
    assert first != second
    assert first is not None and "清理前" in first.name


def test_the_next_place_is_tried_when_one_fails(planned: Office, places: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    write = making.write_backup

    def full(live: Path, target: Path, *rest: Any) -> Any:
        if target.parent == Path(places[0]):
            raise BackupError("目标磁盘空间已满。")
        return write(live, target, *rest)

    monkeypatch.setattr(making, "write_backup", full)
    path = secure_before(planned.context, "清理前")
    assert path is not None and str(path.parent) == places[1]


def test_without_a_folder_to_put_it_into(office: Office) -> None:
    (office.db.path.parent / "备份").write_text("", encoding="utf-8")
    with pytest.raises(BackupError, match="“备份”文件夹建立不了"):
        secure_before(office.context, "清理前")


# Encrypted


def test_scheduled_ones_are_encrypted_with_what_the_keyring_has(planned: Office, places: list[str]) -> None:
    planned.backups.set_plan(replace(planned.backups.plan(), is_encrypted=True))
    assert not planned.backups.has_password()
    assert all("没有保存备份密码" in each.problem for each in planned.backups.run_due("每日"))
    assert planned.backups.set_password(PASSWORD) is False  # the tests have no keyring
    assert planned.backups.has_password()
    results = planned.backups.run_due("每日")
    assert [each.info is not None and each.info.is_encrypted for each in results] == [True, True]
    assert names(places[0], "*.db") == []
    assert planned.backups.inspect(results[0].info.path, PASSWORD).company == "长春宏达"  # type: ignore[union-attr]
    planned.backups.set_password("")
    assert not planned.backups.has_password()


def test_a_weak_password_is_refused(office: Office, tmp_path: Path) -> None:
    for work in (lambda: office.backups.set_password("123456"), lambda: office.backups.create(tmp_path, password="1")):
        with pytest.raises(ValidationError):
            work()
    assert not list(tmp_path.glob("*.crmbak*"))


def test_without_a_password_a_step_is_still_secured_beside_the_office(planned: Office) -> None:
    planned.backups.set_plan(replace(planned.backups.plan(), is_encrypted=True))
    path = secure_before(planned.context, "清理前")
    assert path is not None and path.parent == planned.db.path.parent / "备份"


def test_the_password_stands_nowhere(planned: Office, places: list[str], tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    planned.backups.set_plan(replace(planned.backups.plan(), is_encrypted=True))
    planned.backups.set_password(PASSWORD)
    planned.backups.create_all()
    back_up(planned.context, places[0], password=PASSWORD)
    planned.db.close_all()
    for file in (path for path in tmp_path.rglob("*") if path.is_file()):
        assert PASSWORD.encode() not in file.read_bytes(), file
    assert PASSWORD not in caplog.text
