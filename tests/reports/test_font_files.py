"""The shipped fonts are the unmodified originals that FONTS.md names."""

import hashlib
import re
from pathlib import Path

import pytest

FOLDER = Path(__file__).parents[2] / "assets" / "fonts"
ROWS = re.findall(
    r"^\| `([\w-]+\.ttf)` .*?`(OFL-\w+\.txt)` \| `([0-9a-f]{64})` \|$",
    (FOLDER / "FONTS.md").read_text(encoding="utf-8"),
    re.MULTILINE,
)


def test_every_font_file_has_its_row() -> None:
    assert {name for name, _, _ in ROWS} == {file.name for file in FOLDER.glob("*.ttf")}


@pytest.mark.parametrize(("name", "licence", "digest"), ROWS)
def test_file_is_unmodified_and_licensed(name: str, licence: str, digest: str) -> None:
    assert hashlib.sha256((FOLDER / name).read_bytes()).hexdigest() == digest
    assert "SIL OPEN FONT LICENSE Version 1.1" in (FOLDER / licence).read_text(encoding="utf-8")
