"""The workbook that a check compares with is built once."""

import pytest

from tests.receive.checking.sent_out import _expected


@pytest.fixture(autouse=True)
def built_once(monkeypatch):
    """The expected workbook of the same inputs is built once for all tests."""

    def remembered(now, then, runs, shown, edition, made_on):
        return _expected(now.model_dump_json(), then.model_dump_json(), runs, tuple(shown.items()), edition, made_on)

    monkeypatch.setattr("workbook.receive.checking.inspection.expected", remembered)
