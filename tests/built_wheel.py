"""The wheel of this checkout, built by pip without a network, and once for all tests."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import calc
from tests import made_once

ROOT = Path(__file__).parents[1]


def wheel() -> Path:
    return made_once.file_of(f"engagement_calculator-{calc.__version__}-py3-none-any.whl", built)


def built() -> bytes:
    """Its bytes, built anew."""
    with tempfile.TemporaryDirectory() as folder:
        ran(sys.executable, "-m", "pip", "wheel", "-q", "--no-build-isolation", "--no-deps", "-w", folder, ROOT)
        [made] = Path(folder).glob("*.whl")
        return made.read_bytes()


def both() -> dict[str, bytes]:
    """Name -> bytes of what the build itself makes, which pip keeps one of."""
    with tempfile.TemporaryDirectory() as folder:
        build = "import sys; from hatchling.build import build_wheel; build_wheel(sys.argv[1])"
        ran(sys.executable, "-c", build, folder, cwd=ROOT)
        return {made.name: made.read_bytes() for made in Path(folder).glob("*.whl")}


def ran(*line, cwd=None, **environment):
    """What a command prints, in an environment without the settings of this Python."""
    cleared = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    done = subprocess.run(
        list(map(str, line)), cwd=cwd, env=cleared | environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout
