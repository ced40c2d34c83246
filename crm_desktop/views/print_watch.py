"""Watches what was handed to a printer until it is out, and says when paper or somebody is wanted."""

from collections.abc import Callable, Sequence
from tkinter import Misc
from typing import Any

from crm_desktop import system
from crm_desktop.errors import SystemRefused
from crm_desktop.views.background import Job
from crm_desktop.views.desk import Desk
from crm_desktop.views.pause import Pause

EVERY_MILLISECONDS = 3000
MOST_LOOKS = 200
"""Ten minutes; who leaves a printer alone for longer does not look at this window either."""
CANCEL = "取消打印任务"


class JobWatch:
    """``say(text, action)`` tells each new problem once, with the way to take the jobs out of the queue.

    It ends with ``owner``, the screen from which was printed.
    """

    def __init__(
        self, desk: Desk, owner: Misc, printer: str, jobs: Sequence[str], say: Callable[..., Any]
    ) -> None:
        self._desk, self._printer, self._jobs, self._say = desk, printer, list(jobs), say
        self._looks = 0
        self._seen = self._told = ""
        self._pause = Pause(owner, EVERY_MILLISECONDS, self._look)
        self.is_over = not self._jobs
        self.is_out = False
        """Whether no job is in the queue any more."""

    def start(self) -> None:
        if not self.is_over:
            self._pause.begin()

    def cancel(self) -> None:
        """Take what is still in the queue out of it."""
        self._stop()
        self._desk.run(
            lambda job: [system.cancel_job(self._printer, each) for each in self._jobs],
            lambda done: self._say("已取消打印任务。"),
            on_error=lambda error: self._say(str(error)),
            title="正在取消…",
        )

    def _look(self) -> None:
        self._looks += 1
        self._desk.run(self._ask, self._heard, on_error=lambda error: self._stop())

    def _ask(self, job: Job) -> str:
        """What keeps the jobs, or broke them off; "" for nothing."""
        try:
            states = [system.job_state(self._printer, each) for each in self._jobs]
        except SystemRefused as error:
            return str(error)
        problem = next((state.problem for state in states if state.problem), "")
        if all(state.is_done for state in states):
            self.is_out = True
        return problem

    def _heard(self, problem: str) -> None:
        if self.is_over:
            return
        if self.is_out:
            self._stop()
            if problem or self._told:
                self._say(problem or "打印任务已完成。")
            return
        # What is over at the second look was no trouble: a printer in the network is being woken.
        if problem and problem == self._seen and problem != self._told:
            self._told = problem
            self._say(problem, (CANCEL, self.cancel))
        self._seen = problem
        if self._looks < MOST_LOOKS:
            self._pause.begin()

    def _stop(self) -> None:
        self.is_over = True
        self._pause.stop()
