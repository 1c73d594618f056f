"""Workbooks that come back: what was typed in is read, whatever program saved it; what is doubtful is asked."""

import contextlib
import functools
import hashlib
import io
import os
import random
import re
import zipfile
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook
from typer.testing import CliRunner

import calc
from calc import catalogue, elementary
from calc.scenario import Refused, from_text, normal_form, scenario
from calc.scenario.schema import ESTIMATES, SECTIONS
from tests import engines
from tests.engines import cells as typing
from tests.engines import libreoffice
from tests.receive.hostile import good
from tests.reference.scenarios import random_scenario
from workbook import command
from workbook.files.address import address
from workbook.receive.intake import Book, Cell, Error, Sheet, cells
from workbook.receive.intake.reader import read as read_here
from workbook.receive.reading import gathered, read
from workbook.receive.reading.ambiguous import DoubtError
from workbook.receive.reading.arithmetic import BeyondError
from workbook.receive.reading.cell_fault import PlacedFault
from workbook.receive.reading.dates import date_of_serial, date_of_text
from workbook.receive.reading.numbers import DOUBTFUL, number
from workbook.receive.reading.openformula import excel_form
from workbook.receive.reading.problems import marked
from workbook.receive.reading.toml import as_toml
from workbook.receive.reading.typed_formula import calculated
from workbook.write.build import build

THOROUGH = os.environ.get("ENGAGEMENT_THOROUGH") == "1"
START = 46357  # 2026-12-01
RICH = {
    "project": {"name": "=1+1 & <more> ", "owner": "Zoë", "currency": "EUR", "usd_rate": 0.92, "start": "2026-12-01", "discount_rate": 0.125},
    "work": {"core_hours": [300, 412.5, 700], "feature_hours_per_month": 40, "specialists": 3},
    "money": {"leader_rate": 95.5, "revenue_loss_per_month": 1234567.25, "incident_cost": [1, 2, 3], "budget": 48000},
    "answers": {"shifting": "yes", "bounded": "no", "losing": "yes"},
    "overrides": {
        "freelancer": {"rate": [70, 95, 140], "rework": 0.35, "departures_per_month": 0.04},
        "full_time": {"annual_cost": 81000.5},
        "decision": {"core_weight": 0.6},
    },
    "weights": {"leval": 2.5, "prodfirm": 0},
    "paths": {
        "own": {"label": 'Own "path"', "phases": [
            {"work": "audit", "model": "production_firm", "weeks": 1.5},
            {"work": "core", "model": "freelancer", "share": 0.25},
            {"work": "core", "model": "full_time", "share": 0.75},
            {"work": "run", "model": "freelancer"},
            {"work": "retainer", "model": "production_firm"},
        ]}
    },
}  # fmt: skip


@functools.cache
def rich_file():
    return build(scenario(RICH), 0)


@functools.cache
def light_file():
    """The same without the trials, which nobody types into: read and copied in a moment."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(rich_file())) as archive, zipfile.ZipFile(made, "w") as lighter:
        for name in archive.namelist():
            content = archive.read(name)
            trials = name.startswith("xl/worksheets/") and len(content) > 2_000_000
            lighter.writestr(
                name,
                re.sub(rb"<sheetData>.*</sheetData>", b"<sheetData/>", content, flags=re.DOTALL) if trials else content,
            )
    return made.getvalue()


@functools.cache
def _rich():
    whole = read_here(rich_file())
    kept = ("Inputs", "Answers", "Parameters", "Record", "About", "Values")
    return Book("xlsx", {name: sheet for name, sheet in whole.sheets.items() if name in kept}, whole.names)


def rich():
    """The rich workbook as it is read, without the sheets that nobody fills in; a copy to disturb."""
    sheets = {name: Sheet(name, dict(sheet.cells)) for name, sheet in _rich().sheets.items()}
    return Book("xlsx", sheets, dict(_rich().names))


def filled(plain):
    """The rich workbook filled in anew, as a person would, with another scenario that has the same paths."""
    book, given = rich(), normal_form(scenario(plain))
    for place in _inputs(book).values():
        book.sheets[place[0]].cells.pop(place[1:], None)

    def put(dotted, value, kind=""):
        if value is not None and value != "":
            place = _inputs(book)[dotted]
            book.sheets[place[0]].cells[place[1:]] = Cell(
                float(value) if isinstance(value, int | float) else value, None, 0, kind
            )

    for section in SECTIONS:
        for name, value in given[section].items():
            ends = value if isinstance(value, list | tuple) else [None, value, None]
            value = float((date.fromisoformat(value) - date(1899, 12, 30)).days) if name == "start" else ends[1]
            put(f"{section}.{name}", value, "date" if name == "start" else "percent" if name == "discount_rate" else "")
            if name in ESTIMATES:
                put(f"{section}.{name}.low", ends[0])
                put(f"{section}.{name}.high", ends[2])
    for section in ("answers", "weights"):
        for name, value in given[section].items():
            put(f"{section}.{name}", value)
    for model, own in given["overrides"].items():
        for name, value in own.items():
            is_share = model != "decision" and catalogue.parameters()[model][name].unit == "share"
            for end, one in value.items() if isinstance(value, dict) else [("likely", value)]:
                put(
                    f"overrides.{model}.{name}" + ("" if end == "likely" else f".{end}"),
                    one,
                    "percent" if is_share else "",
                )
    return book


@functools.cache
def _places():
    """Field -> its cell in the workbook as it is built, by the sheet's own headings."""
    book, found = _rich(), {}
    for section, schema in SECTIONS.items():
        for name in schema.model_fields:
            for end in ("", "_low", "_high") if name in ESTIMATES else ("",):
                found[f"{section}.{name}{end.replace('_', '.')}"] = book.names[f"in_{name}{end}"]
    found |= {f"weights.{lens}": book.names[f"weight_{lens}"] for lens in catalogue.lenses()}
    found |= {f"answers.{question}": book.names[f"answer_{question}"] for question in catalogue.questions()}
    sheet = book.sheets["Parameters"].cells
    for (row, column), cell in sheet.items():
        if column == 3 and isinstance(cell.value, str) and "." in cell.value:
            for end, at in ({"": 9} | ({} if cell.value.startswith("decision.") else {".low": 8, ".high": 10})).items():
                found[f"overrides.{cell.value}{end}"] = ("Parameters", row, at)
    return found


