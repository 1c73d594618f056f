"""The UDFs as Excel calls them: by xlwings' own desktop code, unmodified, with stand-ins for what it needs of Windows."""

import ctypes
import datetime
import importlib
import inspect
import math
import random
import re
import sys
from decimal import Decimal
from pathlib import Path
from types import ModuleType, SimpleNamespace

import numpy as np
import pytest

from calc import catalogue
from calc.break_even import break_even
from calc.model import DAY_ZERO, model_for
from calc.quantities.lines import LINES
from calc.quantity import QUANTITIES
from calc.results import results
from calc.scenario import from_text, normal_form
from calc.simulation import RANDOM_TRIALS, SEED, simulate
from calc.udfs import field_names, words
from calc.udfs.cells import FIRST_ERROR
from calc.udfs.scenarios import scenarios_in
from calc.udfs.table import Table

EXAMPLES = sorted((Path(__file__).parents[2] / "build" / "examples").glob("*.toml"))
MISSING, NOT_AVAILABLE, DIVISION = -2147352572, -2146826246, -2146826281
PYWIN32 = (
    "pythoncom", "pywintypes", "win32api", "win32con", "win32gui", "win32process", "win32timezone", "win32event",
    "win32com", "win32com.client", "win32com.server", "win32com.server.dispatcher", "win32com.server.policy",
    "win32com.server.util", "win32com.server.exception",
)  # fmt: skip


class StandIn(ModuleType):
    """A module of pywin32: whatever is asked of it is there, and does nothing."""

    __file__ = ""
    __path__ = ()

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        made = type(name, (Exception,), {}) if name.endswith(("error", "Class")) else lambda *given, **named: None
        setattr(self, name, made)
        return made


class Area:
    """A range as COM hands it over: its `Value` is a tuple of rows, or the bare value of a single cell."""

    _oleobj_ = SimpleNamespace(GetTypeInfo=lambda: SimpleNamespace(GetTypeAttr=lambda: SimpleNamespace(iid="range")))
    Row = Column = 1

    def __init__(self, cells):
        rows = tuple(tuple(row) for row in cells)
        self.Value = rows[0][0] if len(rows) == len(rows[0]) == 1 else rows
        self.Rows, self.Columns = SimpleNamespace(Count=len(rows)), SimpleNamespace(Count=len(rows[0]))
        workbook = SimpleNamespace(Application=SimpleNamespace(Hwnd=1))
        self.Worksheet = SimpleNamespace(Parent=workbook, Name="Sheet1")


class Excel:
    """What stands behind a cell with a UDF: xlwings' server, called as the VBA wrapper calls it."""

    def __init__(self, server, udfs, module):
        self.server, self.udfs, self.module = server, udfs, module

    def __call__(self, name, *arguments):
        """The cells that a formula with these arguments shows: rows of values, a list for a range, None for omitted."""
        given = tuple(self._argument(each) for each in arguments)
        given += (MISSING,) * (len(inspect.signature(getattr(self.module, name)).parameters) - len(given))
        found = self.server.CallUDF("calc.udfs", name, given, None, Area([[None]]))
        if not isinstance(found, list):
            return [[found]]
        return found if found and isinstance(found[0], list) else [found]

    @staticmethod
    def _argument(value):
        if value is None:
            return MISSING
        return Area(value) if isinstance(value, list) else value


@pytest.fixture(scope="module")
def excel():
    """xlwings as on Windows; taken away again afterwards, with every module that saw it."""
    before = dict(sys.modules)
    for name in [name for name in before if name.partition(".")[0] == "xlwings" or name.startswith("calc.udfs")]:
        del sys.modules[name]
    for name in PYWIN32:
        sys.modules[name] = StandIn(name)
        parent, _, child = name.rpartition(".")
        if parent:
            setattr(sys.modules[parent], child, sys.modules[name])
    sys.modules["pywintypes"].TimeType = datetime.datetime
    sys.modules["pywintypes"].IID = lambda text: "range" if text.startswith("{00020846") else text
    sys.modules["win32process"].GetWindowThreadProcessId = lambda window: (0, 1)
    sys.modules["pythoncom"].TypeIIDs = {None: object()}
    sys.modules["pythoncom"].IID_IDispatch = None
    sys.modules["win32com.server.util"].unwrap = lambda value: SimpleNamespace(obj=value)
    sys.modules["win32timezone"].TimeZoneInfo = SimpleNamespace(utc=lambda: datetime.UTC)
    library = SimpleNamespace(PyCom_PyObjectFromIUnknown=SimpleNamespace(restype=None))
    com = SimpleNamespace(ole32=SimpleNamespace(CLSIDFromString=lambda *given: 0))
    patch = pytest.MonkeyPatch()
    patch.setattr(ctypes, "oledll", com, raising=False)
    patch.setattr(ctypes, "windll", com, raising=False)
    patch.setattr(ctypes, "PyDLL", lambda name: library)
    import xlwings

    windows = importlib.import_module("xlwings._xlwindows")
    server = importlib.import_module("xlwings.com_server")
    udfs = importlib.import_module("xlwings.udfs")
    # What xlwings itself does on Windows.
    xlwings.engines.add(xlwings.Engine(impl=windows.engine))
    xlwings._xlwindows = windows
    xlwings.func, xlwings.arg, xlwings.ret = udfs.xlfunc, udfs.xlarg, udfs.xlret
    module = importlib.import_module("calc.udfs")
    yield Excel(server.XLPython(), udfs, module)
    server.loop.close()
    patch.undo()
    for name in set(sys.modules) - set(before):
        del sys.modules[name]
    sys.modules.update(before)
    sys.modules["calc"].udfs = before["calc.udfs"]


