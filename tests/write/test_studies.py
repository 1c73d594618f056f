"""The one-off results beside the workbook's cells: their rows, and nothing where no studies were run."""

import tomllib
from pathlib import Path

import numpy as np
import pytest

from calc.model import model_for
from calc.results import results
from calc.scenario import scenario
from calc.sensitivity import figures_replaced, moved_by_public_data
from workbook.write.once.studies import ASKED, SETS, Studies, cell

EXAMPLES = Path(__file__).parents[2] / "build" / "examples"
SYSTEMIC = {"bounded": "yes", "leadership": "yes"}


@pytest.fixture(scope="module")
def scenarios():
    texts = [(EXAMPLES / f"{name}.toml").read_text(encoding="utf-8") for name in ("ai_feature", "regulated_product")]
    open_one = {"project": {"name": "Open", "start": "2026-12-01"}, "answers": SYSTEMIC}
    empty = {"project": {"name": "Empty form", "start": "2026-12-01"}}
    return [scenario(plain) for plain in [*map(tomllib.loads, texts), open_one, empty]]


@pytest.fixture(scope="module")
def studies(scenarios):
    return Studies(model_for(), scenarios, trials=16)


def test_the_searches_are_those_of_the_results(scenarios, studies):
    for number, result in enumerate(results(scenarios, trials=0)):
        choice, paths = result["recommendation"], result["paths"]
        assert len(studies.must_be_true[number]) == len(paths)
        for (label, *sets, factor), path in zip(studies.must_be_true[number], paths.values(), strict=True):
            assert label == path["label"]
            assert len(sets) == SETS
            assert [one.count(": ") for one in sets if one] == [len(one) for one in path["must_be_true"]]
            assert np.isnan(factor) if path["price_factor"] is None else factor == path["price_factor"]
        swings = [one["swing"] for one in choice["ask"] if one["swing"] > 0]
        assert [swing for _, swing in studies.asked[number]] == swings[:ASKED]
        holds = studies.holds[number]
        assert np.isnan(holds) if choice["holds"] is None else holds == choice["holds"]
        found = choice["finding_out"]
        wanted = [(found["chance"], found["worth"], found["audit_price"], found["pilot_price"])] if found else []
        assert [(*row[:2], *row[4:]) for row in studies.finding_out[number]] == wanted
    assert studies.finding_out[2]
    assert not studies.finding_out[3]


def test_every_row_holds_texts_and_numbers_that_a_cell_can_hold(studies):
    for rows in (*studies.must_be_true, *studies.asked, *studies.finding_out):
        assert all(isinstance(value, str | float) for row in rows for value in row)
    assert cell(studies.asked, 0, 0, "").dtype == object
    assert np.isnan(cell(studies.finding_out, 0, 0, np.nan)[3])


def test_what_figures_move_together_stands_beside_the_first_of_them(scenarios, studies):
    for given, rows in zip(scenarios, studies.public_data, strict=True):
        figures = [
            (moved, at) for moved in moved_by_public_data(model_for(), given) for at in range(len(moved.replaced))
        ]
        assert len(rows) == len(figures) == sum(len(names) for _, _, names in figures_replaced())
        for (moved, at), (now, instead, recommended, path, by, lines, then) in zip(figures, rows, strict=True):
            assert (now, instead) == (moved.replaced[at].now, moved.replaced[at].instead)
            assert np.isnan(by) if at else by == moved.by
            assert np.isnan(recommended) if at or moved.recommended is None else recommended == moved.recommended
            assert (path == "together with the row above") == (at > 0)
            assert at or (lines == "") == (not moved.lines)
            assert at or then


def test_without_studies_nothing_is_searched(scenarios):
    none = Studies(model_for(), scenarios, trials=0)
    assert (
        none.must_be_true == none.asked == none.finding_out == none.answers == none.public_data == [[]] * len(scenarios)
    )
    assert np.isnan(none.holds).all()
