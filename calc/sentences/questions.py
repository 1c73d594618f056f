"""What is said beside the questions: how many are open, and which to answer first.

changed: inputs that differ from those of the one-off results; trials: of these results, 0 where nothing was computed.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from calc.text.live import formatted, joined

OUT_OF_DATE = "Out of date: build the workbook again."
NOT_COMPUTED = "Not computed: build the workbook with its studies."


def open_of_group(label: str) -> Callable:
    """How many questions of the group with this label are open."""

    def said(open_in_group, asked_in_group):
        """How many of its questions are open."""
        some = joined(label, ": ", formatted(open_in_group, "0"), " of ", formatted(asked_in_group, "0"), " open")
        return np.where(open_in_group == 0, f"{label}: all answered", some)

    return said


def open_of_all(open_questions, asked_questions):
    """How many of all questions are open."""
    some = joined(formatted(open_questions, "0"), " of ", formatted(asked_questions, "0"), " questions are open.")
    return np.where(open_questions == 0, "Every question is answered.", some)


def open_and_first(open_of_all, ask_first_line):
    """How many questions are open, and which to answer first."""
    return joined(open_of_all, " ", ask_first_line)


def while_it_holds(said, changed, trials):
    """A sentence of what was computed once, or in its place that the inputs have changed since."""
    return np.where(changed > 0, OUT_OF_DATE, np.where(trials > 0, joined(said, ""), NOT_COMPUTED))


def outdated(said, changed):
    """A sentence of what was surely computed, or in its place that the inputs have changed since."""
    return np.where(changed > 0, OUT_OF_DATE, joined(said, ""))


def only_while_it_holds(said, changed):
    """The same where one sentence nearby says already that it is out of date: empty then."""
    return np.where(changed > 0, "", joined(said, ""))


def only_if_computed(said, changed, trials):
    """A sentence of what was computed once where one nearby says already that it was not, or is out of date: empty then."""
    return np.where((trials > 0) * (changed == 0) > 0, joined(said, ""), "")


def why_empty(changed, trials):
    """Why sentences of what was computed once are left out; empty where they are not."""
    return np.where(changed > 0, OUT_OF_DATE, np.where(trials > 0, "", NOT_COMPUTED))


def in_a_list(line, said, why):
    """A sentence of a list that was computed once, or why it is left out, in the first line alone. why: the text above."""
    return np.where(why == "", joined(said, ""), np.where(line == 1, why, ""))