@pytest.fixture(scope="module")
def functions(excel):
    return excel.module.FUNCTIONS


def scenario_at(path):
    return from_text(path.read_text(encoding="utf-8"), path.name)


def listed(scenario):
    """A scenario as a user lays it out: fields and values with low and high beside them, in any order, blank rows between."""
    plain, rows = normal_form(scenario), []
    for section in ("project", "work", "money"):
        for name, value in plain[section].items():
            if name == "start":
                value = datetime.datetime.fromisoformat(value)
            low, likely, high = [value[0], value[1], value[2]] if isinstance(value, list) else [None, value, None]
            rows.append([f"{section}.{name}", likely, low, high])
    rows += [[f"answers.{question}", answer, None, None] for question, answer in plain["answers"].items()]
    rows += [[f"weights.{lens}", weight, None, None] for lens, weight in plain["weights"].items()]
    for model, found in plain["overrides"].items():
        for name, value in found.items():
            ends = value if isinstance(value, dict) else {"likely": value}
            rows.append([f"{model}.{name}", ends["likely"], ends.get("low"), ends.get("high")])
    rows = [[float(c) if isinstance(c, int) else None if c == "" else c for c in row] for row in rows]
    random.Random(3).shuffle(rows)
    return [["Field", "Value", "Low", "High"], *rows[:9], [None] * 4, *rows[9:], [None] * 4, [None] * 4]


@pytest.fixture(scope="module", params=EXAMPLES, ids=lambda path: path.stem)
def example(request):
    """A scenario, its range, and what `calc --json` says of it."""
    scenario = scenario_at(request.param)
    [result] = results([scenario], flips=False)
    return SimpleNamespace(scenario=scenario, range=listed(scenario), result=result, paths=result["paths"])


def near(value):
    return pytest.approx(value, rel=1e-9, abs=1e-6)


# The figures of the examples


def test_totals_present_values_and_fits_are_those_of_calc_json(excel, example):
    ids = [list(example.paths)]
    for name, figure in (("tco_total", "total"), ("tco_npv", "npv"), ("tco_fit", "fit")):
        assert excel(name, example.range, ids) == [[near(path[figure]) for path in example.paths.values()]]
    chosen = example.paths[example.result["recommendation"]["path"]]
    assert excel("tco_total", example.range) == [[near(chosen["total"])]]


def test_best_and_worst_cases_are_those_of_calc_json(excel, example):
    for case in ("best", "worst"):
        found = excel("tco_total", example.range, [list(example.paths)], case)
        assert found == [[near(path[case]) for path in example.paths.values()]]


def test_cost_lines_are_those_of_calc_json(excel, example):
    found = excel("tco_line", example.range, [[line] for line in LINES], [list(example.paths)])
    assert found == [[near(path["lines"][line]) for path in example.paths.values()] for line in LINES]


def test_months_are_those_of_calc_json(excel, example):
    for path, figures in example.paths.items():
        assert excel("tco_months", example.range, path) == [near(figures["months"])]


def test_any_figure_of_a_path_is_that_of_calc_json(excel, example):
    for figure in ("weeks_to_stable", "core_cost", "real_rate", "headline_rate", "peak_month"):
        found = excel("tco_figure", example.range, figure, [list(example.paths)])
        assert found == [[near(path[figure]) for path in example.paths.values()]]


def test_the_table_holds_every_path_as_calc_json_does(excel, example):
    heads, *rows = excel("tco_table", example.range)
    for row, (path, figures) in zip(rows, example.paths.items(), strict=True):
        cells = dict(zip(heads, row, strict=True))
        assert (cells["Id"], cells["Path"]) == (path, figures["label"])
        assert cells["Recommended"] == (path == example.result["recommendation"]["path"])
        assert cells["Eligible"] == figures["eligible"]
        assert cells["Core done within the horizon"] == figures["finished"]
        assert [cells[QUANTITIES[name].label] for name in ("total", "npv", "fit")] == near(
            [figures["total"], figures["npv"], figures["fit"]]
        )
        assert [cells[QUANTITIES[name].label] for name in LINES.values()] == near(list(figures["lines"].values()))
        assert [cells["Best case"], cells["Worst case"]] == near([figures["best"], figures["worst"]])


