"""Where the program's own files and the user's files live, on any system and in any kind of installation."""

import os
import sys
from functools import cache
from importlib import metadata
from pathlib import Path

APP_NAME = "crm-desktop"
PORTABLE = "数据"
"""A folder of this name beside the frozen program keeps everything that is written, so that both travel together."""
BACKUPS = "备份"
"""Where backups are proposed to go then, inside it."""
PROGRAM_MARK, DRIVE_MARK = "<程序>", "<本盘>"
"""What stands for the program's folder, and for the stick it lies on, in a path that is kept."""


@cache
def program_root() -> Path:
    """The folder holding ``schema.sql`` and ``assets/``: frozen build, checkout, or installed wheel."""
    frozen = getattr(sys, "_MEIPASS", None)
    candidates = [Path(frozen)] if frozen else []
    candidates.append(Path(__file__).resolve().parent.parent)
    for folder in candidates:
        if (folder / "schema.sql").is_file():
            return folder
    for file in metadata.files(APP_NAME) or []:
        if file.name == "schema.sql":
            return Path(str(file.locate())).resolve().parent
    raise FileNotFoundError("schema.sql")


def schema_file() -> Path:
    return program_root() / "schema.sql"


def asset(*parts: str) -> Path:
    """A shipped file, e.g. ``asset("fonts", "NotoSansSC-Regular.ttf")``."""
    return program_root().joinpath("assets", *parts)


def manual_folder() -> Path:
    """The pages of the manual, one file a page."""
    return program_root() / "docs" / "manual"


def picture_folder() -> Path:
    """The photographs of the screens that the manual shows."""
    return program_root() / "docs" / "pictures"


def user_data_folder() -> Path:
    """Where settings and logs are kept: beside a portable program, else with this operating-system user's; made when
    missing."""
    beside = portable_folder()
    if beside is not None:
        (beside / BACKUPS).mkdir(exist_ok=True)
        return beside
    from platformdirs import user_data_path  # only when first needed: start-up stays light

    folder = user_data_path("CrmDesktop", appauthor=False)
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def portable_folder() -> Path | None:
    """The folder for everything that is written when the program is portable: frozen, and ``数据`` lies beside it."""
    if not getattr(sys, "frozen", False):
        return None
    folder = _program_folder() / PORTABLE
    return folder if folder.is_dir() else None


def to_keep(text: str) -> str:
    """A path as a portable program keeps it, whatever letter the stick will have; any other text as it is."""
    if portable_folder() is None or not Path(text).is_absolute():
        return text
    for mark, folder in _travelling():
        if Path(text).is_relative_to(folder):
            return "/".join([mark, *Path(text).relative_to(folder).parts])
    return text


def from_kept(text: str) -> str:
    """The path that was kept by ``to_keep``, where it is now; as it is in a program that is not portable."""
    if not is_kept(text) or portable_folder() is None:
        return text
    first, *others = text.split("/")
    return next((str(folder.joinpath(*others)) for mark, folder in _travelling() if mark == first), text)


def is_kept(text: str) -> bool:
    """Whether this is a path that ``to_keep`` made fit for travelling."""
    return text.split("/", 1)[0] in (PROGRAM_MARK, DRIVE_MARK)


def _program_folder() -> Path:
    return Path(sys.executable).resolve().parent


def _travelling() -> list[tuple[str, Path]]:
    """What moves with a portable program, the innermost first: its folder; its drive if not the system's."""
    folder = _program_folder()
    drive = next(place for place in folder.parents if os.path.ismount(place))  # Path.is_mount: Windows since 3.12
    of_system = Path(os.environ.get("SYSTEMDRIVE", "") + os.sep)
    return [(PROGRAM_MARK, folder), *([(DRIVE_MARK, drive)] if drive != of_system else [])]
