"""Rows of CSV that are broken, columns without names, and decimal commas."""

import pytest

from tests.bulk.portfolios import HEAD, ROW, faults, portfolio, refusal


def test_broken_rows_of_csv_are_refused_and_the_others_are_read(tmp_path):
    text = HEAD + "a,A,2026-12-01\n" + "b,B,2026-12-01,400,5\n" + "c,C,2026-12-01,400\n" + "d\x00,D,2026-12-01,400\n"
    short, long, good, zero = portfolio(tmp_path, text)
    assert "found 3 cells" in faults(short)[0]
    assert "found 5 cells" in faults(long)[0]
    assert good.scenario().project.name == "C"
    assert faults(zero)
    first, torn = portfolio(tmp_path, HEAD + ROW + '"b,B,2026-12-01,400\nc,C,2026-12-01,400\n')
    assert first.scenario()
    [fault] = faults(torn)
    assert "the rest of the file   cannot be read from line 3 on: a quote that is opened there is never closed" in fault


@pytest.mark.parametrize(
    ("broken", "message"),
    [
        ('b,"x"y,2026-12-01,400', "invalid CSV"),
        (f"b,{'x' * 200_000},2026-12-01,400", "a cell of more than 100,000 characters   allowed: at most 100,000"),
        (f'b,"{"x" * 200_000}",2026-12-01,400', "a cell of more than 100,000 characters   allowed: at most 100,000"),
        (f'b,"{"x" * 2_000_000}",2026-12-01,400', "a line of more than 1,000,000 characters"),
        ("b," + "x," * 900_000, "a line of more than 1,000,000 characters"),
        ("b", "found 1 cell   allowed: 4"),
        ("b,,", "found 3 cells"),
    ],
)
def test_a_row_that_is_not_valid_csv_is_refused_for_that_alone_and_spoils_no_other(tmp_path, broken, message):
    before, bad, after = portfolio(tmp_path, HEAD + ROW + f"{broken}\n" + ROW.replace("a,", "c,"))
    assert (before.scenario().project.name, after.scenario().project.name) == ("Checkout rescue",) * 2
    [fault] = faults(bad)
    assert message in fault
    assert (bad.where, after.where) == ("portfolio.csv, row 2 (line 3)", "portfolio.csv, row 3 (line 4)")


def test_an_invalid_row_of_several_lines_names_them_all(tmp_path):
    good, bad, last = portfolio(tmp_path, HEAD + ROW + 'b,"x\ny"z,2026-12-01,400\nc,C,2026-12-01,400\n')
    assert (good.id, bad.where, last.id) == ("a", "portfolio.csv, row 2 (lines 3 to 4)", "c")


@pytest.mark.parametrize("rest", [ROW, ROW * 10_000, "x" * 150_000 + "\n" + ROW])
def test_nothing_is_read_after_a_quote_that_is_never_closed(tmp_path, rest):
    first, torn = portfolio(tmp_path, HEAD + ROW + 'b,"B,2026-12-01,400\n' + rest)
    assert first.scenario()
    [fault] = faults(torn)
    assert "cannot be read from line 3 on: a quote that is opened there is never closed" in fault


def test_a_row_that_cannot_be_read_takes_no_id_from_another(tmp_path):
    bad, good = portfolio(tmp_path, HEAD + '"x"y\n1,A,2026-12-01,400\n')
    assert len(faults(bad)) == 1
    assert good.scenario().project.name == "A"


# What Excel saves where only the format of a column was ever touched.
def test_a_column_without_a_name_is_skipped_if_it_is_empty(tmp_path):
    head = "id,project.name,,project.start,, \n"
    one, two, three, four = portfolio(
        tmp_path, f"{head}a,A,,2026-12-01,,\n,,,,,\n  \nb,B, ,2026-12-01, ,\nc,C,x,2026-12-01,,5\nd,D,,2026-12-01\n"
    )
    assert [entry.scenario().project.name for entry in (one, two, four)] == ["A", "B", "D"]
    assert [entry.number for entry in (one, two, three, four)] == [1, 2, 3, 4]
    assert [fault.split("   allowed")[0] for fault in faults(three)] == [
        'cell 3   holds "x" (text), but its column has no name', 'cell 6   holds "5" (text), but its column has no name',
    ]  # fmt: skip


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize(
    ("text", "hours"),
    [("400,5", 400.5), ("1.200,5", 1200.5), ("1,200.5", 1200.5), ("12.5", 12.5), ("400", 400), ("0,125", 0.125), ("1.200.000", 1200000)],
)  # fmt: skip
def test_a_number_is_read_alike_in_every_delimiter(tmp_path, delimiter, text, hours):
    head = "project.name,project.start,money.budget\n".replace(",", delimiter)
    [entry] = portfolio(tmp_path, f'{head}A{delimiter}2026-12-01{delimiter}"{text}"\n')
    assert entry.scenario().money.budget == hours


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("1.200", "did you mean 1200 or 1.2?"),
        ("1,200", "did you mean 1200 or 1.2?"),
        ("-1.234", "did you mean 1234 or 1.2340?"),
        ("[1.200, 1.400, 1.700]", "did you mean 1200 or 1.2?"),
    ],
)
def test_a_mark_before_three_digits_is_asked_about_in_every_delimiter(tmp_path, delimiter, text, question):
    head = "project.name,project.start,work.core_hours,answers.shifting\n".replace(",", delimiter)
    row = 'Version 1.200,2026-12-01,"{}",{}\n'.replace(",", delimiter)
    bad, good = portfolio(tmp_path, head + row.format(text, "yes") + row.format("1200", ""))
    [fault] = faults(bad)
    assert fault.startswith(
        f'work.core_hours   found "{text}" (text): {question}   allowed: a number from 1 to 100,000'
    )
    assert good.scenario().project.name == "Version 1.200"


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_the_line_in_which_excel_names_the_delimiter_is_read(tmp_path, delimiter):
    [entry] = portfolio(tmp_path, f"sep={delimiter}\r\n" + (HEAD + ROW).replace(",", delimiter))
    assert (entry.scenario().project.name, entry.where) == ("Checkout rescue", "portfolio.csv, row 1 (line 3)")


@pytest.mark.parametrize(
    ("encoding", "says"),
    [(f"utf-16{order}", "UTF-16, not UTF-8") for order in ("", "-le", "-be")] + [("cp1252", "perhaps Windows-1252")],
)
def test_a_file_that_is_not_utf_8_is_refused_with_how_to_save_it(tmp_path, encoding, says):
    message = refusal(lambda: portfolio(tmp_path, (HEAD + ROW.replace("Checkout", "Café")).encode(encoding)))
    assert says in message
    assert "in Excel: Save As, CSV UTF-8" in message


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"PK\3\4", "a workbook or another zip file"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "a document of an older Excel or Word"),
    ],
)
def test_a_workbook_that_is_named_as_csv_is_called_a_workbook(tmp_path, content, says):
    assert says in refusal(lambda: portfolio(tmp_path, content))