def test_the_recommendation_is_that_of_calc_json(excel, example):
    choice = example.result["recommendation"]
    for what in ("path", "cheapest", "best_fit", "runner_up"):
        assert excel("tco_recommend", example.range, what) == [[choice[what] or "none"]]
    assert excel("tco_recommend", example.range) == [[choice["path"] or "none"]]
    assert excel("tco_recommend", example.range, "completeness") == [[near(choice["completeness"])]]
    assert excel("tco_recommend", example.range, "provisional") == [[float(choice["provisional"])]]


def test_lenses_are_those_of_calc_json(excel, example):
    heads, *rows = excel("tco_lens", example.range)
    assert [row[0] for row in rows] == list(example.result["lenses"])
    for row, (lens, state) in zip(rows, example.result["lenses"].items(), strict=True):
        cells = dict(zip(heads, row, strict=True))
        support = [cells["Support for the freelancer"], cells["Support for the alternative"]]
        assert support == near([state["support"]["freelancer"], state["support"]["alternative"]])
        assert (cells["Lean"], cells["Verdict"]) == (near(state["lean"]), state["verdict"])
        assert excel("tco_lens", example.range, lens) == [[near(state["lean"])]]
        assert excel("tco_lens", example.range, lens, "verdict") == [[state["verdict"]]]


def test_why_names_every_rule_and_gate_that_calc_json_names(excel, example):
    _, *rows = excel("tco_why", example.range)
    lenses, gates = example.result["lenses"].values(), example.result["gates"]
    fired = [rule for lens in lenses for rule in lens["fired"]]
    assert [row[1] for row in rows if row[0] == "rule"] == fired
    assert [row[1] for row in rows if row[0] == "gate"] == [gate for gate, state in gates.items() if state["fired"]]
    decided = {lens[kind] for lens in lenses for kind in ("ladder", "indicator")} - {None}
    assert {row[1] for row in rows if row[0] in ("ladder", "indicator")} == decided
    for row in rows:
        if row[0] == "gate":
            assert row[2] == "excludes " + (", ".join(gates[row[1]]["excludes"]) or "no path")


def test_the_plan_has_the_phases_of_calc_json_with_dates(excel, example):
    start = (example.scenario.project.start - DAY_ZERO).days
    for path, figures in example.paths.items():
        _, *rows = excel("tco_plan", example.range, path)
        for row, phase in zip(rows, figures["phases"], strict=True):
            assert (row[1], row[2]) == (phase["work"], phase["model"])
            assert row[3:5] == near([phase["start_week"], phase["end_week"]])
            assert row[5:7] == [start + math.floor(round(phase[week] * 7, 9)) for week in ("start_week", "end_week")]
            assert row[7] == near(sum(phase["lines"].values()))


def test_break_evens_are_those_of_the_model(excel, example):
    for second in ("full_time", "remediate_then_hire"):
        expected = break_even(model_for(), example.scenario, "freelancer", second)
        for what in ("revenue_loss_per_month", "core_hours", "month"):
            crossing = getattr(expected, what)
            found = excel("tco_break_even", example.range, "freelancer", second, what)
            assert found == [["never within the range" if crossing is None else near(crossing.at)]]
    if example.result["recommendation"]["runner_up"]:
        assert [len(row) for row in excel("tco_break_even", example.range)] == [4] * 4
    else:
        assert excel("tco_break_even", example.range)[0][0].startswith(
            "second: the gates leave no such path; allowed: the id"
        )


def test_the_simulation_is_the_one_of_the_command(excel, example):
    expected = simulate(model_for(), example.scenario, RANDOM_TRIALS, SEED)
    _, *rows = excel("tco_simulate", example.range)
    columns = (expected.p10, expected.p50, expected.p90, expected.chance_cheapest)
    assert [row[0] for row in rows] == list(example.paths)
    assert np.array([row[2:] for row in rows]) == pytest.approx(np.stack([each.value for each in columns], axis=1))
    assert excel("tco_simulate", example.range, 200.0, 7.0) != excel("tco_simulate", example.range, 200.0, 8.0)


def test_a_fact_has_its_range_unit_and_source(excel):
    rate = catalogue.parameters()["freelancer"]["rate"]
    [row] = excel("tco_fact", "freelancer.rate")
    assert row == [60, 100, 150, "USD/h", "source", rate.citation, "Hourly rate"]
    assert excel("tco_fact", [["freelancer.rate"], ["decision.core_weight"]], "likely") == [[100], [0.75]]
    assert excel("tco_fact", "firm_fee", "unit") == [[catalogue.figures()["firm_fee"].unit]]
    rows = excel("tco_fact")
    assert len(rows) == 1 + len(catalogue.parameter_rows()) + len(catalogue.settings()) + len(catalogue.figures())


def test_a_table_of_all_examples_gives_in_one_call_what_each_gives_alone(excel):
    scenarios = [scenario_at(path) for path in EXAMPLES]
    table = tabulated(scenarios)
    for name, more in (("tco_total", ["freelancer"]), ("tco_npv", []), ("tco_recommend", []), ("tco_line", ["rework"])):
        alone = [excel(name, listed(scenario), *more) for scenario in scenarios]
        assert excel(name, table, *more) == [[near(cell)] if isinstance(cell, float) else [cell] for [[cell]] in alone]
    months = excel("tco_months", table, "full_time")
    assert len({len(row) for row in months}) == 1
    for row, scenario in zip(months, scenarios, strict=True):
        [expected] = excel("tco_months", listed(scenario), "full_time")
        assert row[: len(expected)] == near(expected)
        assert set(row[len(expected) :]) <= {""}