def _inputs(book):
    return {field: place for field, place in _places().items() if place[0] in book.sheets}


def says(book, plain=RICH):
    """What is read, and that it is the scenario, field by field."""
    found = gathered(book, "x.xlsx")
    assert [str(fault) for fault in found.faults] == []
    assert normal_form(found.scenario) == normal_form(scenario(plain))
    return found


def scenarios_of(seed, wild=False):
    return random_scenario(random.Random(seed), wild) | {"paths": RICH["paths"]}


# ---------------------------------------------------------------------------------------- what was written is read


@pytest.mark.parametrize("seed", range(100 if THOROUGH else 2))
def test_what_a_workbook_was_built_from_is_read_back(seed, tmp_path):
    plain = random_scenario(random.Random(seed), seed % 2)
    given = scenario(plain)
    (tmp_path / "built.xlsx").write_bytes(build(given, 0))
    found = read(tmp_path / "built.xlsx")
    assert normal_form(found.scenario) == normal_form(given)
    assert (found.notes, found.version) == ((), calc.__version__)


def test_ranges_own_figures_paths_and_texts_that_look_like_formulas_are_read_back(tmp_path):
    (tmp_path / "built.xlsx").write_bytes(rich_file())
    assert normal_form(read(tmp_path / "built.xlsx").scenario) == normal_form(scenario(RICH))


@given(st.integers(0, 10**9), st.booleans())
def test_what_is_filled_in_is_read(seed, wild):
    plain = scenarios_of(seed, wild)
    assert says(filled(plain), plain).notes == []


