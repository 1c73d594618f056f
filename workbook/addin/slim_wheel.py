"""The model alone as a wheel, for a Python that installs without a compiler: NumPy and pydantic are all that it needs.

Made of the same files as everything else; only the imports of `calc` say where it is installed.
"""

from __future__ import annotations

import base64
import hashlib
import re
from importlib.resources import files
from pathlib import Path

import calc
from workbook.write.pack import zipped

IMPORT_NAME = "engagement_calculator"
DISTRIBUTION = "engagement_calculator_lite"
NEEDS = ("numpy>=2.0,<3", "pydantic>=2.8,<3")
KINDS = (".py", ".toml")
IMPORTS = re.compile(r"^(\s*(?:from|import) )calc\b", re.MULTILINE)
NAMES = re.compile(r'"calc\.(?=[a-z_]+")')

WHEEL = "Wheel-Version: 1.0\nGenerator: engagement\nRoot-Is-Purelib: true\nTag: py3-none-any\n"


def wheel_name() -> str:
    """The name of the file."""
    return f"{DISTRIBUTION}-{calc.__version__}-py3-none-any.whl"


def modules() -> dict[str, bytes]:
    """Path inside the package `calc` -> content, of its modules and data."""
    root = Path(str(files("calc")))
    found = sorted(each for each in root.rglob("*") if each.suffix in KINDS)
    return {each.relative_to(root).as_posix(): each.read_bytes() for each in found}


def slim_wheel() -> bytes:
    """The wheel, the same bytes on every run."""
    inside = f"{IMPORT_NAME}/calc/"
    members = {inside + path: _installed(path, content) for path, content in modules().items()}
    members[f"{IMPORT_NAME}/__init__.py"] = b'"""Engagement Calculator: the model."""\n'
    about = f"{DISTRIBUTION}-{calc.__version__}.dist-info"
    needs = "".join(f"Requires-Dist: {need}\n" for need in NEEDS)
    metadata = (
        f"Metadata-Version: 2.1\nName: {DISTRIBUTION}\nVersion: {calc.__version__}\nRequires-Python: >=3.11\n{needs}"
    )
    members |= {f"{about}/METADATA": metadata.encode(), f"{about}/WHEEL": WHEEL.encode()}
    record = "".join(f"{path},sha256={_digest(content)},{len(content)}\n" for path, content in sorted(members.items()))
    return zipped({**members, f"{about}/RECORD": f"{record}{about}/RECORD,,\n".encode()})


def _installed(path: str, content: bytes) -> bytes:
    """A module whose imports of `calc` lead to where the wheel puts it."""
    if not path.endswith(".py"):
        return content
    text = IMPORTS.sub(rf"\g<1>{IMPORT_NAME}.calc", content.decode())
    return NAMES.sub(f'"{IMPORT_NAME}.calc.', text).encode()


def _digest(content: bytes) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()
