"""The computer as the installer and the doctor see it, so that both can be tested without Windows."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path, PureWindowsPath
from typing import Any, Protocol

from workbook.addin.names import ALL_UDFS
from workbook.files.confined import ROOT

# The doctor's questions to the Python that Excel would start.
QUESTIONS = f"""
import json, struct, sys
answer = dict(version=list(sys.version_info[:3]), bits=struct.calcsize("P") * 8, prefix=sys.prefix, faults=[])
for module in ("win32com.client", "xlwings", "{ALL_UDFS}"):
    try:
        __import__(module)
    except Exception as error:
        answer["faults"].append(f"{{module}}: {{type(error).__name__}}: {{error}}")
answer["xlwings"] = getattr(sys.modules.get("xlwings"), "__version__", None)
print(json.dumps(answer))
"""
PATIENCE = 60


class Machine(Protocol):
    """system: as in sys.platform; executable: this Python; home: the folder that this package is imported from; ansi: the
    encoding in which VBA reads text files.
    """

    system: str
    executable: str
    home: str
    ansi: str
    environment: Mapping[str, str]

    def exists(self, path: str) -> bool: ...

    def read(self, path: str) -> bytes | None:
        """The content of a file, or of a stream like `file:Zone.Identifier`; None if it does not exist."""

    def write(self, path: str, content: bytes) -> None:
        """Write a file; a missing folder is created."""

    def registry(self, key: str) -> Mapping[str, object]:
        """The values of a key like HKCU\\Software\\X by their names; empty if it does not exist."""

    def asked(self, python: str, path: str) -> dict[str, Any] | str:
        """The answer of that Python to the questions, with path on its module path; or why there is none."""


class ThisMachine:
    """The computer that this runs on."""

    def __init__(self) -> None:
        self.system = sys.platform
        self.environment: Mapping[str, str] = os.environ
        self.executable, self.home = sys.executable, str(ROOT)
        self.ansi = "mbcs" if sys.platform == "win32" else "utf-8"

    def exists(self, path: str) -> bool:
        return Path(path).exists()

    def read(self, path: str) -> bytes | None:
        try:
            with open(path, "rb") as file:  # noqa: PTH123  pathlib would take a stream's colon for a drive
                return file.read()
        except OSError:
            return None

    def write(self, path: str, content: bytes) -> None:
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        Path(path).write_bytes(content)

    def registry(self, key: str) -> Mapping[str, object]:
        if sys.platform != "win32":
            return {}
        import winreg

        hives = {"HKCU": winreg.HKEY_CURRENT_USER, "HKLM": winreg.HKEY_LOCAL_MACHINE}
        hive, _, path = key.partition("\\")
        try:
            # 64-bit Windows shows 32-bit programs another view of the registry; the 64-bit view is the one that counts.
            with winreg.OpenKey(hives[hive], path, 0, winreg.KEY_READ | winreg.KEY_WOW64_64KEY) as opened:
                values = (winreg.EnumValue(opened, at) for at in range(winreg.QueryInfoKey(opened)[1]))
                return {name.lower(): value for name, value, _ in values}
        except OSError:
            return {}

    def asked(self, python: str, path: str) -> dict[str, Any] | str:
        # pythonw.exe has no output to read; python.exe beside it is the same interpreter.
        quiet = PureWindowsPath(python)
        speaking = str(quiet.with_name("python.exe")) if quiet.name.lower() == "pythonw.exe" else python
        environment = {**self.environment, "PYTHONPATH": path}
        try:
            run = subprocess.run(
                [speaking, "-B", "-c", QUESTIONS],
                capture_output=True,
                text=True,
                timeout=PATIENCE,
                check=False,
                env=environment,
            )
            return json.loads(run.stdout.strip().splitlines()[-1])
        except (OSError, subprocess.SubprocessError, ValueError, IndexError) as error:
            return f"{type(error).__name__}: {error}"
