"""Work outside the UI thread: workers never call Tk, they put into one queue that a poll empties."""

import queue
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from tkinter import Frame, Misc, TclError
from typing import Any

from crm_desktop.views.garbage import UiGarbage
from crm_desktop.views.widgets.progress import ProgressWindow

POLL_MILLISECONDS = 15
TURN_SECONDS = 0.03
"""After which what is still waiting is delivered at the next poll: in between a key can be heard."""
PROGRESS_AFTER_MILLISECONDS = 500
READERS = 3
SWITCH_SECONDS = 0.0005
"""How soon a worker that computes gives way to the window. Tk gives the interpreter up at every call, and a window
that asked for it back two hundred times would wait a second at Python's own 5 ms."""


class UiQueue:
    """Runs functions on the UI thread; ``put`` may be called from any (``bus.dispatch = ui.put``)."""

    def __init__(self, root: Misc) -> None:
        self._root = root
        self._waiting: queue.SimpleQueue[Callable[[], Any]] = queue.SimpleQueue()
        self._poll: str | None = None

    def put(self, deliver: Callable[[], Any]) -> None:
        self._waiting.put(deliver)

    def start(self) -> None:
        if self._poll is None:
            self._poll = self._root.after(POLL_MILLISECONDS, self._drain_and_poll)

    def stop(self) -> None:
        if self._poll is not None:
            self._root.after_cancel(self._poll)
            self._poll = None

    def drain(self) -> None:
        """Deliver what is waiting now; after one that fails the others follow at the next poll, and so they do after
        a while.

        One that opens a window and waits for it lets the poll deliver the others meanwhile.
        """
        until = time.monotonic() + TURN_SECONDS
        for _ in range(self._waiting.qsize()):
            try:
                deliver = self._waiting.get_nowait()
            except queue.Empty:
                return
            deliver()
            if time.monotonic() > until:
                return

    def _drain_and_poll(self) -> None:
        self._poll = self._root.after(POLL_MILLISECONDS, self._drain_and_poll)
        self.drain()


class Job:
    """One piece of work: the worker reads ``is_cancelled`` and calls ``report``."""

    def __init__(self, title: str, deliver: Callable[[Callable[[], Any]], None]) -> None:
        self.title = title
        self.is_finished = False
        self.progress: tuple[int, int, str] = (0, 0, "")
        self.on_progress: Callable[[int, int, str], Any] | None = None
        self.window: ProgressWindow | None = None
        self._deliver = deliver
        self._cancelled = threading.Event()
        self._is_forgotten = False
        self._is_reported = True

    def cancel(self) -> None:
        """Ask the work to stop; what it has already committed stays and is reported as done."""
        self._cancelled.set()

    def forget(self) -> None:
        """Cancel, and call none of the callbacks any more: for answers that came too late."""
        self._is_forgotten = True
        self.cancel()

    def is_cancelled(self) -> bool:
        return self._cancelled.is_set()

    def pause(self, seconds: float) -> bool:
        """Called by the worker: wait; False, at once, when the work is cancelled."""
        return not self._cancelled.wait(seconds)

    @property
    def is_forgotten(self) -> bool:
        return self._is_forgotten

    def report(self, done: int = 0, total: int = 0, text: str = "") -> None:
        """Called by the worker as often as it likes; the window sees the latest."""
        self.progress = (done, total, text)
        if self._is_reported:
            self._is_reported = False
            self._deliver(self._show_progress)

    def _show_progress(self) -> None:
        self._is_reported = True
        if self.on_progress and not self.is_finished and not self._is_forgotten:
            self.on_progress(*self.progress)


Work = Callable[[Job], Any]


