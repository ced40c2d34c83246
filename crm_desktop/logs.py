"""The program's own log, which an office can send: what failed and where, and nothing that anybody typed."""

import logging
import re
from collections.abc import Iterator
from logging.handlers import RotatingFileHandler
from pathlib import Path
from traceback import extract_tb

FILE = "crm.log"
LARGEST, KEPT_FILES = 1_000_000, 3  # bytes
ABOUT_CODE = (AttributeError, NameError, ImportError, TypeError, RecursionError, MemoryError)
"""The interpreter's own sentences about names in the program; all others may carry what was typed."""
WORDS = re.compile(r"[^\x20-\x7e]+|\d{5,}")
QUOTED = re.compile(r"'[^']*'|\"[^\"]*\"")
LINE = "%(asctime)s %(levelname)s %(name)s"


class PlaceFormatter(logging.Formatter):
    """Time, level, logger and the sentence as it stands in the source, without what was put into it; then, for an
    exception, each of its causes: its type, and file, line and function of every step."""

    def __init__(self) -> None:
        super().__init__(LINE)

    def format(self, record: logging.LogRecord) -> str:
        sentence = record.msg if isinstance(record.msg, str) else type(record.msg).__name__
        record.asctime = self.formatTime(record)
        line = f"{self.formatMessage(record)} {without_words(QUOTED.sub('...', sentence))}"
        error = record.exc_info[1] if record.exc_info else None
        return "\n".join((line, *lines_of(error))) if error is not None else line


def start_logging(folder: Path) -> None:
    """Warnings and errors go to ``crm.log`` in this folder, and the older ones beside it."""
    handler = RotatingFileHandler(folder / FILE, maxBytes=LARGEST, backupCount=KEPT_FILES, encoding="utf-8")
    handler.setFormatter(PlaceFormatter())
    logging.getLogger().addHandler(handler)
    logging.getLogger().setLevel(logging.WARNING)


def lines_of(error: BaseException) -> Iterator[str]:
    """An exception with what it came from, first cause first."""
    for each in reversed(list(causes(error))):
        for step in extract_tb(each.__traceback__):
            yield f"  {place(step.filename)}:{step.lineno} {step.name}"
        yield f"{type(each).__module__}.{type(each).__qualname__}{known(each)}"


def causes(error: BaseException) -> Iterator[BaseException]:
    """The exception, the one it was raised from or during, and so on."""
    seen = set[int]()
    following: BaseException | None = error
    while following is not None and id(following) not in seen:
        seen.add(id(following))
        yield following
        following = following.__cause__ or following.__context__


def known(error: BaseException) -> str:
    """What can be told of it besides its type: a code of SQLite or of the system, or a sentence about the program."""
    code = getattr(error, "sqlite_errorname", "")
    if code:
        return f" {code}"
    if isinstance(error, OSError) and error.errno is not None:
        return f" errno {error.errno}"
    return f" {without_words(str(error))}" if isinstance(error, ABOUT_CODE) else ""


def place(file: str) -> str:
    """The file by its last folders: those above may be called after a person."""
    return "/".join(Path(file).parts[-3:])


def without_words(sentence: str) -> str:
    """Without anything that is not plain ASCII, and without numbers as long as a telephone's."""
    return WORDS.sub("...", sentence)
