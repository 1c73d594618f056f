"""The second program as judge of searches: what it recommends once answers change."""

from tests.definition.answers import answer
from tests.definition.open_answers import Recommended, turned_answers
from tests.definition.table import FACTS


class Judge:
    """What the second program recommends for one plain scenario when its answers change."""

    def __init__(self, plain):
        self.plain = plain
        self.path = Recommended(plain, FACTS)

    def costs(self, changed):
        return self.path.costs_with(changed)

    def given(self, question):
        return answer(self.plain, question)

    def choices(self, question):
        """The answers that a change may give: both where it is open, else the opposite."""
        return turned_answers(self.plain, question)