NAMES = st.text(st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp")), min_size=1, max_size=80).filter(str.strip)


@given(NAMES, NAMES)
def test_names_are_read_as_they_were_typed(name, owner):
    plain = RICH | {"project": RICH["project"] | {"name": name, "owner": owner}}
    says(filled(plain), plain)


@given(st.integers(0, 10**9), st.booleans(), NAMES)
def test_toml_is_read_back_as_the_same_scenario(seed, wild, name):
    plain = random_scenario(random.Random(seed), wild)
    given = scenario(plain | {"project": plain["project"] | {"name": name}})
    assert normal_form(from_text(as_toml(given, "Read from x.xlsx"), "x")) == normal_form(given)


# -------------------------------------------------------------------------------------------------- disturbances


def shifted(book, name, row, column, by):
    """Rows from `row` on, and columns from `column` on, moved; the names do not follow."""
    sheet = book.sheets[name]
    book.sheets[name] = Sheet(
        name, {(r + by * (r >= row), c + by * (c >= column)): cell for (r, c), cell in sheet.cells.items()}
    )
    return lambda place: (name, place[1] + by * (place[1] >= row), place[2] + by * (place[2] >= column))


def rows_and_columns_inserted(book, chance, names_follow):
    for name in ("Inputs", "Answers", "Parameters"):
        move = shifted(book, name, chance.randint(1, 30), chance.randint(1, 9), chance.randint(1, 3))
        if names_follow:
            book.names = {key: move(place) if place[0] == name else place for key, place in book.names.items()}
    return book


def inserted_with_the_names(book, chance):
    return rows_and_columns_inserted(book, chance, True)


def inserted_while_the_names_stay_behind(book, chance):
    return rows_and_columns_inserted(book, chance, False)


def names_lost(book, chance):
    book.names = {}
    return book


def sheets_renamed_and_moved(book, chance):
    names = list(book.sheets)
    chance.shuffle(names)
    new = {name: f"Tab {at}, {name[::-1]}" for at, name in enumerate(names) if name not in ("About",)} | {
        "About": "About"
    }
    book.sheets = {new[name]: Sheet(new[name], book.sheets[name].cells) for name in names}
    book.names = {} if chance.random() < 0.5 else {k: (new[p[0]], *p[1:]) for k, p in book.names.items() if p[0] in new}
    return book


def keys_cleared(book, chance):
    """The key column emptied, one cell left out of two: labels have to do."""
    for name, column in (("Inputs", 2), ("Answers", 3), ("Parameters", 3)):
        cells = book.sheets[name].cells
        for place in [place for place in cells if place[1] == column and place[0] > 5 and chance.random() < 0.5]:
            del cells[place]
    return names_lost(book, chance) if chance.random() < 0.5 else book


def answers_sorted(book, chance):
    cells = book.sheets["Answers"].cells
    rows = sorted({row for row, _ in cells if row > 5})
    order = dict(zip(rows, chance.sample(rows, len(rows)), strict=True))
    book.sheets["Answers"] = Sheet(
        "Answers", {(order.get(row, row), column): cell for (row, column), cell in cells.items()}
    )
    return book


def each_number(book, change):
    for field, place in _inputs(book).items():
        cell = book.sheets[place[0]].cells.get(place[1:])
        if cell is not None and isinstance(cell.value, float):
            book.sheets[place[0]].cells[place[1:]] = change(field, cell)
    return book


def as_text(value, mark="."):
    """Digits that can be read in one way only."""
    text = f"{Decimal(repr(value)):f}".replace(".0", "" if value == int(value) else ".0")
    text = text if not DOUBTFUL.fullmatch(text) else f"{text}0"
    return text.replace(".", mark)


def numbers_as_text(book, chance):
    def change(field, cell):
        text = as_text(cell.value, chance.choice(".,"))
        if cell.kind == "percent":
            text = as_text(float(Decimal(repr(cell.value)) * 100), chance.choice(".,")) + chance.choice(
                ["%", " %", "\u202f%"]
            )
        around = chance.choice(["{}", " {} ", "\u00a0{}", "\u2009{}\u00a0", "+{}"])
        return Cell(around.format(text) if cell.kind != "date" else "2026-12-01", None, 0)

    return each_number(book, change)


def money_with_its_currency(book, chance):
    money = ("money.leader_rate", "money.budget", "overrides.freelancer.rate", "overrides.full_time.annual_cost")
    ways = ["€ {}", "{} EUR", "€{}", "EUR {}", "{}\u00a0€"]

    def change(field, cell):
        return Cell(chance.choice(ways).format(as_text(cell.value)), None, 0) if field.startswith(money) else cell

    return each_number(book, change)


def thousands_grouped(book, chance):
    def change(field, cell):
        if cell.kind or not 1e3 <= cell.value < 1e9 or cell.value != int(cell.value):
            return cell
        return Cell(f"{cell.value:,.0f}".replace(",", chance.choice([" ", "\u00a0", "\u202f", "'", "’"])), None, 0)

    return each_number(book, change)


def formulas_typed(book, chance):
    """Arithmetic in place of numbers, with stale values beside it, which nobody is to trust."""

    def change(field, cell):
        text = f"{Decimal(repr(cell.value)):f}"
        return Cell(999.0, chance.choice([f"({text})*1", f"{text}+0", f"SUM({text},0)", f"{text}/1"]), 0, cell.kind)

    return each_number(book, change)


def start_as_text_or_a_plain_number(book, chance):
    place = _places()["project.start"]
    ways = [Cell(float(START)), Cell(START + 0.75, None, 0, "date"), *(Cell(text) for text in DATES)]
    book.sheets["Inputs"].cells[place[1:]] = chance.choice(ways)
    return book


def answers_in_capitals(book, chance):
    for field, place in _inputs(book).items():
        if field.startswith("answers."):
            said = book.sheets["Answers"].cells[place[1:]].value
            ways = [said.upper(), f" {said.title()} ", *(["", None] if said == "unknown" else [])]
            book.sheets["Answers"].cells[place[1:]] = Cell(chance.choice(ways))
    return book


DISTURBANCES = (
    names_lost, inserted_with_the_names, inserted_while_the_names_stay_behind, sheets_renamed_and_moved, keys_cleared, answers_sorted,
    numbers_as_text, money_with_its_currency, thousands_grouped, formulas_typed, start_as_text_or_a_plain_number, answers_in_capitals,
)  # fmt: skip
DATES = (
    "2026-12-01",
    "2026/12/1",
    " 1.12.2026",
    "1 Dec 2026",
    "Dec 1, 2026",
    "01-DEC-2026",
    "December 1st, 2026",
    "2026-12-01 00:00:00",
)


@pytest.mark.parametrize("disturbed", DISTURBANCES, ids=lambda one: one.__name__)
@given(seed=st.integers(0, 10**9))
def test_the_same_is_read_after_a_disturbance(disturbed, seed):
    chance = random.Random(seed)
    plain = RICH if chance.random() < 0.5 else scenarios_of(seed)
    if disturbed in (money_with_its_currency, start_as_text_or_a_plain_number, numbers_as_text):
        own = {"usd_rate": 0.92} | plain["project"] | {"currency": "EUR", "start": "2026-12-01"}
        plain = plain | {"project": own}
    says(disturbed(filled(plain), chance), plain)


@given(seed=st.integers(0, 10**9))
def test_the_same_is_read_after_several_disturbances(seed):
    chance = random.Random(seed)
    book = filled(RICH)
    for disturbed in (numbers_as_text, answers_in_capitals, sheets_renamed_and_moved):
        book = disturbed(book, chance)
    says(book)


def test_the_same_is_read_after_a_trip_through_libreoffice(tmp_path):
    engines.need(libreoffice)
    given = [
        scenario(RICH),
        *(scenario(random_scenario(random.Random(seed), seed % 2)) for seed in range(10 if THOROUGH else 1)),
    ]
    paths = [tmp_path / f"{at}.xlsx" for at in range(len(given))]
    for one, path in zip(given, paths, strict=True):
        path.write_bytes(build(one, 0))
    for target, folder in (("xlsx:Calc MS Excel 2007 XML", "xlsx"), ("ods:calc8", "ods")):
        for one, path in zip(given, libreoffice._convert(paths, target, tmp_path / folder, 600), strict=True):
            assert normal_form(read(path).scenario) == normal_form(one)


# ---------------------------------------------------------------------------------------------- numbers and dates


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("400", 400), ("12,5", 12.5), ("12.5", 12.5), ("(500)", -500), ("500-", -500), ("−3", -3), ("1 234", 1234),
        ("1\u00a0234,50", 1234.5), ("1\u202f234\u202f567", 1234567), ("1.234,56", 1234.56), ("1,234.56", 1234.56),
        ("1,234,567", 1234567), ("1.234.567", 1234567), ("1'234.5", 1234.5), ("0,123", 0.123), ("1234,567", 1234.567),
        (",5", 0.5), ("5.", 5), ("130,-", 130), ("1 400,--", 1400), ("400.-", 400), ("1e3", 1000), ("1,2340", 1.234), ("\u200b7\ufeff", 7), ("12 h", 12), ("12h", 12),
    ],
)  # fmt: skip
def test_a_number_in_a_text_is_read_where_it_can_mean_one_thing_only(text, value):
    assert number(text, "h") == value


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("1,234", "did you mean 1234 or 1.234?"), ("1.234", "did you mean 1234 or 1.234?"), ("-12,345", "did you mean 12345 or 12.345?"),
        ("15%", "a percentage, where a number is meant"), ("€ 5", "an amount of money, where none is meant"), ("twelve", ""), ("", ""),
        ("1,23,456", ""), ("1.2.3", ""), ("300-400", ""), ("ca. 400", ""), ("400 days", ""), ("1 23", ""), ("0x10", ""), ("--5", ""),
        ("inf", ""), ("nan", ""), ("1_000", ""), ("9" * 100, ""), ("1,234,56", ""), ("5 %%", ""), ("٣", ""),
        ("(-8000)", ""), ("(500-)", ""), ("-5-", ""), ("5,-3", ""), ("1.400,--", "did you mean 1400 or 1.400?"), ("1e400", ""),
    ],
)  # fmt: skip
def test_a_number_in_a_text_is_asked_where_it_is_doubtful(text, question):
    with pytest.raises(DoubtError) as caught:
        number(text, "h")
    assert caught.value.question == question


