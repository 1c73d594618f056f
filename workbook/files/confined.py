"""Runs other programs in separate processes that always end, so that this one survives.

    ran(command, seconds) -> Ended               any program, with every process that it starts, limited by the clock
    answer(arguments, seconds) -> bytes          Python over a received file, limited by processor time
    confine(seconds, memory)                     the first thing that such a child calls

A received file may be made to keep a reader busy for ever, so the limit is on processor time: on a busy machine a sound file
takes no more of it. The clock is watched as well, generously: reaching its limit says something about the machine, not
about the file.
Only the standard library is loaded here: the child starts with it.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

# The folder from which this package is imported, wherever it stands.
ROOT = Path(__file__).resolve().parents[__name__.count(".")]
# So many times its limit of processor time a child may take by the clock.
PATIENCE = 20
# How a child ends that has used up its processor time, where no signal says so.
SPENT = 91
WATCHED_EVERY = 0.2


class NoAnswerError(Exception):
    """The child came to no answer; the text says how it ended."""


class TooLongError(NoAnswerError):
    """It used up its processor time."""


class BusyError(NoAnswerError):
    """It did not get its processor time; seconds: how long it was waited for."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"no answer within {seconds:g} seconds")
        self.seconds = seconds


class Ended(NamedTuple):
    code: int
    output: bytes
    errors: bytes


def ran(
    command: Sequence[str | os.PathLike[str]],
    seconds: float,
    environment: Mapping[str, str] | None = None,
    heard: bool = True,
) -> Ended:
    """The program as it ended. heard: what it writes is kept. Raises BusyError after so many seconds, OSError where it does
    not start; it is then gone with all that it started: some programs are scripts around the one that hangs."""
    to = subprocess.PIPE if heard else subprocess.DEVNULL
    process = subprocess.Popen(
        command, env=environment, stdin=subprocess.DEVNULL, stdout=to, stderr=to, start_new_session=True
    )
    try:
        output, errors = process.communicate(timeout=seconds)
    except BaseException as error:
        if hasattr(os, "killpg"):
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
        process.kill()
        process.wait()
        if isinstance(error, subprocess.TimeoutExpired):
            raise BusyError(seconds) from None
        raise
    return Ended(process.returncode, output or b"", errors or b"")


def answer(arguments: Sequence[str | os.PathLike[str]], seconds: int) -> bytes:
    """What Python with these arguments writes, a module that confines itself to so many seconds of processor time.

    Raises NoAnswerError where it ends otherwise. It finds this package, and nothing that variables of the environment name.
    """
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    ended = ran([sys.executable, *arguments], seconds * PATIENCE, {**environment, "PYTHONPATH": str(ROOT)})
    if ended.code in (SPENT, -getattr(signal, "SIGXCPU", SPENT)):
        raise TooLongError(f"more than {seconds} seconds of processor time")
    if ended.code or not ended.output:
        last = ended.errors.decode(errors="replace").strip().rpartition("\n")[2][:200]
        raise NoAnswerError(last or f"exit {ended.code}")
    return ended.output


def confine(seconds: int, memory: int) -> None:
    """No more processor time and, where the system can, no more memory than this; no file written, no core dumped."""
    try:
        import resource
    except ImportError:  # Windows
        threading.Thread(target=_watch, args=(seconds,), daemon=True).start()
        return
    for what, most in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        # At its hard limit of processor time a process is killed without the signal that says why.
        hard = most + 1 if what == resource.RLIMIT_CPU else most
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(what, (most, hard))


def _watch(seconds: float) -> None:
    while time.process_time() < seconds:
        time.sleep(WATCHED_EVERY)
    os._exit(SPENT)
