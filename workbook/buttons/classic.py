"""The four buttons as macros of the classic add-in, which its ribbon calls: the scripts, on the workbook that is open.

Our workbooks protect their sheets without a password. A macro may lift that and put it back, which a script of Lite cannot.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import wraps
from typing import Any

import xlwings as xw

from calc.udfs.function import PREFIX
from workbook.buttons.scripts import SCRIPTS, never_raises

KEPT = ("AllowFormattingCells", "AllowFormattingColumns", "AllowFormattingRows")


def macro(script: Callable[..., None]) -> Callable[[], None]:
    """A script as a macro without arguments, on the active workbook."""

    @never_raises
    @wraps(script)
    def unlocked(book: Any) -> None:
        with unprotected(book):
            script(book)

    def run() -> None:
        unlocked(xw.books.active)

    run.__name__ = run.__qualname__ = macro_name(script)
    run.__doc__ = script.__doc__
    return run


def macro_name(script: Callable[..., None]) -> str:
    """The name of its macro, which no other add-in has."""
    return f"{PREFIX}button_{script.__name__}"


@contextmanager
def unprotected(book: Any) -> Iterator[None]:
    """The sheets of a book without their protection, where it has no password; protected again afterwards."""
    lifted = []
    for sheet in book.sheets:
        if sheet.api.ProtectContents:
            allowed = {name: getattr(sheet.api.Protection, name) for name in KEPT}
            # With a password it stays, and what cannot be written to it is told.
            with suppress(Exception):
                sheet.api.Unprotect("")
                lifted.append((sheet, allowed))
    try:
        yield
    finally:
        for sheet, allowed in lifted:
            sheet.api.Protect(**allowed)


MACROS = {made.__name__: xw.script(made) for made in map(macro, SCRIPTS)}
globals().update(MACROS)
__all__ = list(MACROS)
