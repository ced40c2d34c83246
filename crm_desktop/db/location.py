"""Where an office's file may lie: what is refused and why, and what is allowed with a word of warning."""

import os
import tempfile
from pathlib import Path

from crm_desktop import system
from crm_desktop.db.connection import beside

NETWORK = "数据库不能放在网络驱动器上（多人同时写会损坏文件），请放在本机磁盘。"
MEDIUM = "这个位置是只读的（光盘，或写保护的U盘），不能保存数据，请换到本机磁盘。"
FILE = "数据库文件是只读的，不能保存。请检查文件和文件夹的写权限。"
FOLDER = "这个文件夹是只读的，数据库放在里面不能保存，请换一个文件夹，或检查写权限。"
OF_ANOTHER = "数据库旁边的“{}”是另一个系统账号留下的，当前账号不能写。请用那个账号打开一次，或检查文件夹的写权限。"
SYNCHRONISED = "这个文件夹由{}同步。同步会在使用中改动数据库，可能损坏它，请放到不同步的文件夹，只把备份放在这里。"
REMOVABLE = "数据库在U盘或移动硬盘上。请先退出程序再拔出，并常备一份到本机磁盘。"


def refusal(path: Path) -> str:
    """Why an office's file, which need not exist yet, cannot lie here; nothing when it can."""
    if system.is_network_path(path):
        return NETWORK
    if system.is_read_only_medium(path):
        return MEDIUM
    if path.is_file() and not is_writable(path):
        return FILE
    if not takes_files(system.nearest_folder(path)):
        return FOLDER
    left = (beside(path, ending) for ending in ("-wal", "-shm"))
    closed = next((file for file in left if file.exists() and not is_writable(file)), None)
    return OF_ANOTHER.format(closed.name) if closed else ""


def warnings(path: Path) -> list[str]:
    """What whoever keeps an office's file here should know."""
    service = system.synchronised_by(path)
    synchronised = [SYNCHRONISED.format(service)] if service else []
    return synchronised + ([REMOVABLE] if system.is_removable(path) else [])


def is_writable(path: Path) -> bool:
    """Asked without opening: closing a file anywhere in the process would give up SQLite's locks on it."""
    return os.access(path, os.W_OK, effective_ids=os.access in os.supports_effective_ids)


def takes_files(folder: Path) -> bool:
    """Tried as well as asked: Windows tells of its access lists only when something is written."""
    if not is_writable(folder):
        return False
    try:
        with tempfile.TemporaryFile(dir=folder):
            return True
    except OSError:
        return False
