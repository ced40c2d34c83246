"""Work runs in threads, answers arrive on the UI thread, saves keep their order."""

import threading
import time

import pytest
import ttkbootstrap as ttk

from crm_desktop.views import background as background_module
from crm_desktop.views.widgets.progress import ProgressWindow


def test_result_arrives_on_the_ui_thread(background, wait_until):
    seen = []
    job = background.run_in_background(
        lambda job: threading.current_thread(),
        lambda thread: seen.append((thread, threading.current_thread())),
    )
    wait_until(lambda: job.is_finished)
    worker, receiver = seen[0]
    assert worker is not threading.main_thread()
    assert receiver is threading.main_thread()


def test_error_goes_to_on_error_or_to_the_application(background, wait_until):
    mine, general = [], []
    background.on_error = general.append

    def fail(job):
        raise ValueError("坏了")

    background.run_in_background(fail, on_error=mine.append)
    background.run_in_background(fail)
    wait_until(lambda: mine and general)
    assert [str(error) for error in mine + general] == ["坏了", "坏了"]


def test_cancel_reaches_the_work_and_only_on_cancelled_is_called(background, wait_until):
    calls = []

    def work(job):
        while not job.is_cancelled():
            pass
        raise RuntimeError("stopped")

    job = background.run_in_background(work, calls.append, calls.append, on_cancelled=lambda: calls.append("取消"))
    job.cancel()
    wait_until(lambda: job.is_finished)
    assert calls == ["取消"]


def test_cancelled_too_late_is_reported_as_done(background, wait_until):
    calls = []
    gate = threading.Event()
    job = background.run_in_background(lambda job: gate.wait(5), calls.append)
    job.cancel()
    gate.set()
    wait_until(lambda: job.is_finished)
    assert calls == [True]


def test_a_forgotten_job_says_nothing(background, wait_until):
    calls = []
    gate = threading.Event()
    job = background.run_in_background(lambda job: gate.wait(5), calls.append)
    job.forget()
    gate.set()
    wait_until(lambda: job.is_finished)
    assert calls == []


def test_nothing_is_delivered_to_a_window_that_is_gone(root, background, wait_until):
    calls = []
    gate = threading.Event()
    owner = ttk.Frame(root)
    job = background.run_in_background(lambda job: gate.wait(5), calls.append, owner=owner)
    owner.destroy()
    gate.set()
    wait_until(lambda: job.is_finished)
    assert calls == []


def test_saves_run_one_after_the_other_in_order(background, wait_until):
    order, gate = [], threading.Event()

    def slow(job):
        gate.wait(5)
        order.append("导入")

    background.run_in_background(slow, is_saving=True)
    background.run_in_background(lambda job: order.append("保存"), is_saving=True)
    read = background.run_in_background(lambda job: order.append("读取"))
    wait_until(lambda: read.is_finished)
    assert order == ["读取"] and background.is_saving
    gate.set()
    wait_until(lambda: not background.is_saving)
    assert order == ["读取", "导入", "保存"]


def test_one_failing_delivery_does_not_keep_back_the_next(root, background, monkeypatch, wait_until):
    failures, delivered = [], []
    monkeypatch.setattr(root, "report_callback_exception", lambda kind, error, trace: failures.append(error))

    def fail():
        raise KeyError("x")

    background.ui.put(fail)
    background.ui.put(lambda: delivered.append(1))
    wait_until(lambda: delivered)
    assert len(failures) == 1


def test_an_answer_that_waits_for_a_window_lets_the_others_through(root, background, wait_until):
    delivered = []

    def wait_for_the_next():
        wait_until(lambda: delivered)

    background.ui.put(wait_for_the_next)
    background.ui.put(lambda: delivered.append("next"))
    wait_until(lambda: delivered == ["next"])


def test_progress_window_appears_for_long_work_and_cancels_it(root, background, monkeypatch, wait_until):
    monkeypatch.setattr(background_module, "PROGRESS_AFTER_MILLISECONDS", 1)
    cancelled = []

    def work(job):
        job.report(3, 10, "正在写入客户")
        while not job.is_cancelled():
            pass
        raise RuntimeError

    background.run_in_background(work, owner=root, title="正在导入…", on_cancelled=lambda: cancelled.append(1))
    wait_until(lambda: _progress(root) is not None)
    window = _progress(root)
    wait_until(lambda: "正在写入客户（3 / 10）" in window._text.get())
    window.button.invoke()
    wait_until(lambda: cancelled and _progress(root) is None)


def test_the_focus_that_an_answer_takes_is_not_taken_back(root, background, focus, monkeypatch, wait_until):
    monkeypatch.setattr(background_module, "PROGRESS_AFTER_MILLISECONDS", 1)
    asked, answer, over, gate = ttk.Entry(root), ttk.Entry(root), [], threading.Event()
    for entry in (asked, answer):
        entry.pack()
    focus(asked)
    background.run_in_background(
        lambda job: gate.wait(5), lambda done: answer.focus_force(), owner=root, title="正在生成…"
    )
    wait_until(lambda: _progress(root) is not None)
    gate.set()
    wait_until(lambda: _progress(root) is None)
    root.after(150, lambda: over.append(1))
    wait_until(lambda: over)
    assert root.focus_get() is answer


