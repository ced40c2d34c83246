"""An import is preceded by a backup, unless nothing has changed since the last one or the plan wants none."""

from pathlib import Path

import pytest

from crm_desktop.controllers.backups import BackupPlan, making
from crm_desktop.errors import BackupError

HEADING = ["公司名称"]


def occasions(office):
    return [row["occasion"] for row in office.backups.made()]


def test_the_backup_holds_the_office_as_it_was_before(bring_in, office, tmp_path):
    office.customers.create({"name": "原来的"})
    bring_in(HEADING, ["新的"])
    (made,) = office.backups.made()
    assert (made["occasion"], made["exists"], Path(made["folder"])) == ("导入前", True, office.db.path.parent / "备份")
    assert office.backups.inspect(made["path"]).counts["customers"] == 1
    assert office.customers.search().total == 2


def test_it_goes_to_the_first_place_that_can_be_reached(bring_in, office, tmp_path):
    (tmp_path / "U盘").mkdir()
    office.backups.set_plan(BackupPlan(targets=(str(tmp_path / "没插"), str(tmp_path / "U盘"))))
    bring_in(HEADING, ["新的"])
    assert Path(office.backups.made()[0]["folder"]) == tmp_path / "U盘"


def test_nothing_changed_since_the_last_backup(bring_in, office, tmp_path):
    office.customers.create({"name": "原来的"})
    office.backups.create(tmp_path)
    bring_in(HEADING, ["甲"])
    assert occasions(office) == ["手动"]
    bring_in(HEADING, ["乙"])
    assert occasions(office) == ["导入前", "手动"]


def test_a_backup_that_is_gone_does_not_count(bring_in, office, tmp_path):
    office.backups.create(tmp_path).path.unlink()
    bring_in(HEADING, ["甲"])
    assert occasions(office) == ["导入前", "手动"]


def test_an_office_that_wants_none(bring_in, office):
    office.backups.set_plan(BackupPlan(before_risky=False))
    bring_in(HEADING, ["甲"])
    assert occasions(office) == []


def test_without_its_backup_nothing_is_imported(bring_in, office, monkeypatch):
    def fail(*arguments, **options):
        raise BackupError("目标磁盘空间已满。")

    monkeypatch.setattr(making, "write_backup", fail)
    with pytest.raises(BackupError, match="空间已满"):
        bring_in(HEADING, ["甲"])
    assert office.customers.search().total == 0


def test_cancelled_meanwhile_it_goes_nowhere_else_and_nothing_is_imported(plan, office, tmp_path):
    places = [tmp_path / "U盘", tmp_path / "网盘"]
    for place in places:
        place.mkdir()
    office.backups.set_plan(BackupPlan(targets=tuple(map(str, places))))
    preview = plan(HEADING, ["新的"])
    with pytest.raises(BackupError, match="取消"):
        office.exchange.run(preview, cancelled=lambda: True)
    assert occasions(office) == [] and office.customers.search().total == 0
    assert [list(place.iterdir()) for place in (*places, office.db.path.parent / "备份") if place.exists()] == [[], []]