def tabulated(scenarios):
    """Scenarios as a table, a column for every field that any of them has."""
    lists = [{(row[0], end): row[at] for row in listed(s)[1:] for at, end in ENDS if row[0]} for s in scenarios]
    columns = sorted({key for found in lists for key, value in found.items() if value is not None})
    header = ["id", *(name if end == "likely" else f"{name}.{end}" for name, end in columns)]
    return [header, *([float(number), *(found.get(key) for key in columns)] for number, found in enumerate(lists))]


ENDS = ((1, "likely"), (2, "low"), (3, "high"))


# What Excel hands over

SMALL = [["work.core_hours", 300.0], ["shifting", "yes"]]


@pytest.fixture(scope="module")
def total(excel):
    [[found]] = excel("tco_total", SMALL, "freelancer")
    return found


@pytest.mark.parametrize(
    "cells",
    [
        [["shifting", "yes"], ["work.core_hours", 300.0]],
        [["Field", "Value"], [None, None], ["WORK.CORE_HOURS ", 300.0], ["", ""], ["answers.shifting", " Yes"]],
        [["in_core_hours", "300"], ["answer_shifting", True]],
        [["core_hours", Decimal(300)], ["shifting", "yes"], ["bounded", None], ["budget", ""]],
        [["The job", "core_hours", 300.0], [None, "shifting", "yes"]],
        [["core_hours", "shifting"], [300.0, "yes"]],
        [["id", "core_hours", "shifting"], ["a", "300.0", "YES"], [None, None, None]],
        [["work.core_hours_likely", 300.0], ["shifting", "yes"], ["project.start", 46357.0]],
        [["work.core_hours", 300.0], ["shifting", "yes"], ["project.start", "2026-12-01"], ["view.case", "likely"]],
    ],
    ids=[
        "any order", "headings, case, blank rows", "names of the workbook, text, TRUE", "currency, blank values",
        "labels before the fields", "a table", "a table with ids and spare rows", "a date as a number", "a date as text",
    ],
)  # fmt: skip
def test_a_scenario_may_stand_in_a_sheet_as_people_write_it(excel, total, cells):
    assert excel("tco_total", cells, "freelancer")[0] == [near(total)]


def test_an_array_from_another_formula_does_as_well_as_a_range(excel, total):
    assert excel("tco_total", tuple(map(tuple, SMALL)), "freelancer") == [[near(total)]]


def test_ranges_of_estimates_and_own_values_may_stand_beside_or_by_name(excel):
    beside = [["core_hours", 300.0, 200.0, 500.0], ["freelancer.rate", 90.0, 70.0, 120.0]]
    by_name = [
        ["core_hours.low", 200.0], ["core_hours", 300.0], ["core_hours_high", 500.0],
        ["overrides.freelancer.rate.likely", 90.0], ["freelancer.rate_low", 70.0], ["freelancer.rate.high", 120.0],
    ]  # fmt: skip
    for case in ("best", "likely", "worst"):
        assert excel("tco_total", beside, "freelancer", case) == excel("tco_total", by_name, "freelancer", case)
    [[best]], [[likely]] = (excel("tco_total", beside, "freelancer", case) for case in ("best", "likely"))
    assert best < likely


def test_whole_columns_count_down_to_their_last_value(excel, total):
    column = [*SMALL, *[[None, None]] * 40_000]
    assert excel("tco_total", column, "freelancer") == [[near(total)]]
    table = [["core_hours", "shifting"], [300.0, "yes"], *[[None, None]] * 40_000]
    assert excel("tco_total", table, "freelancer") == [[near(total)]]
    many = [[300.0]] * 100_001
    assert excel("tco_hours", many, 0.0, 0.0) == [["base_hours: found 100,001 rows; allowed: up to 100,000"]]


def test_answers_and_parameters_may_come_in_ranges_of_their_own(excel):
    parameters = [["freelancer.rate", "USD/h", 60.0, 100.0, 150.0, None, 90.0, None]]
    apart = excel("tco_total", [["core_hours", 300.0]], "freelancer", None, [["shifting", "yes"]], parameters)
    assert apart == excel("tco_total", [*SMALL, ["freelancer.rate", 90.0]], "freelancer")
    table = excel(
        "tco_total", [["core_hours"], [300.0], [400.0]], "freelancer", None, [["shifting", "yes"]], parameters
    )
    assert table[0] == [near(apart[0][0])]


def test_the_case_of_the_inputs_counts_where_none_is_named(excel):
    worst = [*SMALL, ["view.case", "worst"]]
    assert excel("tco_total", worst, "freelancer") == excel("tco_total", SMALL, "freelancer", "worst")
    assert excel("tco_total", worst, "freelancer", "likely") == excel("tco_total", SMALL, "freelancer")


