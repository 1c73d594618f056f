"""The command `engagement`, run in this process or as one of its own, and the scenarios that it is given."""

import os
import subprocess
import sys
from pathlib import Path

from typer.testing import CliRunner

from workbook import command

ROOT = Path(__file__).parents[2]
EXAMPLES = sorted((ROOT / "build" / "examples").glob("*.toml"))
APP_BUILT = ROOT / "build" / "examples" / "ai_built_app.toml"
MINIMAL = '[project]\nname = "Checkout rescue"\nstart = 2026-12-01\n'


def run(*arguments, given=None, **environment):
    """The command in this process, with what it printed."""
    runner = CliRunner(env={"COLUMNS": "80", "NO_COLOR": None} | environment)
    return runner.invoke(command.app, [str(argument) for argument in arguments], input=given, prog_name="engagement")


def process(*arguments, **options):
    """The command as a process of its own."""
    environment = os.environ | {"PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"} | options.pop("env", {})
    line = [sys.executable, "-m", "workbook.command", *map(str, arguments)]
    return subprocess.run(line, capture_output=True, env=environment, timeout=60, **options)
