"""Gnumeric as another program that saves workbooks, by its converter."""

import shutil
import subprocess

MISSING = "install Gnumeric (Debian: gnumeric)"


def available() -> bool:
    return shutil.which("ssconvert") is not None


def saved(path, target, timeout=300):
    """The workbook as Gnumeric saves it, in the format that the target's ending names."""
    subprocess.run(["ssconvert", path, target], check=True, capture_output=True, timeout=timeout)
    return target