def test_a_start_stored_as_a_date_gives_the_dates_of_the_plan(excel):
    expected = None
    for start in (datetime.datetime(2026, 12, 1, tzinfo=datetime.UTC), 46357.0, "2026-12-01"):
        _, first, *_ = excel("tco_plan", [*SMALL, ["project.start", start]], "freelancer")
        expected = expected or first
        assert first == expected
        assert first[5] == (datetime.date(2026, 12, 1) - DAY_ZERO).days + math.floor(first[3] * 7)


# What the cells say of errors: one sentence that names the argument and what is allowed

SENTENCES = {
    "a letter for a zero": (SMALL[:1] + [["hires", "1O"]], 'scenario: work.hires found "1O" (text); allowed: a whole number from 1 to 50'),
    "out of range": ([["core_hours", 0.0]], "scenario: work.core_hours found 0.0; allowed: a number from 1 to 100,000"),
    "an error cell": ([["core_hours", NOT_AVAILABLE]], "scenario: work.core_hours holds the error #N/A; allowed: a value"),
    "a younger error": ([["core_hours", FIRST_ERROR + 45]], "scenario: work.core_hours holds the error #SPILL!; allowed"),
    "TRUE for a number": ([["core_hours", True]], "scenario: work.core_hours found true (yes/no value); allowed"),
    "a date for a number": ([["core_hours", datetime.datetime(2026, 1, 5)]], "scenario: work.core_hours found 2026-01-05"),
    "a number for an answer": ([["shifting", 1.0]], "scenario: answers.shifting found 1.0; allowed: yes, no or unknown"),
    "an unknown field": ([["core_hours", 300.0], ["shiftin", "yes"]], 'scenario: "shiftin" is no field; did you mean shifting?'),
    "no field": ([["hello", "world"]], 'scenario: "hello" is no field; allowed: fields like work.core_hours'),
    "only numbers": ([[1.0, 2.0]], "scenario: found 1 and no field; allowed: two columns, field and value"),
    "nothing": ([[None, None]], "scenario: found nothing; allowed: a range with fields and their values"),
    "a field twice": ([["core_hours", 1.0], ["in_core_hours", 2.0]], "scenario: work.core_hours stands twice, with 1 and 2; allowed: once"),
    "out of order": ([["core_hours", 300.0, 400.0, 500.0]], "scenario: work.core_hours found"),
    "a lonely end": ([["freelancer.rate.low", 10.0]], "scenario: freelancer.rate has an own low or high value alone; allowed"),
    "an unknown currency": ([["currency", "XYZ"]], 'scenario: project.currency found "XYZ" (text); allowed: an ISO 4217 code'),
    "several faults": ([["core_hours", -1.0], ["hires", 99.0]], "scenario: work.core_hours found -1.0 (and 1 more); allowed"),
    "a field without a value beside it": ([["core_hours"]], "scenario: nothing stands to the right of the fields"),
    "a header without rows": ([["core_hours", "hires"]], "scenario: found a header without rows; allowed: a scenario in each row"),
}  # fmt: skip


@pytest.mark.parametrize("case", SENTENCES)
def test_a_fault_of_the_scenario_is_told_in_one_sentence(excel, case):
    cells, said = SENTENCES[case]
    for name in ("tco_total", "tco_recommend", "tco_table", "tco_why"):
        [[found]] = excel(name, cells)
        assert found.startswith(said)
        assert len(found) <= 250
        assert "\n" not in found


def test_a_fault_of_another_argument_is_told_in_one_sentence(excel):
    assert excel("tco_total", SMALL, "freelancr")[0][0].startswith('path: found "freelancr" (text); allowed: the id')
    assert excel("tco_total", SMALL, DIVISION)[0][0].startswith("path: found the error #DIV/0!; allowed: the id")
    assert excel("tco_total", SMALL, None, "bad")[0][0] == 'cost_case: found "bad" (text); allowed: best, likely, worst'
    assert excel("tco_line", SMALL, "labor")[0][0].startswith(
        'cost_line: found "labor" (text); allowed: labour, hidden'
    )
    assert excel("tco_line", SMALL)[0][0].startswith("cost_line: found nothing; allowed: labour")
    assert excel("tco_figure", SMALL, 5.0)[0][0].startswith("figure: found 5; allowed: ")
    assert excel("tco_recommend", SMALL, "who")[0][0].startswith('what: found "who" (text); allowed: path, label')
    assert excel("tco_lens", SMALL, "x")[0][0].startswith('lens: found "x" (text); allowed: prodfirm')
    assert excel("tco_simulate", SMALL, 0.0)[0][0] == "trials: found 0; allowed: a whole number from 1 to 100,000"
    assert excel("tco_simulate", SMALL, 10.0, 1.5)[0][0].startswith("seed: found 1.5; allowed: a whole number")
    assert excel("tco_break_even", SMALL, "full_time", "full_time")[0][0].startswith(
        "second: found full_time, the first"
    )
    assert excel("tco_plan", SMALL)[0][0].startswith("scenario: project.start is missing; allowed: a date from 2000")
    assert excel("tco_fact", "freelancer.rat")[0][0].endswith("did you mean freelancer.rate?")
    twice = excel("tco_total", SMALL, None, None, [["core_hours", 5.0]])
    assert twice[0][0].startswith("answers: work.core_hours stands in two ranges, with 300 and 5; allowed: once")
    table = [["core_hours", "hires"], [300.0, 1.0]]
    assert excel("tco_table", table)[0][0].startswith("scenario: found a table of scenarios; allowed: one scenario")


