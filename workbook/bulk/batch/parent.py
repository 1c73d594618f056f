"""A worker ends as soon as the process that started it does, whatever it is at, and however that one ended."""

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
    """From here on this process ends with its parent.

    Everywhere by a thread that waits for the parent's handle or the end of a pipe that it holds; on Linux by the kernel
    too, which needs no turn of the interpreter for that.
    """
    parent = parent_process()
    if parent is None:
        return
    Thread(target=_wait_for_end, args=(parent.sentinel,), daemon=True, name="end with parent").start()
    if sys.platform == "linux":
        _ask_the_kernel()


def _wait_for_end(sentinel: int) -> None:
    wait([sentinel])
    # Not sys.exit: nothing that a worker leaves behind is worth a second more.
    os._exit(ABANDONED)


def _ask_the_kernel() -> None:
    import ctypes

    try:
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    except (OSError, AttributeError):
        return  # a C library without it: the thread does as well