@pytest.mark.parametrize(
    ("text", "value"), [("15%", 0.15), ("12,5 %", 0.125), ("0.1", 0.1), ("7\u00a0%", 0.07), ("%15", 0.15)]
)
def test_a_share_may_be_a_percentage(text, value):
    assert number(text, "share", share=True) == value


@pytest.mark.parametrize("text", ["€ 95", "95 EUR", "95 €/h", "EUR 95/h", "95/h"])
def test_an_amount_may_bear_its_currency_and_unit(text):
    assert number(text, "currency/h", "EUR") == 95


@pytest.mark.parametrize("text", ["$ 95", "95 USD", "£95"])
def test_an_amount_in_another_currency_is_asked(text):
    with pytest.raises(DoubtError, match=r"95") as caught:
        number(text, "USD/h", "EUR")
    assert caught.value.question == "is it meant in EUR, the currency of this workbook?"


@pytest.mark.parametrize("text", DATES)
def test_a_date_in_a_text_is_read(text):
    assert date_of_text(text) == date(2026, 12, 1)


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("12/01/2026", "did you mean 2026-01-12 or 2026-12-01?"), ("1/2/26", ""), ("2026", ""), ("soon", ""), ("31.02.2026", ""),
        ("13/13/2026", ""), ("2026-13-01", ""), ("1 Ju 2026", ""),
    ],
)  # fmt: skip
def test_a_date_in_a_text_is_asked_where_it_is_doubtful(text, question):
    with pytest.raises(DoubtError) as caught:
        date_of_text(text)
    assert caught.value.question == question


