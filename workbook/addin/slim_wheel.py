"""The model alone as a wheel, for a Python that installs without a compiler: NumPy and pydantic are all that it needs.

Made of the same files as everything else; only the imports of `calc` say where it is installed.
"""

from __future__ import annotations

import base64
import hashlib
from importlib.resources import files
from pathlib import Path

from calc import __name__ as model
from calc import __version__
from workbook.files.renamed_imports import PRIVATE, renamed
from workbook.write.pack import zipped

DISTRIBUTION = f"{PRIVATE}_lite"
NEEDS = ("numpy>=2.0,<3", "pydantic>=2.8,<3")
KINDS = (".py", ".toml")

WHEEL = "Wheel-Version: 1.0\nGenerator: engagement\nRoot-Is-Purelib: true\nTag: py3-none-any\n"


def wheel_name() -> str:
    """The name of the file."""
    return f"{DISTRIBUTION}-{__version__}-py3-none-any.whl"


def modules() -> dict[str, bytes]:
    """Path -> content of the model's modules and data, inside the one package that is ours, which their imports name."""
    root = Path(str(files(model)))
    found = sorted(each for each in root.rglob("*") if each.suffix in KINDS)
    inside = {f"{PRIVATE}/calc/{each.relative_to(root).as_posix()}": _installed(each) for each in found}
    return {f"{PRIVATE}/__init__.py": b'"""Engagement Calculator: the model."""\n', **inside}


def _installed(file: Path) -> bytes:
    content = file.read_bytes()
    return renamed(content.decode(), file.stem).encode() if file.suffix == ".py" else content


def slim_wheel() -> bytes:
    """The wheel, the same bytes on every run."""
    members = modules()
    about = f"{DISTRIBUTION}-{__version__}.dist-info"
    needs = "".join(f"Requires-Dist: {need}\n" for need in NEEDS)
    metadata = f"Metadata-Version: 2.1\nName: {DISTRIBUTION}\nVersion: {__version__}\nRequires-Python: >=3.11\n{needs}"
    members |= {f"{about}/METADATA": metadata.encode(), f"{about}/WHEEL": WHEEL.encode()}
    record = "".join(f"{path},sha256={_digest(content)},{len(content)}\n" for path, content in sorted(members.items()))
    return zipped({**members, f"{about}/RECORD": f"{record}{about}/RECORD,,\n".encode()})


def _digest(content: bytes) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()
