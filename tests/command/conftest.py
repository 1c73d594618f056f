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
    """Stands in for the builder of workbooks; what it returns can be changed."""
    made = types.ModuleType("workbook.write.build")
    made.build = lambda given, runs=0, edition=None, made_on=None: f"workbook of {given.project.name}".encode()
    made.package = lambda scenarios, runs=0, edition=None, made_on=None: types.SimpleNamespace(
        bytes=lambda: made.build(scenarios[0], runs, edition, made_on), paper=lambda: b"workbook on paper"
    )
    monkeypatch.setitem(sys.modules, "workbook.write.build", made)
    return made


@pytest.fixture
def logs(tmp_path, monkeypatch):
    monkeypatch.setattr(log, "user_folder", lambda: tmp_path / "logs")
    return tmp_path / "logs" / "engagement.log"
