"""The sheet Sequences: what `design` shows, and only where the one-off studies were run."""

from functools import cache

from calc.scenario import from_text
from calc.sequences import design, or_better, search
from tests.command.runner import APP_BUILT
from workbook.write.build import book
from workbook.write.sheets import sequences


@cache
def given(text=""):
    return from_text(
        APP_BUILT.read_text(encoding="utf-8").replace("horizon_months = 12", text or "horizon_months = 12"), ""
    )


@cache
def finished(changed=False):
    now = given("horizon_months = 13") if changed else given()
    made = book([now], 16, originals=[given()])
    made.finish()
    return made


def cell(made, sheet, row, column):
    value = made.sheets[sheet].cells[row, column].value
    return value[0] if getattr(value, "ndim", 0) else value


def test_the_sheet_shows_the_frontier_that_design_shows():
    shown = design(given())["frontier"]
    for at, one in enumerate(shown):
        row = sequences.TOP + at
        assert cell(finished(), "Sequences", row, 1) == one["name"]
        assert cell(finished(), "Sequences", row, 9) == one["same_scope"]
        assert cell(finished(), "Sequences", row, 10) == one["saves"]
    assert cell(finished(), "Sequences", sequences.TOP + len(shown), 1) == ""


def test_summary_says_the_one_line_and_that_it_is_out_of_date_once_the_inputs_have_changed():
    def said(made):
        return {str(cell(made, "Summary", *place)) for place in made.sheets["Summary"].cells}

    assert or_better(search(given()), "USD") in said(finished())
    assert or_better(search(given()), "USD") not in said(finished(changed=True))
    assert "Out of date: build the workbook again." in said(finished(changed=True))


def test_there_is_no_such_sheet_where_no_studies_were_run():
    assert "Sequences" in finished().sheets
    assert "Sequences" not in book([given()], 0).sheets
