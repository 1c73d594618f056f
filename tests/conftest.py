"""How hypothesis searches: briefly by default, long with ENGAGEMENT_THOROUGH=1. And the folder that all processes share."""

import gc
import os
import signal

import pytest
from hypothesis import HealthCheck, settings

from tests import made_once
from tests.engines import pyodide_engine

# What is made in the tests bears one day, in child processes too, so that none of them depends on midnight.
os.environ["SOURCE_DATE_EPOCH"] = "1767225600"

settings.register_profile("brief", max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("thorough", settings.get_profile("brief"), max_examples=1000)
settings.load_profile("thorough" if os.environ.get("ENGAGEMENT_THOROUGH") == "1" else "brief")

# Workbooks that tests keep are millions of objects: to look through them for garbage as often as usual takes a tenth of the time.
gc.set_threshold(100_000, 20, 20)

# Where the tests run in the background, interrupts may be ignored, and every process that they start would inherit that.
signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session", autouse=True)
def _folder_of_all_processes(tmp_path_factory):
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "made-once"
    folder.mkdir(exist_ok=True)
    made_once.FOLDER.append(folder)


def pytest_terminal_summary(terminalreporter):
    """Which Python stood in for that of xlwings Lite."""
    if any("test_in_lite" in report.nodeid for report in terminalreporter.getreports("passed")):
        terminalreporter.write_line(pyodide_engine.described())
