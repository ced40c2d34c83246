"""What a computer remembers of an office's backups, and what it takes for one."""

import shutil

import pytest

from crm_desktop import system
from crm_desktop.app.rescue import MOST_REMEMBERED, Rescuer
from crm_desktop.clock import FixedClock
from crm_desktop.errors import BackupError
from crm_desktop.settings import ComputerSettings
from crm_desktop.views.backups.contents import Chosen


@pytest.fixture
def rescuer(tmp_path):
    return Rescuer(ComputerSettings(tmp_path / "settings.json"), FixedClock.at("2026-11-22"))


def copied(office, place):
    place.parent.mkdir(exist_ok=True)
    shutil.copy(office, place)
    return place


def test_folders_are_remembered_by_database_and_looked_into_when_they_are_there(rescuer, tmp_path):
    path, stick, gone = tmp_path / "客户.db", tmp_path / "U盘", tmp_path / "拔出的U盘"
    stick.mkdir()
    rescuer.remember(path, [gone])
    rescuer.remember(path, [stick])
    rescuer.remember(tmp_path / "别的.db", [tmp_path / "别处"])
    again = Rescuer(ComputerSettings(tmp_path / "settings.json"), FixedClock.at("2026-11-22"))
    assert again._settings["backup_folders"][str(path.resolve())] == [str(stick), str(gone)]
    assert again.folders(path) == [stick, tmp_path]
    assert again.knows(path) and not again.knows(tmp_path / "照片.jpg")


def test_not_more_folders_are_remembered_than_can_be_looked_into(rescuer, tmp_path):
    path = tmp_path / "客户.db"
    for number in range(MOST_REMEMBERED + 5):
        rescuer.remember(path, [tmp_path / str(number)])
    remembered = rescuer._settings["backup_folders"][str(path.resolve())]
    assert len(remembered) == MOST_REMEMBERED and remembered[0].endswith(str(MOST_REMEMBERED + 4))


def test_an_office_beside_it_is_no_backup_of_it(rescuer, office, tmp_path):
    backup = copied(office, tmp_path / "备份" / "宏达_20261122_0900.db")
    sample = copied(office, tmp_path / "示例办公室.db")
    for database in (office, sample):
        with system.InstanceLock(database):
            pass
    assert [info.path for info in rescuer.find(office)] == [backup]


def test_where_nothing_can_be_written_nothing_is_restored(rescuer, office, tmp_path):
    (tmp_path / "文件").touch()
    chosen = Chosen(rescuer.inspect(office, "", None), "")
    with pytest.raises(BackupError, match="不能写入"):
        rescuer.restore(tmp_path / "文件" / "客户.db", chosen)
