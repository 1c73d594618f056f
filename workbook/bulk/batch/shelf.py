"""Where the workbooks of a batch stand. A shelf goes along to whoever makes them, in a process or on another machine.

A folder gives a workbook its final name in a second step, once the manifest lists it. A place with an address, such as
`s3://bucket/reports`, has no such step: it shows a file whole or not at all.
"""

from __future__ import annotations

import hashlib
import re
import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from workbook.bulk.batch.making import Made
from workbook.bulk.batch.placing import Aside, DamagedError, check_parts, described, is_described, is_there, put_aside
from workbook.bulk.portfolio.ids import file_name
from workbook.files.whole import put_beside, synced

ADDRESS = re.compile(r"[a-z][a-z0-9+.-]+://.+", re.DOTALL)


class NoPlaceError(RuntimeError):
    """Nothing can be reached at an address, or what reaches it is not installed."""


class Shelf(Protocol):
    """A place for workbooks. Everything may raise OSError."""

    def put(self, made: Made) -> Aside:
        """Write a workbook and verify it."""

    def settle(self, workbook: Aside) -> None:
        """Give a workbook its final name."""

    def discard(self, workbook: Aside) -> None:
        """Remove a workbook that did not get its final name."""

    def holds(self, id: str, record: Mapping[str, Any]) -> bool:
        """Whether the workbook of that id is the one that a line of the manifest describes."""

    def names(self) -> Iterator[str]:
        """The names of all workbooks."""

    def sync(self) -> None:
        """Make sure that the names are safe."""

    def marked(self) -> Mark:
        """A mark, by which others can tell whether they reach the same place."""

    def has(self, mark: Mark) -> bool: ...

    def unmark(self, mark: Mark) -> None: ...


@dataclass(frozen=True)
class Mark:
    """A small file. name: where it is; content: what only this one holds."""

    name: str
    content: bytes


@dataclass(frozen=True)
class Folder:
    """A folder of this machine, or one that several share."""

    path: Path

    def put(self, made: Made) -> Aside:
        return put_aside(made, self.path)

    def settle(self, workbook: Aside) -> None:
        (self.path / workbook.temporary).replace(self.path / file_name(workbook.id))

    def discard(self, workbook: Aside) -> None:
        (self.path / workbook.temporary).unlink(missing_ok=True)

    def holds(self, id: str, record: Mapping[str, Any]) -> bool:
        return is_there(self.path / file_name(id), record)

    def names(self) -> Iterator[str]:
        return (path.name for path in self.path.glob("*.xlsx"))

    def sync(self) -> None:
        synced(self.path)

    def marked(self) -> Mark:
        content = secrets.token_bytes(16)
        return Mark(put_beside(self.path / "shared", content).name, content)

    def has(self, mark: Mark) -> bool:
        try:
            return (self.path / mark.name).read_bytes() == mark.content
        except OSError:
            return False

    def unmark(self, mark: Mark) -> None:
        (self.path / mark.name).unlink(missing_ok=True)


@dataclass(frozen=True)
class Address:
    """A place that fsspec reaches, by its address without a slash at the end."""

    address: str

    def put(self, made: Made) -> Aside:
        name = file_name(made.id)
        if made.is_sample:
            check_parts(name, made.content)
        self.write(name, made.content)
        if hashlib.sha256(self.read(name)).digest() != hashlib.sha256(made.content).digest():
            raise DamagedError(f"{self.address}/{name}: what was read back differs from what was written")
        return described(made, "")

    def settle(self, workbook: Aside) -> None:
        """Nothing is left to do."""

    def discard(self, workbook: Aside) -> None:
        """It stays, since the next run will make the same one."""

    def holds(self, id: str, record: Mapping[str, Any]) -> bool:
        try:
            return is_described(self.read(file_name(id)), record)
        except OSError:
            return False

    def names(self) -> Iterator[str]:
        return (name for name in self.listed() if name.endswith(".xlsx"))

    def sync(self) -> None:
        """Whatever is written is safe."""

    def marked(self) -> Mark:
        mark = Mark(f".shared-{secrets.token_hex(8)}", secrets.token_bytes(16))
        self.write(mark.name, mark.content)
        return mark

    def has(self, mark: Mark) -> bool:
        try:
            return self.read(mark.name) == mark.content
        except (OSError, NoPlaceError):
            return False

    def unmark(self, mark: Mark) -> None:
        system, root = self._reached()
        system.rm_file(f"{root}/{mark.name}")

    def make(self) -> None:
        """Make the folder, where there are folders."""
        system, root = self._reached()
        system.makedirs(root, exist_ok=True)

    def read(self, name: str) -> bytes:
        system, root = self._reached()
        return bytes(system.cat_file(f"{root}/{name}"))

    def write(self, name: str, content: bytes) -> None:
        system, root = self._reached()
        system.pipe_file(f"{root}/{name}", content)

    def send(self, file: Path) -> None:
        """Copy a file there, under its own name."""
        system, root = self._reached()
        system.put_file(str(file), f"{root}/{file.name}")

    def listed(self) -> list[str]:
        """The names of everything there."""
        system, root = self._reached()
        try:
            system.invalidate_cache()
            return sorted(path.rstrip("/").rpartition("/")[2] for path in system.ls(root, detail=False))
        except FileNotFoundError:
            return []

    def _reached(self) -> tuple[Any, str]:
        """The file system, which fsspec keeps, and the path in it."""
        try:
            from fsspec.core import url_to_fs
        except ImportError:
            needed = "an address needs fsspec; in the folder of the calculator, run: pip install '.[dask]'"
            raise NoPlaceError(needed) from None
        try:
            system, root = url_to_fs(self.address)
        except (ImportError, ValueError) as error:
            raise NoPlaceError(f"{self.address}: {error}") from None
        return system, root.rstrip("/")


def is_address(text: str) -> bool:
    """Whether a text is an address and not the name of a folder."""
    return ADDRESS.fullmatch(text) is not None
