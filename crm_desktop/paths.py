"""Where the program's own files and the user's files live, on any system and in any kind of installation."""

import sys
from functools import cache
from importlib import metadata
from pathlib import Path

APP_NAME = "crm-desktop"


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
    """This operating-system user's folder for settings and logs; made when missing."""
    from platformdirs import user_data_path  # only when first needed: start-up stays light

    folder = user_data_path("CrmDesktop", appauthor=False)
    folder.mkdir(parents=True, exist_ok=True)
    return folder