def test_a_slash_is_no_doubt_where_only_one_order_gives_a_day():
    assert date_of_text("31/12/2026") == date_of_text("12/31/2026") == date(2026, 12, 31)


def test_a_number_that_reads_like_a_date_is_asked():
    with pytest.raises(DoubtError) as caught:
        date_of_serial(20261201.0)
    assert caught.value.question == "did you mean 2026-12-01?"


@given(st.text(max_size=40))
def test_no_text_brings_a_number_or_a_date_down(text):
    for reads in (lambda: number(text, "currency/h", "EUR", True), lambda: date_of_text(text)):
        with contextlib.suppress(DoubtError):
            assert reads() is not None


# --------------------------------------------------------------------------------------------------- formulas typed


def sheet_of(**values):
    """A workbook of one sheet, with values and formulas (texts that begin with =) by address."""
    made = {}
    for place, value in values.items():
        row, column = int(place[1:]), ord(place[0]) - 64
        formula = value[1:] if isinstance(value, str) and value.startswith("=") else None
        made[row, column] = Cell(999.0 if formula else value, formula)
    return Book("xlsx", {"My sheet": Sheet("My sheet", made)})


@pytest.mark.parametrize(
    ("formula", "value"),
    [
        ("40*10", 400), ("=40*10", 400), ("2+3*4", 14), ("(2+3)*4", 20), ("-2^2", 4), ("2^-1", 0.5), ("50%", 0.5), ("10-2-3", 5),
        ("SUM(A1:A3)", 6), ("SUM(A1,2,A3)", 6), ("AVERAGE(A1:A9)", 2), ("MIN(A1:A3)", 1), ("MAX(3,A1*9)", 9), ("ROUND(2.5,0)", 3),
        ("A1+$A$2*'My sheet'!A3", 7), ("B1", 12), ("A9+1", 1), ("8/2/2", 2), ("+5", 5), ("--5", 5),
        ("(-2)^3", -8), ("(-2)^-2", 0.25), ("0^2", 0), ("10^9", 10**9), ("4^0.5", 2), ("2^-1074", 2.0**-1074),
    ],
)  # fmt: skip
def test_arithmetic_that_somebody_typed_is_calculated(formula, value):
    assert calculated(sheet_of(A1=1.0, A2=2.0, A3=3.0, B1="=A3*4"), "My sheet", formula) == value


@pytest.mark.parametrize(
    "formula",
    [
        "1/0", "VLOOKUP(1,A1:A3,1)", "A1&A2", "C1", "IF(1,2,3)", "Other!A1", "1+", "(1", "1)", "", "A1:A3", "TODAY()", "(-8)^0.5", "9^9^9^9",
        "1/9^9^9^9", "0^0", "0^-1",
        "D1", "[1]Sheet1!A1", "(" * 3000, "-" * 9000 + "1", "SUM(A1:XFD1048576)", "1 2", "AVERAGE()", "=", "A1048577",
        "1E999", "1E308*10", "1E999-1E999",
    ],
)  # fmt: skip
def test_whatever_else_somebody_typed_is_beyond_us(formula):
    with pytest.raises(BeyondError):
        calculated(sheet_of(A1=1.0, A2=2.0, A3=3.0, C1="a text", D1="=D1+1"), "My sheet", formula)


def test_a_power_that_somebody_typed_has_the_same_digits_on_every_processor():
    assert calculated(sheet_of(), "My sheet", "3^-6") == float(elementary.power(3.0, -6.0))


def test_formulas_that_multiply_each_other_end_soon():
    many = {f"A{row}": f"=A{row + 1}+A{row + 1}+A{row + 1}" for row in range(1, 19)} | {"A19": 1.0}
    assert calculated(sheet_of(**many), "My sheet", "A1") == 3**18


