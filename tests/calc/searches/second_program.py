"""The second program as judge of searches: what it recommends, with the costs kept for answers that cannot change them."""

from functools import cache

from calc.facts import facts
from tests.reference import decision, model

# The questions by which the definition of the costs goes (model.md).
IN_COSTS = ("unknown_cause", "shifting", "ai_generated", "from_scratch", "architecture", "one_off", "contained")


class Judge:
    """What the second program decides for one plain scenario when its answers change."""

    def __init__(self, plain):
        self.plain, self.known = plain, facts()
        self.costs = cache(lambda *answers: model.costs(self.with_answers(dict(answers)), self.known))

    def with_answers(self, changed):
        return self.plain | {"answers": self.plain.get("answers", {}) | changed}

    def decided(self, changed):
        """The whole decision with some answers changed."""
        costs = self.costs(*((question, changed[question]) for question in IN_COSTS if question in changed))
        return decision.decide(self.with_answers(changed), self.known, costs)

    def path(self, changed):
        return self.decided(changed)["recommendation"]["path"]

    def given(self, question):
        return self.plain.get("answers", {}).get(question, "unknown")

    def choices(self, question):
        """The answers that a change may give: both where it is open, else the opposite."""
        return {"unknown": ("yes", "no"), "yes": ("no",), "no": ("yes",)}[self.given(question)]
