"""The program's own log and what 复制错误信息 copies: where it failed, and none of what the office knows."""

import logging
import sqlite3

import pytest

from crm_desktop import logs
from crm_desktop.db.connection import run_all
from crm_desktop.errors import ValidationError
from crm_desktop.views import dialogs
from crm_desktop.views.dialogs import Dialogs

NAME, NUMBER, LATIN = "长春宏达机械", "13912345678", "Hongda"
SECRETS = (NAME, "宏达", NUMBER, LATIN, "秘密")


@pytest.fixture
def log(tmp_path, error_log):
    """A function that reads the file as it is now."""
    before = list(logging.getLogger().handlers)
    logs.start_logging(tmp_path)
    yield lambda: (tmp_path / logs.FILE).read_text("utf-8")
    for handler in logging.getLogger().handlers[:]:
        if handler not in before:
            logging.getLogger().removeHandler(handler)
            handler.close()
    error_log.clear()


@pytest.fixture
def boxes(root, monkeypatch):
    """Boxes that nobody has to answer; ``copied`` gets what 复制错误信息 would."""
    made, copied = Dialogs(root), []
    monkeypatch.setattr(dialogs, "_copy", lambda widget, text: copied.append(text))
    monkeypatch.setattr(dialogs._Box, "add_tool", lambda box, label, act: act())
    monkeypatch.setattr(dialogs._Box, "ask", lambda box: box.destroy())
    made.copied = copied
    return made


def look_up_customer(name):
    try:
        return {}[name]
    except KeyError:
        raise ValueError(f"{name} {NUMBER} {LATIN}") from ValidationError({"name": f"“{name}”已存在"})


def holds_no_secret(text):
    return [secret for secret in SECRETS if secret in text] == []


def test_an_error_in_a_worker(background, boxes, log, wait_until):
    background.on_error = boxes.show_error
    background.run_in_background(lambda job: look_up_customer(NAME))
    wait_until(lambda: boxes.copied)
    for text in (log(), boxes.copied[0]):
        assert holds_no_secret(text)
        assert "views/test_program_log.py:" in text and " look_up_customer\n" in text
        assert "builtins.ValueError" in text and "crm_desktop.errors.ValidationError" in text
    assert "ERROR crm_desktop.views.dialogs unexpected\n" in log()


def test_an_error_in_a_handler_of_the_window(root, boxes, log, monkeypatch, wait_until):
    monkeypatch.setattr(root, "report_callback_exception", lambda kind, error, trace: boxes.show_error(error))
    root.after(1, lambda: root.tk.call("expr", f'"{LATIN}{NAME}" + 1'))
    wait_until(lambda: boxes.copied)
    assert holds_no_secret(log()) and "_tkinter.TclError\n" in log()


def test_an_error_after_a_commit(log):
    run_all([lambda: look_up_customer(NAME)])
    assert holds_no_secret(log())
    assert "ERROR crm_desktop.db.connection an action after the commit failed\n" in log()
    assert " look_up_customer\n" in log()


def test_an_error_of_the_database(desk, boxes, log):
    sql = "INSERT INTO customers (name, code, mobile, created_at, updated_at) VALUES (?, ?, ?, ?, NULL)"
    with pytest.raises(sqlite3.IntegrityError) as raised:
        desk.office.db.execute(sql, (NAME, LATIN, NUMBER, "秘密"))
    boxes.show_error(raised.value)
    assert holds_no_secret(log()) and "sqlite3.IntegrityError SQLITE_CONSTRAINT" in log()


def test_a_file_that_is_not_there_is_not_named(boxes, log, tmp_path):
    with pytest.raises(FileNotFoundError) as raised:
        (tmp_path / f"{NAME}.xlsx").read_bytes()
    boxes.show_error(raised.value)
    assert holds_no_secret(log()) and "builtins.FileNotFoundError errno 2" in log()


def test_what_the_interpreter_says_of_the_program_stays(boxes, log):
    with pytest.raises(AttributeError) as raised:
        None.customers  # noqa: B018
    boxes.show_error(raised.value)
    assert "builtins.AttributeError 'NoneType' object has no attribute 'customers'" in log()


@pytest.mark.parametrize("sentence", ["%s has no address", "no address for 'Hongda'", "no address: 宏达 13912345678"])
def test_a_warning_is_told_without_what_it_is_about(log, sentence):
    logging.getLogger("elsewhere").warning(sentence, *([LATIN] if "%s" in sentence else []))
    assert holds_no_secret(log()) and "WARNING elsewhere" in log() and "no address" in log()


def test_an_error_that_was_raised_from_itself_ends(boxes, log):
    error = ValueError()
    error.__context__ = KeyError()
    error.__context__.__context__ = error
    boxes.show_error(error)
    assert log().count("builtins.") == 2
