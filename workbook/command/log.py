"""Details of internal errors: a log file in the user's folder for logs, else in the temporary folder."""

from __future__ import annotations

import os
import sys
import tempfile
from datetime import datetime
from pathlib import Path

NAME = "engagement"


def logged(text: str) -> Path | str:
    """Append the text to the log with the time and the command line, and return where that is."""
    entry = f"{datetime.now().astimezone().isoformat(timespec='seconds')} {sys.argv!r}\n{text}\n"
    for opened in (_of_the_user, _of_this_time):
        try:
            handle, path = opened()
            with os.fdopen(handle, "w", encoding="utf-8", errors="backslashreplace") as log:
                log.write(entry)
            return path
        except (OSError, RuntimeError):  # RuntimeError: the home folder is unknown
            continue
    return "nowhere, no folder for logs is writable (use --debug)"


def _of_the_user() -> tuple[int, Path]:
    """The log in the user's folder, opened for appending. Never through a link."""
    folder = user_folder()
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = folder / f"{NAME}.log"
    flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND | getattr(os, "O_NOFOLLOW", 0)
    return os.open(path, flags, 0o600), path


def _of_this_time() -> tuple[int, Path]:
    """A new log in the temporary folder, readable by the user alone; others may write there, so its name is random."""
    handle, name = tempfile.mkstemp(prefix=f"{NAME}-", suffix=".log")
    return handle, Path(name)


def user_folder() -> Path:
    """The platform's folder for a user's logs."""
    home = Path.home()
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or home / "AppData" / "Local") / NAME / "Logs"
    if sys.platform == "darwin":
        return home / "Library" / "Logs" / NAME
    return Path(os.environ.get("XDG_STATE_HOME") or home / ".local" / "state") / NAME