def test_short_work_shows_no_progress_window(root, background, monkeypatch, wait_until):
    monkeypatch.setattr(background_module, "PROGRESS_AFTER_MILLISECONDS", 30)
    shown = []
    monkeypatch.setattr(background_module, "ProgressWindow", lambda *a, **k: shown.append(a))
    over = []
    background.run_in_background(lambda job: None, owner=root, title="正在保存…")
    root.after(60, lambda: over.append(1))
    wait_until(lambda: over)
    assert shown == []


def test_a_save_that_waits_says_for_what(background):
    gate = threading.Event()
    background.run_in_background(lambda job: gate.wait(5), title="导入客户", is_saving=True)
    second = background.run_in_background(lambda job: None, is_saving=True)
    assert background._waiting_for(second) == "导入客户"
    gate.set()


def _progress(root):
    return next((w for w in root.winfo_children() if isinstance(w, ProgressWindow)), None)


def test_frequent_reports_reach_the_window_as_the_latest(background, wait_until):
    seen, count = [], 500

    def work(job):
        for number in range(1, count + 1):
            job.report(number, count)

    job = background.run_in_background(work, on_progress=lambda done, total, text: seen.append(done))
    wait_until(lambda: job.is_finished)
    assert len(seen) < count


def test_reading_is_broken_off_and_waited_for(background):
    """A database closed under a thread that reads it takes the whole program down."""
    began, ended, told = threading.Barrier(background_module.READERS + 1), [], []

    def read(job):
        began.wait(5)
        while not job.is_cancelled():
            time.sleep(0.001)
        time.sleep(0.05)
        ended.append(1)

    for _ in range(background_module.READERS):
        background.run_in_background(read, told.append)
    background.run_in_background(lambda job: ended.append("late"), told.append)  # waits for its turn
    began.wait(5)
    background.break_off_reading()
    assert ended == [1] * background_module.READERS
    background.ui.drain()
    assert told == []


def test_closing_waits_for_what_is_read_and_written(background):
    began, ended = threading.Barrier(3), []

    def work(what, seconds):
        began.wait(5)
        time.sleep(seconds)
        ended.append(what)

    background.run_in_background(lambda job: work("read", 0.2))
    background.run_in_background(lambda job: work("written", 0.05), is_saving=True)
    began.wait(5)
    background.close()
    assert sorted(ended) == ["read", "written"]


def test_no_progress_window_opens_after_the_end(root, background, wait_until):
    """What was still running when the program closed never reports that it is done."""
    may_end = threading.Event()
    background.run_in_background(lambda job: may_end.wait(5), title="正在保存…", is_saving=True)
    threading.Timer(0.1, may_end.set).start()
    background.close()
    passed = []
    root.after(background_module.PROGRESS_AFTER_MILLISECONDS + 100, lambda: passed.append(1))
    wait_until(lambda: passed)
    assert not [child for child in root.winfo_children() if isinstance(child, ProgressWindow)]


def test_it_ends_with_the_root_and_hears_of_no_other_widget(root):
    """A handler of the root's own end would run for each widget that goes, and those of a long day add up."""
    bound, children = root.bind("<Destroy>"), root.winfo_children()
    runner = background_module.Background(root)
    assert root.bind("<Destroy>") == bound
    (mine,) = set(root.winfo_children()) - set(children)
    mine.destroy()  # as the root does with all its children when it goes
    with pytest.raises(RuntimeError):
        runner.run_in_background(lambda job: "")


def test_closing_leaves_nothing_in_the_root(root):
    children = root.winfo_children()
    background_module.Background(root).close()
    assert root.winfo_children() == children


def test_a_key_is_heard_between_many_answers(root, background, wait_until):
    heard = []

    def answer(number):
        time.sleep(background_module.TURN_SECONDS / 3)
        heard.append(number)

    for number in range(12):
        background.ui.put(lambda number=number: answer(number))
    root.after(background_module.POLL_MILLISECONDS * 2, lambda: heard.append("key"))
    wait_until(lambda: len(heard) > 12)
    assert heard.index("key") < 12
    assert [each for each in heard if each != "key"] == [*range(12)]


def test_what_was_for_a_closed_screen_does_not_reach_one_of_the_same_name(root, background, wait_until):
    """Its table would paint its rows into the new one."""
    may_answer, answered = threading.Event(), []
    closed = ttk.Frame(root, name="customers")
    job = background.run_in_background(lambda job: may_answer.wait(10), answered.append, owner=closed)
    closed.destroy()
    opened = ttk.Frame(root, name="customers")
    may_answer.set()
    wait_until(lambda: job.is_finished)
    assert answered == []
    job = background.run_in_background(lambda job: "theirs", answered.append, owner=opened)
    wait_until(lambda: job.is_finished)
    assert answered == ["theirs"]
    opened.destroy()
