"""A screen that was closed is gone: after an hour of opening and closing the program is as large as before."""

import gc
import time
import weakref

import pytest

from crm_desktop.models import RECORDS
from crm_desktop.views.form_dialog import FormWindow
from crm_desktop.views.modules import MODULES

SECONDS_TO_GO = 1
"""What waits a moment, like a timer, may keep a screen so long."""


@pytest.fixture
def freed(root):
    """``freed(make)``: whether what it makes and closes is freed afterwards; it returns a weak reference."""
    gc.collect()
    gc.freeze()  # what is there already need not be looked at again and again

    def watch(make):
        reference = make()
        deadline = time.monotonic() + SECONDS_TO_GO
        while reference() is not None and time.monotonic() < deadline:
            root.update()
            gc.collect()
        return reference() is None

    yield watch
    gc.unfreeze()


def test_every_screen_is_freed_when_its_tab_is_closed(root, window, freed):
    def opened_and_closed(key):
        screen = weakref.ref(window.open(key))
        root.update()
        assert window.tabs.close(key)
        return screen

    for key in window.tabs.keys_open:
        window.tabs.close(key)
    kept = [module.key for module in MODULES if not freed(lambda key=module.key: opened_and_closed(key))]
    assert kept == []


def test_every_form_is_freed_with_the_session(root, desk, freed):
    def opened_and_closed(entity):
        form = FormWindow(desk, entity)
        form.show_record(None, None, None, None, root)
        root.update()
        form.hide()
        form.destroy()
        return weakref.ref(form)

    assert [each.key for each in RECORDS if not freed(lambda each=each: opened_and_closed(each))] == []