def test_a_formula_in_an_input_is_calculated_here_and_told():
    book, place = rich(), _places()["work.specialists"]
    book.sheets["Inputs"].cells[place[1:]] = Cell(7.0, "1+2", 0)
    found = gathered(book, "x")
    assert found.scenario.work.specialists == 3
    assert found.notes == [f"Inputs!{address(*place[1:])} (work.specialists): =1+2 was read as 3"]


@pytest.mark.parametrize(
    ("stands", "excel"),
    [
        ("[.B2]*2", "B2*2"), ("SUM([$Values.C$5:.C9];1)", "SUM(Values!C$5:C9,1)"), ("[$'Cash flow'.$A1]", "'Cash flow'!$A1"),
        ('IF([.A1]="[.B2];";1;0)', 'IF(A1="[.B2];",1,0)'), ("COM.MICROSOFT.BETA.INV([.A1];2)", "BETA.INV(A1,2)"), ("[#REF!.A1]", "#REF!"),
    ],
)  # fmt: skip
def test_formulas_of_ods_files_are_read_as_those_of_xlsx(stands, excel):
    assert excel_form(stands) == excel


# ------------------------------------------------------------------------------------------------------------ faults

FAULTS = {
    "project.name": (Cell(None), "nothing"),
    "project.currency": (Cell("€"), "did you mean EUR?"),
    "project.start": (Cell("12/01/2026"), "did you mean 2026-01-12 or 2026-12-01?"),
    "project.usd_rate": (
        Cell(45778.0, None, 0, "date"),
        "2025-05-01 (a date): did the program take a number for a date?",
    ),
    "project.horizon_months": (Cell(12.5), "12.5"),
    "project.discount_rate": (Cell(15.0), "15: did you mean 15%?"),
    "work.core_hours": (Cell("1,234"), "did you mean 1234 or 1.234?"),
    "work.specialists": (Cell(Error("#N/A")), "the error #N/A"),
    "work.hires": (Cell(0.02, None, 0, "percent"), "2% (a percentage): where a number is meant"),
    "money.leader_rate": (Cell(True), "true (yes/no value)"),
    "money.revenue_loss_per_month": (
        Cell(800.0, "VLOOKUP(1,A1:B9,2)"),
        'the formula "=VLOOKUP(1,A1:B9,2)", which shows 800.0',
    ),
    "money.budget": (Cell("$ 500"), "is it meant in"),
    "weights.leval": (Cell(None), "nothing"),
    "weights.prodfirm": (Cell(9.0), "9.0"),
    "answers.shifting": (Cell("y"), "did you mean yes?"),
    "answers.losing": (Cell(False), "did you mean no?"),
    "answers.bounded": (Cell("maybe"), '"maybe" (text)'),
    "overrides.freelancer.rework": (Cell(5.0), "5: did you mean 5%? Then type 5%; for 5 times, 500%"),
    "overrides.full_time.annual_cost": (Cell(-1.0), "-1.0"),
    "overrides.freelancer_team.rate.low": (Cell(5.0), "nothing beside its low or high end"),
}


def faulty():
    book = rich()
    for field, (cell, _) in FAULTS.items():
        place = _places()[field]
        book.sheets[place[0]].cells[place[1:]] = cell
    return book


def test_all_faults_are_told_at_once_by_sheet_and_cell_with_what_is_allowed_and_an_example():
    found = gathered(faulty(), "x.xlsx")
    assert found.scenario is None
    by_field = {fault.field.rpartition("(")[2].rstrip(")"): fault for fault in found.faults}
    assert len(by_field) == len(found.faults) == len(FAULTS)
    for field, (_, said) in FAULTS.items():
        place = _places()[field]
        fault = by_field[field.removesuffix(".low")]
        assert fault.field.startswith(f"{place[0]}!{address(place[1], 9 if field.endswith('.low') else place[2])} (")
        assert said in fault.found
        assert fault.allowed
        assert fault.example
        assert str(fault).isprintable()


def test_a_range_out_of_order_is_a_fault_of_its_row():
    book, place = rich(), _places()["work.core_hours.low"]
    book.sheets["Inputs"].cells[place[1:]] = Cell(5000.0)
    [fault] = gathered(book, "x").faults
    assert str(fault).startswith("Inputs!C")
    assert "(work.core_hours)   found [5000.0, 412.5, 700.0]" in str(fault)


@pytest.mark.parametrize(
    "text", [Cell("4OO"), Cell("12:30"), Cell("0,92\n"), Cell("x" * 30_000), Cell("=1"), Cell("\ud800")]
)
def test_any_text_in_any_cell_is_read_or_told(text):
    for field in (
        "project.name",
        "work.core_hours",
        "answers.losing",
        "overrides.freelancer.rate.high",
        "project.start",
    ):
        book, place = rich(), _places()[field]
        book.sheets[place[0]].cells[place[1:]] = text
        assert all(str(fault).isprintable() for fault in gathered(book, "x").faults)


