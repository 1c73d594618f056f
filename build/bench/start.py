"""How long people wait for the command, from help to the check of a workbook. Ends with 1 where a limit is passed.

    python build/bench/start.py [--runs N]

Processor time of whole processes, with the interpreter's own start and end and with the processes that they start, as multiples
of what a bare process takes on the same machine in the same run that only imports the libraries underneath. So neither a
slow machine nor a busy one passes or misses a limit. Each figure is the least of all runs, taken in turns.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import tomllib
import zipfile
from pathlib import Path

from figures import noted

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "build" / "examples" / "regulated_product.toml"
# The sheet Inputs is the third; a check that finds something ends with 5.
INPUTS, DIFFERS = "xl/worksheets/sheet3.xml", 5
BARE = "import numpy, openpyxl, pydantic"
# So many times as long as the bare process the command may take, a fifth more than it took at most. For comparison: with
# 0.2 s for that, help answers after 0.1 s, and a workbook is there after 0.7 s, with all its studies after 1.3 s, read after
# 0.6 s, and checked after 1.5 s, or 3.5 s where an input was changed, since every cell is read and the values then and now are
# compared.
LIMITS = {
    "--help": 0.65,
    "calc": 4.4,
    "build --no-studies": 4.6,
    "build": 8.0,
    "read": 4.1,
    "check": 10.3,
    "check of a changed one": 21.0,
}
COMMAND = "import sys; from workbook.command import main; sys.argv[0] = 'engagement'; main()"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=5)
    runs = parser.parse_args().runs
    with tempfile.TemporaryDirectory() as folder:
        # The first run of each makes byte code and layouts, as with a new version; what counts is every other.
        os.environ |= {"XDG_CACHE_HOME": folder, "PYTHONDONTWRITEBYTECODE": ""}
        lines = {
            "bare": (BARE,),
            "--help": (COMMAND, "--help"),
            "calc": (COMMAND, "calc", str(EXAMPLE)),
            "build": (COMMAND, "build", str(EXAMPLE), "-o", str(made := Path(folder) / "out.xlsx")),
            "build --no-studies": (
                COMMAND,
                "build",
                str(EXAMPLE),
                "-o",
                str(Path(folder) / "bare.xlsx"),
                "--no-studies",
            ),
            "read": (COMMAND, "read", str(made)),
            "check": (COMMAND, "check", str(made)),
            "check of a changed one": (COMMAND, "check", str(edited := Path(folder) / "edited.xlsx")),
        }
        for name, line in lines.items():
            seconds(*line)  # once for nothing, so that byte code and disk caches are there
            if name == "build":
                edit(made, edited)
        taken = {name: [] for name in lines}
        for _ in range(runs):
            for name, line in lines.items():
                taken[name].append(seconds(*line))
    least = {name: min(found) for name, found in taken.items()}
    print(f"processor time, least of {runs}; a bare process ({BARE}): {least['bare']:.3f} s")
    print(f"{'engagement':24} {'seconds':>8} {'x bare':>8} {'limit':>8}")
    missed = 0
    for name, limit in LIMITS.items():
        ratio = least[name] / least["bare"]
        missed += ratio > limit
        noted(**{f"command: s, {name}": least[name], f"command: times bare, {name}": ratio})
        late = "  TOO SLOW" if ratio > limit else ""
        print(f"{name:24} {least[name]:8.3f} {ratio:8.1f} {limit:8.1f}{late}")
    return 1 if missed else 0


def edit(workbook: Path, edited: Path) -> None:
    """The workbook as somebody saved it who typed another horizon; the cells that follow from it have their old values."""
    horizon = tomllib.loads(EXAMPLE.read_text(encoding="utf-8"))["project"]["horizon_months"]
    old, new = (f"<v>{months}</v>".encode() for months in (horizon, horizon - 1))
    with zipfile.ZipFile(workbook) as made, zipfile.ZipFile(edited, "w", zipfile.ZIP_DEFLATED) as saved:
        for name in made.namelist():
            content = made.read(name)
            if name == INPUTS:
                assert old in content
                content = content.replace(old, new, 1)
            saved.writestr(name, content)


def seconds(program: str, *arguments: str) -> float:
    """Processor time of one process that runs the program with these arguments, which must end well."""
    # The command spares itself idle threads for linear algebra; what it is compared with has none either.
    environment = os.environ | {"PYTHONPATH": str(ROOT), "OPENBLAS_NUM_THREADS": "1"}
    line = [sys.executable, "-c", program, *arguments]
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    ended = subprocess.run(line, capture_output=True, env=environment, text=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if ended.returncode not in (0, DIFFERS):
        sys.exit(f"{' '.join(line)} ended with {ended.returncode}: {ended.stderr}")
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime


if __name__ == "__main__":
    sys.exit(main())
