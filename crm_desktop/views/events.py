"""The names of the virtual events that parts of the window send to each other."""

INPUT_CHANGED = "<<InputChanged>>"
"""An input's value was changed by the operator (not by ``set``)."""

TAB_CLOSED = "<<ScreenTabClosed>>"
"""A screen's tab went away; sent by NotebookTabs."""
