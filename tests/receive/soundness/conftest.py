"""A sound workbook for every test of the rules."""

import pytest

from tests.receive.soundness.smallest_workbook import Book


@pytest.fixture
def book():
    return Book()