def test_a_faulty_row_of_a_table_says_so_and_the_others_do_not_notice(excel, total):
    table = [
        ["core_hours", "shifting"],
        [300.0, "yes"],
        ["4OO", "yes"],
        [None, None],
        [300.0, NOT_AVAILABLE],
        [300.0, "yes"],
    ]
    first, second, blank, fourth, last = (cells[0] for cells in excel("tco_total", table, "freelancer"))
    assert [first, last] == near([total, total])
    assert second.startswith('scenario: work.core_hours found "4OO" (text); allowed: a number from 1 to 100,000')
    assert fourth.startswith("scenario: answers.shifting holds the error #N/A")
    assert blank == ""


def test_where_the_gates_leave_no_path_the_cells_say_so(excel):
    none_left = [
        ["bounded", "yes"],
        ["isolated", "yes"],
        ["budget", 100.0],
        ["ai_generated", "yes"],
        ["regulated", "yes"],
        ["leadership", "no"],
    ]
    assert excel("tco_recommend", none_left) == [["none"]]
    assert excel("tco_total", none_left)[0][0].startswith("path: the gates exclude every path")
    assert isinstance(excel("tco_total", none_left, "freelancer")[0][0], float)


def test_a_table_reads_every_value_as_a_list_of_fields_does(excel):
    """Columns are read by another way than single fields; both must take and refuse the same, for random cells."""
    chance = random.Random(5)
    known = sorted({field for field in field_names.names().values() if field.kind not in ("text", "view")})
    cells = [
        None, "", 0.0, 1.0, 2.5, 300.0, -1.0, 1e13, "yes", "No", "unknown", "300", "x", True, False, Decimal("12.5"),
        NOT_AVAILABLE, FIRST_ERROR + 50, datetime.datetime(2027, 3, 1), 46357.0, "2027-03-01", 0.5, 12.0,
    ]  # fmt: skip
    for _ in range(60):
        chosen = chance.sample(known, 3)
        rows = [[chance.choice(cells) for _ in chosen] for _ in range(12)]
        rows = [row for row in rows if any(cell not in (None, "") for cell in row)]
        if not rows:
            continue
        found = excel("tco_total", [[field.dotted for field in chosen], *rows], "full_time")
        for row, [cell] in zip(rows, found, strict=True):
            listed = [[field.dotted, value] for field, value in zip(chosen, row, strict=True)]
            [[alone]] = excel("tco_total", listed, "full_time")
            assert cell == (near(alone) if isinstance(alone, float) else alone), listed


# The formulas by themselves


def test_a_formula_is_the_very_function_of_the_model_over_ranges(excel):
    assert excel("tco_hours", 400.0, 0.1, 0.25) == [[near(400 * 1.1 * 1.25)]]
    column = [[400.0], [200.0], [100.0]]
    assert excel("tco_hours", column, 0.1, 0.25) == [[near(hours * 1.1 * 1.25)] for [hours] in column]
    table = excel("tco_hours", column, [[0.0, 0.5]], 0.0)
    assert table == [[near(hours), near(hours * 1.5)] for [hours] in column]
    assert excel("tco_replacement_cost", 2.0, 0.25, 40_000.0) == [[20_000]]
    assert excel("tco_discount_factor", 0.08, [[1.0, 12.0]], 12.0) == [[near(1.08 ** (-1 / 12)), near(1 / 1.08)]]
    assert excel("tco_run_people", 1.0, [[0.2], [2.4]]) == [[1], [3]]


def test_a_formula_that_sums_takes_a_range_of_any_shape_and_its_blank_end(excel):
    factors = [[1.0], [0.9], [0.8], [None], [None]]
    assert excel("tco_npv_formula", [[100.0, 100.0, 100.0, None, None]], factors) == [[near(270)]]
    assert excel("tco_completeness", [["yes", "unknown"], ["no", None]], [[1.0, 1.0], [1.0, 1.0]]) == [[0.5]]
    assert excel("tco_phases_total", [[1.0], [2.0]], [[1.0, 1.0, 2.0]], [[5.0, 6.0, 7.0]]) == [[11], [7]]


