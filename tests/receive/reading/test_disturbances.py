"""The same is read after rows, sheets, names and the ways of writing were changed."""

import random
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calc.scenario.number_text import AMBIGUOUS
from tests.receive.reading.filled_in import DATES, RICH, START, _inputs, _places, filled, says, scenarios_of
from workbook.receive.intake import Cell, Sheet


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
    text = text if not AMBIGUOUS.fullmatch(text) else f"{text}0"
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
