"""Python as xlwings Lite has it: Pyodide in Node, or where NumPy for it cannot be had, CPython with exactly Pyodide's versions."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).with_name("pyodide")
INSTALLED = HERE / "node_modules" / "pyodide"
# CPython with the versions of Pyodide.
PYTHON = HERE / ".venv" / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")

MISSING = (
    "install Node, then run: npm ci --prefix tests/engines/pyodide, "
    "python3 -m venv tests/engines/pyodide/.venv, and in it: pip install --require-hashes -r tests/engines/pyodide/requirements.lock"
)


def available() -> bool:
    return shutil.which("node") is not None and INSTALLED.exists() and (has_packages() or PYTHON.exists())


def locked() -> dict:
    """Pyodide's lock file."""
    return json.loads((INSTALLED / "pyodide-lock.json").read_text(encoding="utf-8"))


def has_packages() -> bool:
    """Whether NumPy and the others for Pyodide have been got, as load.mjs --get does."""
    packages = locked()["packages"]
    return all((INSTALLED / packages[name]["file_name"]).exists() for name in ("numpy", "pydantic-core", "orjson"))


def described() -> str:
    """Which of both runs, for whoever reads the output of the tests."""
    version = json.loads((INSTALLED / "package.json").read_text(encoding="utf-8"))["version"]
    if has_packages():
        return f"Lite was tested under Pyodide {version}"
    return f"Lite was tested under CPython with the versions of Pyodide {version}, whose own NumPy is not here"


def run(folder, file) -> str:
    """What a file in a folder prints, run with what Lite has. Raises RuntimeError where it fails."""
    if has_packages():
        return run_without_packages(folder, file, "--with-packages")
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    return _ran([PYTHON, "-B", file], folder, environment)


def run_without_packages(folder, file, *more) -> str:
    """What a file prints under Pyodide, with Python's own modules alone."""
    return _ran(["node", HERE / "load.mjs", folder, file, *more], folder, None)


def _ran(command, folder, environment) -> str:
    ran = subprocess.run(
        list(map(str, command)), capture_output=True, text=True, timeout=600, cwd=folder, env=environment, check=False
    )
    if ran.returncode:
        raise RuntimeError(ran.stderr[-4000:])
    return ran.stdout