def test_a_formula_takes_words_dates_and_blanks_where_they_mean_something(excel):
    assert excel("tco_systemic", "no", "YES", None) == [[1]]
    assert excel("tco_systemic", "no", False, [[None]]) == [[0]]
    assert excel("tco_value", "worst", 1.0, 2.0, 3.0) == [[3]]
    start = excel("tco_stage_start_date", datetime.datetime(2026, 12, 1), [[1.0], [2.0]], 7.0)
    assert start == [[46357 + 7], [46357 + 14]]
    assert excel("tco_low", 60.0, 1.0, [[None]], [[None]]) == [[60]]
    assert excel("tco_cost_per_stable_month", 100.0, [[0.0], [4.0]]) == [[""], [25]]
    assert excel("tco_labour_cost", *[[[1.0]]] * 13) == excel("tco_labour_cost", True, *[1.0] * 12)


def test_a_fault_of_a_formula_stands_in_the_cell_of_its_row(excel):
    column = [[400.0], ["4OO"], [None], [NOT_AVAILABLE], [100.0]]
    first, text, blank, error, last = (cells[0] for cells in excel("tco_hours", column, 0.0, 0.0))
    assert (first, last) == (400, 100)
    assert text == 'base_hours: found "4OO" (text); allowed: a number'
    assert blank == ""
    assert error == "base_hours: found the error #N/A; allowed: a number"
    assert excel("tco_hours", [[400.0]], None, 0.0) == [["hidden_share: found an empty cell; allowed: a number"]]
    assert excel("tco_hours", [[1.0], [2.0]], [[1.0], [2.0], [3.0]], 0.0)[0][0].startswith(
        "hidden_share: found 3 x 1 cells; allowed: 2 x 1"
    )
    assert (
        excel("tco_run_load", 40.0, 0.0, 4.3)[0][0] == "no number comes out of these values; allowed: no division by 0"
    )
    assert (
        excel("tco_run_load", 0.0, 0.0, 4.3)[0][0] == "no number comes out of these values; allowed: no division by 0"
    )
    assert excel("tco_systemic", "yes", "maybe", "no")[0][0].endswith(
        'found "maybe" (text); allowed: yes, no or unknown'
    )
    assert (
        excel("tco_npv_formula", [[1.0, "x"]], [[1.0, 1.0]])[0][0] == 'all_spend: found "x" (text); allowed: a number'
    )


def test_every_formula_gives_for_a_scenario_what_the_model_calculates(excel):
    """Each formula by itself, over the values that the model gives its arguments, element by element."""
    model = model_for()
    scenario = scenario_at(EXAMPLES[0])
    known = model.evaluate([scenario], list(QUANTITIES))
    for quantity in QUANTITIES.values():
        if quantity.name == "weeks_to_stable":
            continue
        node = model.graph.node(quantity.name)
        summed = [argument.collapsed for argument in node.arguments]
        place = tuple(0 for _ in quantity.over)
        given = []
        for argument, name in zip(node.arguments, quantity.arguments, strict=True):
            over = model.graph.node(argument.node).over
            array = known[argument.node][0] if argument.node in known else model.static[argument.node][0]
            index = tuple(slice(None) if d == argument.collapsed else place[quantity.over.index(d)] for d in over)
            value = np.asarray(array, dtype=float)[index]
            value = np.where(np.isnan(value), None, value.astype(object)) if np.isnan(value).any() else value
            given.append([np.ravel(value).tolist()] if argument.collapsed else [[np.asarray(value).item()]])
            assert name.startswith("all_") == bool(argument.collapsed)
        suffix = "_formula" if quantity.name in ("total", "npv", "fit") else ""
        [[found]] = excel(f"tco_{quantity.name}{suffix}", *given)
        expected = float(np.asarray(known[quantity.name], dtype=float)[(0, *place)])
        assert found == ("" if np.isnan(expected) else near(expected)), (quantity.name, summed)


# What xlwings and VBA can bear

RESERVED = frozenset(
    [
        "abs",
        "addressof",
        "alias",
        "and",
        "any",
        "append",
        "array",
        "as",
        "attribute",
        "base",
        "binary",
        "boolean",
        "byref",
        "byte",
        "byval",
        "call",
        "case",
        "cbool",
        "cbyte",
        "ccur",
        "cdate",
        "cdbl",
        "cdec",
        "cdecl",
        "cint",
        "circle",
        "clng",
        "clnglng",
        "clngptr",
        "close",
        "compare",
        "const",
        "csng",
        "cstr",
        "currency",
        "cvar",
        "cverr",
        "date",
        "debug",
        "decimal",
        "declare",
        "defbool",
        "defbyte",
        "defcur",
        "defdate",
        "defdbl",
        "defdec",
        "defint",
        "deflng",
        "deflnglng",
        "deflngptr",
        "defobj",
        "defsng",
        "defstr",
        "defvar",
        "dim",
        "do",
        "doevents",
        "double",
        "each",
        "else",
        "elseif",
        "empty",
        "end",
        "endif",
        "enum",
        "eqv",
        "erase",
        "error",
        "event",
        "exit",
        "explicit",
        "false",
        "fix",
        "for",
        "friend",
        "function",
        "get",
        "global",
        "gosub",
        "goto",
        "if",
        "imp",
        "implements",
        "in",
        "input",
        "inputb",
        "int",
        "integer",
        "is",
        "lbound",
        "len",
        "lenb",
        "let",
        "lib",
        "like",
        "line",
        "lineinput",
        "lock",
        "long",
        "longlong",
        "longptr",
        "loop",
        "lset",
        "me",
        "mid",
        "midb",
        "mod",
        "module",
        "name",
        "new",
        "next",
        "not",
        "nothing",
        "null",
        "object",
        "on",
        "open",
        "option",
        "optional",
        "or",
        "output",
        "paramarray",
        "preserve",
        "print",
        "private",
        "property",
        "pset",
        "ptrsafe",
        "public",
        "put",
        "raiseevent",
        "random",
        "read",
        "redim",
        "rem",
        "resume",
        "return",
        "rset",
        "scale",
        "seek",
        "select",
        "set",
        "sgn",
        "shared",
        "single",
        "spc",
        "static",
        "step",
        "stop",
        "string",
        "sub",
        "tab",
        "text",
        "then",
        "to",
        "true",
        "type",
        "typeof",
        "ubound",
        "unknown",
        "unlock",
        "until",
        "variant",
        "vb_base",
        "wend",
        "while",
        "width",
        "with",
        "withevents",
        "write",
        "xor",
        "application",
        "activeworkbook",
        "thisworkbook",
        "err",
        "failed",
        "range",
        "caller",
        "app",
        "xlpy",
    ]
)


