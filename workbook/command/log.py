"""Where details of internal errors go: a log file in the user's own folder for logs, else in the temporary folder."""

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
    for folder in (user_folder(), Path(tempfile.gettempdir()) / NAME):
        try:
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            with (folder / f"{NAME}.log").open("a", encoding="utf-8", errors="backslashreplace") as log:
                log.write(entry)
            return folder / f"{NAME}.log"
        except OSError:
            continue
    return "nowhere, no folder for logs is writable (use --debug)"


def user_folder() -> Path:
    """The platform's folder for a user's logs."""
    home = Path.home()
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or home / "AppData" / "Local") / NAME / "Logs"
    if sys.platform == "darwin":
        return home / "Library" / "Logs" / NAME
    return Path(os.environ.get("XDG_STATE_HOME") or home / ".local" / "state") / NAME
