"""A small scenario, and stand-ins for what is slow or belongs to the machine."""

import sys
import types

import pytest

from tests.command.runner import MINIMAL
from workbook.command import log


@pytest.fixture
def minimal(tmp_path):
    path = tmp_path / "checkout.toml"
    path.write_text(MINIMAL, encoding="utf-8")
    return path


@pytest.fixture
def builder(monkeypatch):
    """Stands in for the builder of workbooks and for what it is read by; what it returns can be changed."""
    made, read = types.ModuleType("workbook.write.build"), types.ModuleType("workbook.write.answer")
    made.build = lambda given, runs=0, edition=None, made_on=None: f"workbook of {given.project.name}".encode()
    made.book = lambda scenarios, runs=0, edition=None, made_on=None: scenarios[0]
    made.packed = lambda given: types.SimpleNamespace(
        bytes=lambda: made.build(given), paper=lambda: b"workbook on paper"
    )
    read.reading = lambda given, scenario: given
    read.opening = lambda given, cells: f"What is recommended for {given.project.name}"
    read.answer = lambda given, cells: {"recommendation": given.project.name, "status": "recommended"}
    for module in (made, read):
        monkeypatch.setitem(sys.modules, module.__name__, module)
    return made


@pytest.fixture
def logs(tmp_path, monkeypatch):
    monkeypatch.setattr(log, "user_folder", lambda: tmp_path / "logs")
    return tmp_path / "logs" / "engagement.log"