def test_every_udf_is_one_that_xlwings_and_vba_can_bear(functions):
    assert len(functions) > 150
    for name, function in functions.items():
        assert re.fullmatch(r"tco_[a-z][a-z0-9_]{1,60}", name)
        assert not re.fullmatch(r"[A-Za-z]{1,3}\d{1,7}|[Rr]\d*[Cc]\d*", name)
        parameters = inspect.signature(function).parameters.values()
        assert len(parameters) <= 60
        for parameter in parameters:
            assert parameter.kind is parameter.POSITIONAL_OR_KEYWORD
            assert parameter.annotation is parameter.empty
            assert parameter.default in (parameter.empty, None)
            assert re.fullmatch(r"[a-z][a-z0-9_]*", parameter.name)
            assert parameter.name not in RESERVED, name
        assert function.__annotations__ == {}
        about = function.__xlfunc__
        assert about["category"] == "Engagement"
        assert [argument["options"] for argument in about["args"]] == [{"ndim": 2, "err_to_str": True}] * len(
            parameters
        )
        assert "expand" not in about["ret"]["options"]
        assert not inspect.iscoroutinefunction(function)
    lower = [name.lower() for name in functions]
    assert len(set(lower)) == len(lower)


def test_every_udf_and_every_argument_says_what_it_is(functions):
    for name, function in functions.items():
        about = function.__xlfunc__
        assert len(about["ret"]["doc"].strip()) > 15, name
        for argument in about["args"]:
            assert not argument["doc"].startswith("Positional argument"), (name, argument["name"])
            assert 3 < len(argument["doc"]) <= 255, (name, argument["name"])
        assert about["ret"]["doc"][:255].isprintable(), name


def test_every_udf_answers_with_rectangles_of_finite_cells_whatever_it_is_given(excel, functions):
    odd = [
        None,
        "x",
        True,
        NOT_AVAILABLE,
        0.0,
        -1e300,
        1e300,
        datetime.datetime(2026, 1, 1),
        [[1.0, "x"], [None, 2.0]],
        SMALL,
    ]
    chance = random.Random(2)
    for name, function in functions.items():
        count = len(inspect.signature(function).parameters)
        for _ in range(4):
            rows = excel(name, *(chance.choice(odd) for _ in range(count)))
            assert len({len(row) for row in rows}) == 1
            for cell in (cell for row in rows for cell in row):
                assert type(cell) in (int, float, str), (name, cell)
                assert not isinstance(cell, float) or math.isfinite(cell)
                assert "internal error" not in str(cell), (name, cell)


def test_no_field_goes_by_two_names_and_every_name_of_the_workbook_is_known():
    names = field_names.names()
    for section in (
        "project.name",
        "work.core_hours",
        "money.budget",
        "answers.shifting",
        "weights.leval",
        "view.case",
    ):
        assert names[section].dotted == section
    for model, name, _ in catalogue.parameter_rows():
        assert names[f"{model}.{name}"] == names[f"overrides.{model}.{name}.likely"]


def test_every_argument_of_every_formula_has_words_of_its_own():
    for quantity in QUANTITIES.values():
        for argument in quantity.arguments:
            assert words.description(argument).strip()


def test_a_table_is_evaluated_in_blocks_that_do_not_show():
    rows = tuple((float(hours),) for hours in range(100, 1300))
    table = scenarios_in([["core_hours"], *rows])
    assert isinstance(table, Table)
    assert table.values(["total"], None)["total"].shape == (1200, 13)
    [one] = scenarios_in([["core_hours"], rows[700]]).values(["total"], None)["total"]
    assert table.values(["total"], None)["total"][700] == pytest.approx(one)
