"""Whether a text, a PDF or a message is still as a command wrote it, so that nothing of anybody is lost when it is replaced.

The last line is a comment with the hash of all that stands above it; in a message, what follows its last part is one.
JSON, CSV and the like have no comments; such a file is replaced only by the same bytes, or when told to.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

# More than anything that is written here.
LARGEST = 200_000_000
COMMENTS = {".toml": b"#", ".py": b"#", ".txt": b"#", ".pdf": b"%", ".eml": b"#"}
NOT_AS_WRITTEN = "exists already and is not as engagement {command} left it: what is in it would be lost"


def sealed(content: bytes, path: Path, command: str) -> bytes:
    """The content of a file with its seal, a last line that `is_as_written` knows again. command: what writes it.

    Unchanged where the kind of file has no comments.
    """
    mark = COMMENTS.get(path.suffix.lower())
    if mark is None:
        return content
    ended = content if content.endswith(b"\n") else content + b"\n"
    return ended + _seal(ended, mark, command)


def is_as_written(path: Path, command: str, content: bytes | None = None) -> bool:
    """Whether the file is one that the command wrote and nobody changed since, or holds that very content."""
    mark = COMMENTS.get(path.suffix.lower())
    try:
        if not path.is_file() or path.stat().st_size > LARGEST:
            return False
        there = path.read_bytes()
    except (OSError, ValueError):
        return False
    if content is not None and there in (content, sealed(content, path, command)):
        return True
    if mark is None:
        return False
    above, _, last = there.removesuffix(b"\n").rpartition(b"\n")
    return last + b"\n" == _seal(above + b"\n", mark, command)


def _seal(content: bytes, mark: bytes, command: str) -> bytes:
    digest = hashlib.sha256(command.encode() + b"\0" + content).hexdigest()[:32]
    end = b"\r\n" if content.endswith(b"\r\n") else b"\n"
    return mark + f" As written by engagement {command}: {digest}".encode() + end
