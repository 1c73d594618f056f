"""One folder of workbooks for all processes of the tests, so that a workbook is built once."""

import os

import pytest

from tests.write import built_workbooks


@pytest.fixture(scope="session", autouse=True)
def _folder_of_workbooks(tmp_path_factory):
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "built-workbooks"
    folder.mkdir(exist_ok=True)
    built_workbooks.FOLDER.append(folder)
