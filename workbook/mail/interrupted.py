"""A run that cannot go on, since what it has to write down cannot be written."""

from __future__ import annotations

from pathlib import Path

from workbook.mail.outcomes import Summary


class StoppedError(Exception):
    """done: what became of messages up to there; left: how many were not tried."""

    def __init__(self, place: Path, why: str, done: Summary, left: int) -> None:
        self.done, self.left = done, left
        so_far = f"{done}, {left:,} not tried" if done.outcomes else "nothing was written or sent"
        super().__init__(f"{place}: {why}; {so_far}")


def reason(error: OSError) -> str:
    """Why something cannot be written, in words."""
    if isinstance(error, FileExistsError | NotADirectoryError):
        return "a file stands where a folder is needed"
    return error.strerror or str(error)
