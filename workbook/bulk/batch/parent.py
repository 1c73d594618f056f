"""Ends a worker as soon as the process that started it ends, whatever either was doing."""

from __future__ import annotations

import os
import signal
import sys
from multiprocessing import parent_process
from multiprocessing.connection import wait
from threading import Thread

# From <linux/prctl.h>: the signal that a process gets when its parent ends.
PR_SET_PDEATHSIG = 1
ABANDONED = 1


def end_with_parent() -> None:
    """Make this process end with its parent from now on.

    On every system by a thread that waits for the parent's handle, or for the end of a pipe that the parent holds; on
    Linux by the kernel as well, which does not have to wait for the interpreter.
    """
    parent = parent_process()
    if parent is None:
        return
    Thread(target=_wait_for_end, args=(parent.sentinel,), daemon=True, name="end with parent").start()
    if sys.platform == "linux":
        _ask_the_kernel()


def _wait_for_end(sentinel: int) -> None:
    wait([sentinel])
    # Not sys.exit: a worker has nothing to clean up that is worth the wait.
    os._exit(ABANDONED)


def _ask_the_kernel() -> None:
    import ctypes

    try:
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    except (OSError, AttributeError):
        return  # a C library without prctl: the thread is enough
