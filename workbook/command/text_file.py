"""The text of a file that the command line names: a scenario or defaults, in TOML or JSON."""

from __future__ import annotations

import sys
from pathlib import Path

from workbook.files.not_text import not_text

# Four bytes for each of the million characters that a scenario may have.
LARGEST_FILE = 4_000_000
FORM = "a scenario is a file in TOML or JSON"
# How messages name it.
INPUT = "standard input"
SAVE = "save it as text in UTF-8"


def text_of_file(path: Path, form: str = FORM) -> str:
    """The text of a file in TOML or JSON, whatever it says. form: what such a file is. Raises Refused."""
    where = str(path)
    return _text(_bytes_of_file(path, where, form), where, form)


def text_of_input() -> str:
    """The text of a scenario on standard input. Raises Refused."""
    return _text(_bytes_of_input(), INPUT, FORM)


def _bytes_of_input() -> bytes:
    try:
        return sys.stdin.buffer.read(LARGEST_FILE + 1)
    except OSError as error:
        raise refused(INPUT, f"cannot be read ({error.strerror or error})", FORM) from None


def _bytes_of_file(path: Path, where: str, form: str) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(LARGEST_FILE + 1)
    except (FileNotFoundError, NotADirectoryError):
        hint = f"to make one: engagement new {where}" if form == FORM else form
        raise refused(where, "no such file", hint) from None
    except (IsADirectoryError, PermissionError) as error:
        if path.is_dir():
            raise refused(where, "a folder, not a file", form) from None
        raise refused(where, f"cannot be read ({error.strerror})") from None
    except (OSError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise refused(where, f"cannot be read ({why})", form) from None


def _text(content: bytes, where: str, form: str) -> str:
    if len(content) > LARGEST_FILE:
        raise refused(where, "more than 4 MB, too large", form)
    if kind := not_text(content, SAVE):
        says, hint = kind
        raise refused(where, says, hint if form == FORM else form)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise refused(where, f"not UTF-8 at byte {error.start + 1:,}", SAVE) from None


def refused(where: str, says: str, hint: str = "") -> Exception:
    """What is wrong with a file as a whole."""
    from calc.scenario.faults import Refused, problem

    return Refused(where, [problem("", says, hint)])
