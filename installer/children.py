"""Runs first in the frozen program: lp, a word processor and whatever else it starts use their own libraries.

On Linux the starter of a frozen program sets LD_LIBRARY_PATH. Its own loader has read that by now; who is started by it
would inherit it, and load our libraries instead of the system's.
"""

import os

VARIABLE, BEFORE = "LD_LIBRARY_PATH", "LD_LIBRARY_PATH_ORIG"

if BEFORE in os.environ:
    os.environ[VARIABLE] = os.environ.pop(BEFORE)
else:
    os.environ.pop(VARIABLE, None)
