"""The frozen program: made once, then started by those who drive it."""

import sys

# The driving needs an X server; the window is the same on Windows, and the workflow runs the self-test there.
collect_ignore = ["test_frozen_program.py"] if sys.platform == "win32" else []