class Background:
    """Runs work for the window: readers side by side, writers (``is_saving``) in order."""

    def __init__(self, root: Misc) -> None:
        self._root = root
        self.ui = UiQueue(root)
        self.on_error: Callable[[BaseException], Any] | None = None
        """Shows an error for which the caller gave no ``on_error``; set by the application."""
        self._readers = ThreadPoolExecutor(READERS, thread_name_prefix="reader")
        self._writer = ThreadPoolExecutor(1, thread_name_prefix="writer")
        self._saving: list[Job] = []
        self._reading: dict[Job, Future[None]] = {}
        self._is_closed = False
        self._switch_seconds = sys.getswitchinterval()
        sys.setswitchinterval(SWITCH_SECONDS)
        self._garbage = UiGarbage(root)
        self.ui.start()
        self._garbage.start()
        self._goes_with_root = Frame(root)
        """Never shown. The root's own <Destroy> would be called for each widget in it, at every one that goes."""
        self._goes_with_root.bind("<Destroy>", lambda event: self.close())

    def run_in_background(
        self,
        work: Work,
        on_done: Callable[[Any], Any] | None = None,
        on_error: Callable[[BaseException], Any] | None = None,
        on_progress: Callable[[int, int, str], Any] | None = None,
        *,
        owner: Misc | None = None,
        title: str = "",
        is_saving: bool = False,
        on_cancelled: Callable[[], Any] | None = None,
    ) -> Job:
        """Run ``work(job)`` in a worker thread, then ``on_done(result)`` or ``on_error(error)`` on the UI
        thread.

        With ``title`` ("正在导入…") a window with progress and 取消 appears over ``owner`` when it takes over
        half a
        second. Callbacks are dropped when ``owner`` no longer exists. ``on_cancelled`` runs when the work
        stopped by raising after ``cancel``.
        """
        job = Job(title, self.ui.put)
        job.on_progress = on_progress
        if is_saving:
            self._saving.append(job)
        if title:
            self._root.after(PROGRESS_AFTER_MILLISECONDS, lambda: self._show_progress(job, owner))

        def settle(result: Any, error: BaseException | None) -> None:
            job.is_finished = True
            self._reading.pop(job, None)
            if job in self._saving:
                self._saving.remove(job)
            if job.window is not None and _exists(job.window):
                job.window.close()  # first: it gives the focus back, which a callback may want elsewhere
            if job.is_forgotten or (owner is not None and not _exists(owner)):
                return
            self._finish(job, result, error, on_done, on_error, on_cancelled)

        def run() -> None:
            try:
                result, error = work(job), None
            except BaseException as raised:  # every error must reach the window, or a wait would never end
                result, error = None, raised
            self.ui.put(lambda: settle(result, error))

        if is_saving:
            self._writer.submit(run)
        else:
            self._reading[job] = self._readers.submit(run)
        return job

    @property
    def is_saving(self) -> bool:
        """Whether something is still being written: the window must not close yet."""
        return bool(self._saving)

    def close(self) -> None:
        """Stop polling and take no more work; what is being written is finished first."""
        if self._is_closed:
            return
        self._is_closed = True
        self.ui.stop()
        self.break_off_reading()
        self._readers.shutdown()
        self._writer.shutdown()
        self._garbage.stop()
        sys.setswitchinterval(self._switch_seconds)
        self._goes_with_root.destroy()

    def break_off_reading(self) -> None:
        """Nothing reads any more when this returns: before a database is closed, or the program goes down with it."""
        reading, self._reading = self._reading, {}
        for job, future in reading.items():
            job.forget()
            future.cancel()
        wait(reading.values())

    def _finish(
        self,
        job: Job,
        result: Any,
        error: BaseException | None,
        on_done: Callable[[Any], Any] | None,
        on_error: Callable[[BaseException], Any] | None,
        on_cancelled: Callable[[], Any] | None,
    ) -> None:
        report = on_error or self.on_error
        if error is None:
            if on_done:
                on_done(result)
        elif job.is_cancelled():
            if on_cancelled:
                on_cancelled()
        elif report:
            report(error)
        else:
            raise error

    def _show_progress(self, job: Job, owner: Misc | None) -> None:
        if self._is_closed or job.is_finished or job.is_forgotten:
            return
        if owner is None or _exists(owner):
            job.window = ProgressWindow(owner or self._root, job, waiting_for=lambda: self._waiting_for(job))

    def _waiting_for(self, job: Job) -> str:
        """The title of the work that must end before this job begins; "" when it is this job's turn."""
        first = self._saving[0] if self._saving else job
        return first.title if first is not job and job in self._saving else ""


def _exists(widget: Misc) -> bool:
    """Whether it is there itself: a screen that was closed and opened anew has the same name."""
    try:
        return bool(widget.winfo_exists()) and widget.nametowidget(str(widget)) is widget
    except (KeyError, TclError):
        return False
