"""The places where Excel and xlwings look on Windows, and the user's settings of the add-in.

XLSTART is opened whenever Excel starts, and is one of its trusted locations. The settings are a file in the user's
profile, a line "name","value" for each, which the add-in's VBA reads.
"""

from __future__ import annotations

from pathlib import PureWindowsPath

from workbook.addin.machine import Machine
from workbook.addin.names import FILE, NAME

INTERPRETER, MODULE_PATH = "INTERPRETER_WIN", "PYTHONPATH"
PROFILE = "USERPROFILE"


def addin_file(machine: Machine) -> str:
    """The path of the installed add-in."""
    return str(PureWindowsPath(machine.environment["APPDATA"], "Microsoft", "Excel", "XLSTART", FILE))


def settings_file(machine: Machine) -> str:
    """The path where the add-in's VBA looks for the user's settings."""
    return str(PureWindowsPath(machine.environment[PROFILE], f".{NAME}", f"{NAME}.conf"))


def settings(machine: Machine, interpreter: str) -> dict[str, str]:
    """The settings for a Python: its path, and the folder that this package is imported from.

    The module path is never empty: xlwings would then use the current folder of Excel.
    """
    return {INTERPRETER: interpreter, MODULE_PATH: machine.home}


def encoded(machine: Machine, values: dict[str, str]) -> bytes:
    """The settings as the file's content. Raises UnicodeEncodeError for a path that VBA could not read.

    Paths in the user's profile begin with %USERPROFILE%, so that a user name in another script does no harm.
    """
    lines = (f'"{name}","{_short(machine, value)}"\r\n' for name, value in values.items())
    return "".join(lines).encode(machine.ansi)


def decoded(machine: Machine, content: bytes) -> dict[str, str]:
    """The settings in a file's content, with the profile's folder filled in."""
    values = {}
    for line in content.decode(machine.ansi, "replace").splitlines():
        name, _, value = line.partition(",")
        full = value.strip().strip('"').replace(f"%{PROFILE}%", machine.environment.get(PROFILE, ""))
        values[name.strip().strip('"').upper()] = full
    return values


def _short(machine: Machine, path: str) -> str:
    profile = machine.environment.get(PROFILE, "")
    if profile and path.lower().startswith(profile.lower() + "\\"):
        return f"%{PROFILE}%{path[len(profile) :]}"
    return path
