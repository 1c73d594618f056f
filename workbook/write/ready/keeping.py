"""Where layouts lie that are ready, and how they are read and added."""

from __future__ import annotations

import hashlib
import os
import stat
import sys
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import orjson

from workbook.files.whole import replaced
from workbook.write.ready.made_from import made_from

NAME, ENDING = "engagement", ".layout"
# Those that come with the distribution.
SHIPPED = Path(__file__).parent / "layouts"
# What a file begins with: the hash of its content, and how long that is.
HASH, LENGTH = 32, 8
# As many as three programs need; those that nobody read for longest go first.
MOST_KEPT = 12
# No layout is as large, so a file that says so is none.
LARGEST = 2**27


def layout(name: str) -> dict[str, Any] | None:
    """The layout of that name that was made from the program as it is; None where there is none that is whole."""
    file = _file(name)
    for folder in (SHIPPED, _folder_of_the_user()):
        if file and folder:
            with suppress(OSError, ValueError, ImportError):
                return _read(folder / file)
    return None


def can_keep() -> bool:
    """Whether a layout that is made now would be there the next time."""
    # Without it, as in xlwings Lite, nothing can be packed.
    return find_spec("deflate") is not None and _file("") is not None and _folder_of_the_user(make=True) is not None


def keep(name: str, made: dict[str, Any], folder: Path | None = None) -> None:
    """Keep a layout for this program, in the user's folder: where that fails, nothing happens. folder: or in this one."""
    file, into = _file(name), folder or _folder_of_the_user(make=True)
    if file is None or into is None:
        return
    if folder:
        folder.mkdir(exist_ok=True)
        replaced(folder / file, _written(made))
        return
    with suppress(OSError):
        replaced(into / file, _written(made), 0o600)
        _drop_the_oldest(into)


def _file(name: str) -> str | None:
    try:
        return f"{made_from()[:32]}-{name}{ENDING}"
    except OSError:
        return None


def _written(made: dict[str, Any]) -> bytes:
    import deflate

    content = orjson.dumps(made)
    packed = deflate.deflate_compress(content, 6)
    return hashlib.sha256(packed).digest() + len(content).to_bytes(LENGTH) + packed


def _read(path: Path) -> dict[str, Any]:
    """Raises ValueError or OSError for anything that was not written here in full; ImportError where nothing can be read."""
    import deflate

    data = path.read_bytes()
    packed, length = memoryview(data)[HASH + LENGTH :], int.from_bytes(data[HASH : HASH + LENGTH])
    if data[:HASH] != hashlib.sha256(packed).digest() or length > LARGEST:
        raise ValueError(f"{path} is not a layout, or damaged")
    try:
        return orjson.loads(deflate.deflate_decompress(packed, length))
    except deflate.DeflateError as error:
        raise ValueError(f"{path} is damaged") from error


def _folder_of_the_user(make: bool = False) -> Path | None:
    """The user's folder for caches of this program; None where there is none that is the user's alone."""
    try:
        folder = _caches() / NAME
        if make:
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        return folder if _is_private(folder) else None
    except (OSError, RuntimeError):  # RuntimeError: the home folder is unknown
        return None


def _is_private(folder: Path) -> bool:
    """Whether nobody else may write there, and it is no link. On Windows the user's profile is."""
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode):
        return False
    return os.name == "nt" or (found.st_uid == os.geteuid() and not found.st_mode & 0o022)


def _caches() -> Path:
    """The platform's folder for what can be made again."""
    home = Path.home()
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or home / "AppData" / "Local")
    if sys.platform == "darwin":
        return home / "Library" / "Caches"
    return Path(os.environ.get("XDG_CACHE_HOME") or home / ".cache")


def _drop_the_oldest(folder: Path) -> None:
    kept = sorted(folder.glob(f"*{ENDING}"), key=lambda path: path.stat().st_mtime, reverse=True)
    for path in kept[MOST_KEPT:]:
        path.unlink(missing_ok=True)
