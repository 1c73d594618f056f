"""Hatch's hook for a wheel: `calc`, `workbook` and the package for Python programs, all inside `engagement_calculator`."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from types import ModuleType
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

FACE = Path("workbook", "python", "engagement_calculator")
NEVER = shutil.ignore_patterns("__pycache__", "*.pyc", "*~", "~$*", ".~lock.*")


class OnePrivateName(BuildHookInterface):
    """Places a copy of the source whose imports name the private package. An editable install uses the source as it is."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if version == "editable":
            return
        root = Path(self.root)
        self._copy = Path(tempfile.mkdtemp())
        rewriting = _module(root / "workbook" / "files" / "renamed_imports.py")
        inside = self._copy / rewriting.PRIVATE
        shutil.copytree(root / FACE, inside, ignore=NEVER)
        for package in rewriting.PACKAGES:
            shutil.copytree(root / package, inside / package, ignore=NEVER)
        shutil.rmtree(inside / FACE.parent)
        files = {
            ".".join(file.relative_to(inside).with_suffix("").parts).removesuffix(".__init__"): file
            for file in sorted(inside.rglob("*.py"))
        }
        known = [name for name in files if "." in name]
        for name, file in files.items():
            file.write_bytes(rewriting.renamed(file.read_bytes().decode(), name, known).encode())
        self._bring_the_addin(root, inside)
        self._make_layouts()
        build_data["force_include"][str(inside)] = rewriting.PRIVATE

    def _bring_the_addin(self, root: Path, inside: Path) -> None:
        """Build the Excel add-in into the wheel, so that its users need nothing to build it with."""
        command = ["-m", "workbook.addin.shipped", str(inside / "workbook" / "addin")]
        run = _python(command, root, root / FACE.parent)
        if run.returncode:
            why = (run.stderr.strip().splitlines() or ["no reason given"])[-1]
            self.app.display_warning(
                f"The wheel comes without the Excel add-in, which its users then build by themselves: {why}. To bring it along, "
                "build in the environment of make: .venv/bin/python -m pip wheel --no-build-isolation --no-deps -w dist ."
            )

    def _make_layouts(self) -> None:
        """The layouts of workbooks, made by the copy itself: they are found by the hash of exactly these files."""
        made = _python(["-c", "from engagement_calculator.workbook.write.build import ship; ship()"], self._copy)
        if made.returncode:
            raise RuntimeError(f"the layouts of workbooks could not be made: {made.stderr}")

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        if version != "editable":
            self._write_slim_wheel(Path(artifact_path).parent)
            shutil.rmtree(self._copy)

    def _write_slim_wheel(self, folder: Path) -> None:
        """The wheel that xlwings Lite installs, of the same source, beside the whole one; pip keeps only that."""
        program = (
            "import sys; from pathlib import Path; "
            "from engagement_calculator.workbook.addin.slim_wheel import slim_wheel, wheel_name; "
            "Path(sys.argv[1], wheel_name()).write_bytes(slim_wheel())"
        )
        written = _python(["-c", program, str(folder)], self._copy)
        if written.returncode:
            raise RuntimeError(f"the wheel for xlwings Lite could not be made: {written.stderr}")


def _python(arguments: list[str], *places: Path) -> subprocess.CompletedProcess[str]:
    """Run Python in the first of `places` with all of them before what this process can import: pip keeps what a build needs
    in a folder of its own, which a new process of the same Python does not see.
    """
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    environment["PYTHONPATH"] = os.pathsep.join([str(place) for place in (*places, *filter(None, sys.path))])
    command = [sys.executable, "-B", *arguments]
    return subprocess.run(command, env=environment, cwd=places[0], capture_output=True, text=True, check=False)


def _module(file: Path) -> ModuleType:
    """A module of the source by its file: building needs none of what the program needs."""
    spec = importlib.util.spec_from_file_location(file.stem, file)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
