"""Writes the add-in and its settings where Excel and xlwings look for them."""

from __future__ import annotations

from pathlib import PureWindowsPath

from workbook.addin import places
from workbook.addin.machine import Machine

ELSEWHERE = {
    "darwin": "Excel for Mac runs no xlwings UDFs from an add-in; use xlwings Lite there: engagement addin lite -o DIR",
    "linux": "there is no Excel on Linux; build the add-in here (engagement addin build) and install it on Windows",
}


class NotPossibleError(Exception):
    """It cannot be done on this computer; the message says why, or what to do instead."""


def install(machine: Machine, content: bytes) -> list[str]:
    """Write the add-in and its settings; returns the files written. Raises NotPossibleError with the reason."""
    if machine.system != "win32":
        raise NotPossibleError(not_here(machine))
    addin, settings = places.addin_file(machine), places.settings_file(machine)
    interpreter = windowless(machine)
    try:
        text = places.encoded(machine, places.settings(machine, interpreter))
    except UnicodeEncodeError:
        raise NotPossibleError(
            f"VBA cannot read the path {interpreter} or {machine.home} in this system's encoding ({machine.ansi}); "
            "install the calculator into a folder whose name has only letters of the Latin alphabet"
        ) from None
    for path, written in ((settings, text), (addin, content)):
        try:
            machine.write(path, written)
        except PermissionError:
            raise NotPossibleError(f"{path} cannot be written; close Excel and try again") from None
        except OSError as error:
            raise NotPossibleError(f"{path} cannot be written ({error.strerror or error})") from None
    return [addin, settings]


def not_here(machine: Machine) -> str:
    """Why the add-in does not work on this system."""
    return ELSEWHERE.get(machine.system, f"the add-in needs Excel on Windows, this is {machine.system}")


def windowless(machine: Machine) -> str:
    """The Python beside this one that opens no window; this one if there is no such Python."""
    quiet = str(PureWindowsPath(machine.executable).with_name("pythonw.exe"))
    return quiet if machine.exists(quiet) else machine.executable
