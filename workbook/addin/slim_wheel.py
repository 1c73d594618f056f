"""The model and the buttons as a wheel, for a Python that installs without a compiler.

NumPy and pydantic are all that the functions need; what the buttons do in our own workbooks needs openpyxl and orjson as well.

Made of the same files as everything else; only the imports of `calc` say where it is installed.
"""

from __future__ import annotations

import ast
import base64
import hashlib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path

from calc import __name__ as model
from calc import __version__
from workbook import __name__ as workbook
from workbook.files.renamed_imports import PRIVATE, renamed
from workbook.write.pack import zipped

DISTRIBUTION = f"{PRIVATE}_lite"
NEEDS = ("numpy>=2.0,<3", "pydantic>=2.8,<3")
EXTRA, BUTTONS_NEED = "buttons", ("openpyxl>=3.1.5,<3.2", "orjson>=3.10,<4")
KINDS = (".py", ".toml")
BUTTONS = f"{workbook}.buttons.scripts"

WHEEL = "Wheel-Version: 1.0\nGenerator: engagement\nRoot-Is-Purelib: true\nTag: py3-none-any\n"


def wheel_name() -> str:
    """The name of the file."""
    return f"{DISTRIBUTION}-{__version__}-py3-none-any.whl"


@cache
def modules() -> Mapping[str, bytes]:
    """Path -> content, inside the one package that is ours, which the imports name: the model with its data, and of the rest
    what the buttons import."""
    root = Path(str(files(model)))
    found = {each for each in root.rglob("*") if each.suffix in KINDS} | _imported(BUTTONS)
    inside = {f"{PRIVATE}/{each.relative_to(root.parent).as_posix()}": _installed(each) for each in sorted(found)}
    return {f"{PRIVATE}/__init__.py": b'"""Engagement Calculator: the model."""\n', **inside}


def _imported(module: str) -> set[Path]:
    """The files of a module and of all that it imports by way of others, with the packages around them."""
    found: set[Path] = set()
    waiting = [module]
    while waiting:
        name = waiting.pop()
        # Below the private package, where this is installed.
        parts = name.removeprefix(f"{PRIVATE}.").split(".")
        around = [parts[:count] for count in range(1, len(parts) + 1)]
        for file in filter(None, map(_file, around)):
            if file not in found:
                found.add(file)
                waiting += _names(file)
    return found


def _file(parts: list[str]) -> Path | None:
    place = Path(str(files(model))).parent.joinpath(*parts)
    return next((file for file in (place.with_suffix(".py"), place / "__init__.py") if file.is_file()), None)


def _names(file: Path) -> Iterator[str]:
    """What a file imports of this wing and the others beside it, name by name: a name may be a module too."""
    for node in ast.walk(ast.parse(file.read_bytes())):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(workbook):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _installed(file: Path) -> bytes:
    content = file.read_bytes()
    return renamed(content.decode(), file.stem).encode() if file.suffix == ".py" else content


def slim_wheel() -> bytes:
    """The wheel, the same bytes on every run."""
    members = dict(modules())
    about = f"{DISTRIBUTION}-{__version__}.dist-info"
    needs = "".join(f"Requires-Dist: {need}\n" for need in NEEDS)
    needs += f"Provides-Extra: {EXTRA}\n"
    needs += "".join(f'Requires-Dist: {need}; extra == "{EXTRA}"\n' for need in BUTTONS_NEED)
    metadata = f"Metadata-Version: 2.1\nName: {DISTRIBUTION}\nVersion: {__version__}\nRequires-Python: >=3.11\n{needs}"
    members |= {f"{about}/METADATA": metadata.encode(), f"{about}/WHEEL": WHEEL.encode()}
    record = "".join(f"{path},sha256={_digest(content)},{len(content)}\n" for path, content in sorted(members.items()))
    return zipped({**members, f"{about}/RECORD": f"{record}{about}/RECORD,,\n".encode()})


def _digest(content: bytes) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()
