"""A run that has to stop because a file or the ledger cannot be written."""

from __future__ import annotations

from pathlib import Path

from workbook.mail.outcomes import Summary


class StoppedError(Exception):
    """The run has stopped. done: outcomes of the messages so far; left: how many were not tried."""

    def __init__(self, place: Path, why: str, done: Summary, left: int) -> None:
        self.done, self.left = done, left
        so_far = f"{done}, {left:,} not tried" if done.outcomes else "nothing was written or sent"
        super().__init__(f"{place}: {why}; {so_far}")


def reason(error: OSError) -> str:
    """The reason of a failed write, in words."""
    if isinstance(error, FileExistsError | NotADirectoryError):
        return "a file stands where a folder is needed"
    return error.strerror or str(error)
