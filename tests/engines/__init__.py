"""Programs that are not ours and judge our workbooks: other spreadsheets and the Open XML SDK's validator.

Each module has `available()`, and `MISSING`: what to install where it is not. `OPTIONAL` is one that nobody has to have.
"""

import os

import pytest


def need(engine):
    """Skip the test where the engine is not installed, or fail it where nothing may be skipped; an optional one may."""
    if engine.available():
        return
    reason = f"{engine.__name__.rpartition('.')[2]} is missing: {engine.MISSING}"
    if os.environ.get("ENGAGEMENT_NO_SKIPS") == "1" and not getattr(engine, "OPTIONAL", False):
        pytest.fail(reason, pytrace=False)
    pytest.skip(reason)
