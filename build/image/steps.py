"""Runs the steps of the Dockerfile that install, without Docker: in a folder in place of the image's root.

    python build/image/steps.py

Then it asks the installed command for its version, as the image's entry point would. Needs a network, as the build of
the image does.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[2]
HOME = "/opt/engagement"
BUILD_STAGE = "build"


def instructions(text: str) -> list[tuple[str, str, str]]:
    """Each instruction of a Dockerfile: its stage, its name, and the rest, with continued lines joined."""
    joined = re.sub(r"\\\n\s*", "", "\n".join(line for line in text.splitlines() if not line.startswith("#")))
    found, stage = [], ""
    for line in filter(None, map(str.strip, joined.splitlines())):
        name, _, rest = line.partition(" ")
        if name == "FROM":
            stage = rest.partition(" AS ")[2]
        found.append((stage, name, rest))
    return found


def main() -> None:
    steps = instructions((ROOT / "Dockerfile").read_text(encoding="utf-8"))
    [entry] = [json.loads(rest) for _, name, rest in steps if name == "ENTRYPOINT"]
    with tempfile.TemporaryDirectory() as folder:
        source, home = Path(folder, "source"), Path(folder, "engagement")
        shutil.copytree(
            ROOT, source, ignore=shutil.ignore_patterns(".venv", ".git", ".lock", ".dependencies", "node_modules")
        )
        for stage, name, rest in steps:
            if stage == BUILD_STAGE and name == "RUN":
                command = rest.replace(HOME, str(home)).replace("python -m venv", f"{sys.executable} -m venv")
                print(f"+ {rest}", flush=True)
                subprocess.run(["sh", "-ec", command], cwd=source, check=True)
        shutil.rmtree(source)  # the image holds what was installed, and no source
        subprocess.run([entry[0].replace(HOME, str(home)), *entry[1:], "--version"], cwd=folder, check=True)


if __name__ == "__main__":
    main()