def test_two_rows_with_the_same_key_are_asked_where_they_differ():
    book, (_, row, column) = rich(), _places()["money.budget"]
    for at in range(1, 9):
        if (row, at) in book.sheets["Inputs"].cells:
            book.sheets["Inputs"].cells[90, at] = book.sheets["Inputs"].cells[row, at]
    says(book)
    book.sheets["Inputs"].cells[90, column] = Cell(5.0)
    [fault] = gathered(book, "x").faults
    assert fault.field == f"Inputs!C{row} and Inputs!C90 (money.budget)"
    assert "which is it?" in fault.found


def test_a_cell_that_was_moved_away_with_its_name_is_asked_and_not_dropped():
    book, (_, row, column) = rich(), _places()["money.budget"]
    book.sheets["Inputs"].cells[row, 10] = book.sheets["Inputs"].cells.pop((row, column))
    book.names["in_budget"] = ("Inputs", row, 10)
    [fault] = gathered(book, "x").faults
    assert fault.field == f"Inputs!J{row} and Inputs!C{row} (money.budget)"


def test_a_share_of_one_without_a_percent_sign_is_asked():
    book, (sheet, *place) = rich(), _places()["project.discount_rate"]
    for one in (Cell(1.0), Cell("1")):
        book.sheets[sheet].cells[tuple(place)] = one
        [fault] = gathered(book, "x").faults
        assert "did you mean 1%? Then type 1%; for 1 times, 100%" in fault.found
    book.sheets[sheet].cells[tuple(place)] = Cell(1.0, kind="percent")
    assert gathered(book, "x").scenario.project.discount_rate == 1


def test_an_input_whose_row_is_gone_is_a_fault_and_no_default():
    book, (_, row, _) = rich(), _places()["work.hires"]
    book.names.pop("in_hires")
    book.sheets["Inputs"].cells = {
        place: cell for place, cell in book.sheets["Inputs"].cells.items() if place[0] != row
    }
    [fault] = gathered(book, "x").faults
    assert fault.field == "work.hires"
    assert fault.found.startswith("no cell")


def test_own_paths_that_are_lost_with_the_record_are_not_forgotten_silently():
    book = rich()
    del book.sheets["Record"]
    [fault] = gathered(book, "x").faults
    assert "no sheet Record, which keeps your own paths (own)" in str(fault)


def test_a_published_figure_that_was_typed_over_is_told():
    book, (sheet, row, _) = rich(), _places()["overrides.freelancer.rate"]
    book.sheets[sheet].cells[row, 6] = Cell(999.0)
    [note] = says(book).notes
    assert note.startswith(f"Parameters!F{row} says 999 where ")
    assert "(freelancer.rate): it was not read; your own figures go beside it" in note


def test_a_copy_of_a_sheet_is_told_and_not_read():
    book = rich()
    book.sheets["Inputs (2)"] = Sheet("Inputs (2)", dict(book.sheets["Inputs"].cells))
    assert says(book).notes == ["the sheet Inputs (2) looks like Inputs; it was not read"]


def test_another_workbook_is_refused_as_one():
    with pytest.raises(Refused, match="a workbook without any of the inputs that engagement asks for"):
        gathered(sheet_of(A1="Budget", B1=5.0), "x.xlsx")


# ---------------------------------------------------------------------------------------------------------- versions


def of_version(version):
    book = rich()
    about = book.sheets["About"].cells
    [(row, column)] = [place for place, cell in about.items() if cell.value == "Version"]
    about[row, column + 1] = Cell(version)
    return book


def test_an_older_version_is_read_by_the_names_of_today_and_its_gaps_take_defaults():
    book, (_, row, _) = of_version("0.9.9"), _places()["work.hires"]
    book.names.pop("in_hires")
    book.sheets["Inputs"].cells = {
        place: cell for place, cell in book.sheets["Inputs"].cells.items() if place[0] != row
    }
    found = says(book)
    assert found.version == "0.9.9"
    assert found.notes == ["work.hires: version 0.9.9 did not ask for it; its default was taken"]


@pytest.mark.parametrize("version", ["1.0.1", "1.10.0", "2.0.0", "10.0.0rc1"])
def test_a_newer_version_is_refused_clearly(version):
    with pytest.raises(Refused, match=f"made by version {version}; this is version {calc.__version__}"):
        gathered(of_version(version), "x.xlsx")


# ---------------------------------------------------------------------------------------------------------- commands


def run(*arguments):
    return CliRunner(env={"COLUMNS": "120"}).invoke(command.app, [str(a) for a in arguments], prog_name="engagement")


@pytest.fixture
def returned(tmp_path):
    path = tmp_path / "returned.xlsx"
    path.write_bytes(light_file())
    return path


