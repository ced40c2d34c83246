"""``python -m installer.pack``: the frozen folder in one file, to be unpacked on a stick, for example."""

import io
import sys
import tarfile
import zipfile
from pathlib import Path

from crm_desktop import __version__
from crm_desktop.paths import PORTABLE
from installer.contents import PROGRAM, ROOT

NOTE = f"{PROGRAM}/{PORTABLE}/说明.txt"
TEXT = (
    f"程序旁边有“{PORTABLE}”这个文件夹时，数据库、备份、设置和日志都放在这里面，拷走整个“{PROGRAM}”文件夹就带走了一切。\r\n"
    "不想这样用时，第一次启动之前把这个文件夹删掉，数据就放在电脑上。\r\n"
)


def pack(program: Path, target: Path, is_windows: bool) -> Path:
    """Write ``program`` (the folder) and an empty folder for the data into a file in ``target``; returns the file.

    A tar file keeps what may be executed; Windows unpacks a zip file by itself.
    """
    files = sorted(path for path in program.rglob("*") if path.is_file())
    names = {path: f"{PROGRAM}/{path.relative_to(program).as_posix()}" for path in files}
    note = TEXT.encode("utf-8-sig")
    made = target / f"crm-desktop-{__version__}-{'windows.zip' if is_windows else 'linux.tar.gz'}"
    if is_windows:
        with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
            archive.writestr(NOTE, note)
            for path, name in names.items():
                archive.write(path, name)
        return made
    with tarfile.open(made, "w:gz", compresslevel=6) as archive:
        head = tarfile.TarInfo(NOTE)
        head.size = len(note)
        archive.addfile(head, io.BytesIO(note))
        for path, name in names.items():
            archive.add(path, name)
    return made


if __name__ == "__main__":
    pack(ROOT / "dist" / PROGRAM, ROOT / "dist", sys.platform == "win32")
