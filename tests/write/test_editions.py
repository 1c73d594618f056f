"""The two editions: the light one shows the figures of the full one without its trials, and says when they are old."""

import io

import numpy as np
import openpyxl
import pytest

from calc.scenario import from_text, normal_form, scenario
from calc.sentences.questions import NOT_COMPUTED
from tests.command.runner import ROOT
from workbook.receive.checking import check
from workbook.receive.reading import read
from workbook.receive.soundness import broken
from workbook.write.build import book, build
from workbook.write.edition import Edition
from workbook.write.sheets import simulation

EXAMPLES = sorted((ROOT / "build" / "examples").glob("*.toml"))
GIVEN = from_text(EXAMPLES[0].read_text(encoding="utf-8"), EXAMPLES[0].name)


def finished(given, edition):
    made = book([given], 0, edition=edition)
    made.finish()
    return made


@pytest.fixture(scope="module")
def light(tmp_path_factory):
    path = tmp_path_factory.mktemp("editions") / "light.xlsx"
    path.write_bytes(build(GIVEN, 0, Edition.light))
    return path


def test_the_light_edition_shows_every_value_of_the_full_one():
    full, light = (finished(GIVEN, edition) for edition in Edition)
    assert set(full.sheets) - set(light.sheets) == {"Trials", "Evidence", "Actuals", "Tracking", "Forecast"}
    same = [name for name in light.sheets if name not in ("About", "Start", "Checks", simulation.NAME)]
    for name in same:
        for place, cell in light.sheets[name].cells.items():
            other = full.sheets[name].cells.get(place)
            if other is not None:  # a sentence on ranges that were run once stands beside the one that is shown
                assert str(cell.value) == str(other.value), (name, place)
    rows = range(simulation.TOP + 2, simulation.TOP + 2 + len(full.structure.paths))
    for place in ((row, column) for row in rows for column in range(simulation.CASE, simulation.BUDGET + 1)):
        kept, live = (made.sheets[simulation.NAME].cells[place] for made in (light, full))
        assert kept.formula is None
        assert live.formula is not None
        assert kept.value[0] == np.nan_to_num(live.value), place  # without a budget there is no chance of exceeding it


def test_a_light_workbook_is_sound_small_and_says_what_it_is(light):
    assert [str(breach) for breach in broken(light)] == []
    assert light.stat().st_size < 550_000
    loaded = openpyxl.load_workbook(light)
    about = {row[0].value: row[1].value for row in loaded["About"].iter_rows(max_col=2)}
    assert about["Edition"] == "light"
    assert "Trials" not in loaded.sheetnames


def test_the_template_of_a_light_workbook_is_its_own():
    def template(edition):
        cells = finished(GIVEN, edition).sheets["About"].cells
        return next(cells[row, 2].value for (row, _), cell in cells.items() if str(cell.value) == "Template")

    assert template(Edition.light) != template(Edition.full)


def test_a_light_workbook_is_read_and_checked_like_a_full_one(light):
    assert normal_form(read(light).scenario) == normal_form(GIVEN)
    report = check(str(light))
    assert (report.findings, report.notes) == ([], [])


def test_ranges_that_a_light_workbook_has_kept_are_marked_as_out_of_date(light, tmp_path):
    changed = openpyxl.load_workbook(light)
    [(sheet, place)] = changed.defined_names["in_horizon_months"].destinations
    changed[sheet][place] = 18
    changed.save(tmp_path / "changed.xlsx")
    kinds = {
        finding.kind for finding in check(str(tmp_path / "changed.xlsx")).findings if finding.sheet == "Simulation"
    }
    assert kinds <= {"stale"}  # its values are those of before, as everywhere until a program calculates them anew
    now = GIVEN.model_copy(update={"project": GIVEN.project.model_copy(update={"horizon_months": 18})})
    made = book([now], 0, originals=[GIVEN], edition=Edition.light)
    made.finish()
    state = made.sheets[simulation.NAME].cells[simulation.TOP - 3, simulation.STATE]
    assert str(state.value).startswith("Out of date")
    [alert] = [made.sheets[sheet].cells[row, column] for sheet, row, column in [made.names["board_out_of_date"]]]
    assert str(alert.value).startswith("Out of date")
    then = finished(GIVEN, Edition.light).sheets[simulation.NAME].cells
    place = simulation.TOP + 2, simulation.P10
    assert made.sheets[simulation.NAME].cells[place].value[0] == then[place].value[0]


def test_what_a_batch_leaves_out_says_so(light):
    cells = openpyxl.load_workbook(io.BytesIO(light.read_bytes()), data_only=True)["Sensitivity"]
    said = [cell.value for row in cells.iter_rows() for cell in row if isinstance(cell.value, str)]
    assert NOT_COMPUTED in said


def test_a_light_workbook_of_a_scenario_with_nothing_answered_is_sound():
    empty = scenario({"project": {"name": "Empty", "start": "2026-12-01"}})
    assert [str(breach) for breach in broken(build(empty, 0, Edition.light))] == []