@pytest.fixture
def wrong(returned):
    """A workbook with three faults, as a file."""
    of = {field: (place[0], address(*place[1:])) for field, place in _places().items()}
    typed = {of["work.core_hours"]: "1,234", of["answers.losing"]: "perhaps", of["overrides.freelancer.rate"]: "=cheap"}
    return typing.edited(returned, typed, returned.with_name("wrong.xlsx"))


def test_read_writes_toml_that_says_the_same(returned, tmp_path):
    ended = run("read", returned, "-o", tmp_path / "out.toml")
    assert (ended.exit_code, ended.stdout.strip()) == (0, str(tmp_path / "out.toml"))
    assert normal_form(from_text((tmp_path / "out.toml").read_text(encoding="utf-8"), "x")) == normal_form(
        scenario(RICH)
    )


def test_read_never_writes_to_the_workbook_itself(returned):
    before = returned.read_bytes()
    assert run("read", returned, "-o", returned).exit_code == 2
    assert run("read", returned, "--problems", returned, "--force").exit_code == 2
    assert returned.read_bytes() == before


def test_read_marks_every_fault_in_a_copy_and_leaves_the_workbook_alone(wrong, tmp_path):
    digest = hashlib.sha256(wrong.read_bytes()).hexdigest()
    ended = run("read", wrong, "--problems", tmp_path / "problems.xlsx")
    assert ended.exit_code == 4
    assert "3 problems" in ended.stderr
    assert hashlib.sha256(wrong.read_bytes()).hexdigest() == digest
    copied = load_workbook(tmp_path / "problems.xlsx")
    listed = copied["Problems"]
    assert copied.sheetnames[0] == "Problems"
    rows = [[cell.value for cell in row] for row in listed.iter_rows(min_row=5)]
    assert [row[1] for row in rows] == ["work.core_hours", "answers.losing", "overrides.freelancer.rate"]
    for place, _, found, allowed, example in rows:
        sheet, _, ref = place.partition("!")
        cell = copied[sheet][ref]
        assert cell.fill.fgColor.rgb == "FFFFD9D9"
        assert found in cell.comment.text
        assert allowed in cell.comment.text
        assert example
    assert all(cell.data_type != "f" for row in listed.iter_rows() for cell in row)
    again = gathered(cells(tmp_path / "problems.xlsx"), str(wrong))
    assert again.faults == gathered(cells(wrong), str(wrong)).faults
    assert copied["Summary"]._charts


def test_problems_are_marked_in_a_plain_copy_where_the_file_cannot_be_copied(tmp_path):
    book = faulty()
    found = gathered(book, "x.ods")
    book.format = "ods"
    (tmp_path / "copy.xlsx").write_bytes(marked(book, b"", found.faults))
    again = gathered(cells(tmp_path / "copy.xlsx"), "x.ods")
    assert {fault.field for fault in again.faults} >= {
        fault.field for fault in found.faults if "shows" not in fault.found and "#N/A" not in fault.found
    }


def test_sheets_with_names_that_excel_does_not_take_are_marked_in_the_copy():
    book = Book("ods", {name: Sheet(name, {(1, 1): Cell("x")}) for name in ("Gan*tt[1]", "g" * 40, "g" * 41)})
    faults = [PlacedFault("x", "1", "2", "3", (name, 1, 1)) for name in book.sheets]
    copied = load_workbook(io.BytesIO(marked(book, b"", faults)))
    assert all(sheet["A1"].comment for sheet in copied.worksheets[1:])


def test_a_range_merged_over_the_whole_sheet_does_not_keep_the_copy_busy():
    members = good.xlsx()
    merged = b'</sheetData><mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    file = good.packed({name: content.replace(b"</sheetData>", merged) for name, content in members.items()})
    fault = PlacedFault("Inputs!B2 (x)", "1", "2", "2", ("Inputs", 2, 2))
    copied = load_workbook(io.BytesIO(marked(read_here(file), file, [fault])))
    assert copied["Inputs"]["B2"].comment.text == "Found: 1\nAllowed: 2\nExample: 2"


def test_a_command_that_takes_a_scenario_takes_a_workbook(returned):
    ended = run("calc", returned)
    assert ended.exit_code == 0
    assert ended.stdout.startswith("=1+1 & <more>")


def test_a_new_workbook_is_read_as_the_defaults(tmp_path):
    assert run("new", tmp_path / "rescue.xlsx").exit_code == 0
    found = read(tmp_path / "rescue.xlsx").scenario
    assert normal_form(found) == normal_form(scenario({"project": {"name": "rescue", "start": found.project.start}}))


def test_a_workbook_that_is_refused_ends_with_code_4_and_every_fault(wrong):
    ended = run("calc", wrong)
    assert ended.exit_code == 4
    assert ended.stdout == ""
    assert "did you mean 1234 or 1.234?" in ended.stderr
