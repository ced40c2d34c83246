"""Cycles that hold Tk objects are freed on the UI thread, whatever the workers allocate."""

import gc
import threading
import weakref

import ttkbootstrap as ttk

from crm_desktop.views.garbage import INTERVAL_MILLISECONDS


class Cycle:
    """Garbage that reference counting cannot free; remembers which thread freed it."""

    def __init__(self, root, freed):
        self.itself = self
        self.variable = ttk.StringVar(root)
        weakref.finalize(self.variable, lambda: freed.append(threading.current_thread()))


def allocate_much(job):
    """Enough for the collector to run several times over, if it were allowed to."""
    return len([[number] for number in range(200_000)])


def test_a_worker_never_frees_a_tk_variable(root, background, wait_until):
    gc.collect()
    freed = []
    for _ in range(50):
        Cycle(root, freed)
    done = []
    background.run_in_background(allocate_much, done.append)
    wait_until(lambda: done)
    assert not gc.isenabled()
    wait_until(lambda: len(freed) == 50, 3 * INTERVAL_MILLISECONDS / 1000 + 3)
    assert set(freed) == {threading.main_thread()}


def test_the_collector_is_given_back(root, background):
    background.close()
    assert gc.isenabled()
