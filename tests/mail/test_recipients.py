"""Recipients from a CSV file."""

import pytest

from calc.scenario.faults import Refused
from tests.mail.samples import SENDER
from workbook.mail import Template, post, recipients


def test_recipients_come_from_a_csv_file_with_further_columns_as_fields(tmp_path, workbook):
    path = tmp_path / "recipients.csv"
    path.write_text(
        '\ufeffTo;Name;Workbook;Total\nada@example.org;"Lovelace; Ada";checkout rescue.xlsx;41,2\n;;;\n',
        encoding="utf-8",
    )
    (one,) = recipients(path)
    assert (one.recipient, one.name, one.attachment, one.where) == (
        "ada@example.org",
        "Lovelace; Ada",
        workbook,
        "row 1 (line 2)",
    )
    assert one.fields == {"name": "Lovelace; Ada", "total": "41,2"}


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "column to   is missing"),
        ("to,name\n", "column workbook"),
        ("to,name,workbook,to\n", "twice"),
        ("to,name,workbook\n", "no recipients"),
        ("to,name,workbook\na@b.com,A\n", r"row 1 \(line 2\) .* fewer cells"),
        ("to,name,workbook\na@b.com,A,b.xlsx,c\n", r"row 1 \(line 2\) .* more"),
        ("to,name,workbook\n,A,b.xlsx\n", r"row 1 \(line 2\), to"),
        ("to,name,workbook\n\xff", "not UTF-8"),
    ],
)
def test_a_recipients_file_with_faults_is_refused(text, says, tmp_path):
    (tmp_path / "r.csv").write_bytes(text.encode("latin-1"))
    with pytest.raises(Refused, match=says):
        post(tmp_path / "r.csv", SENDER, tmp_path / "out")


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("to,name,workbook\n".encode("utf-16"), "UTF-16, not UTF-8; save it as UTF-8; in Excel: Save As"),
        (b"PK\3\4", "a workbook or another zip file, not text"),
        (b"", "column to   is missing"),
    ],
)
def test_a_list_that_is_no_text_is_refused_for_what_it_is(content, says, tmp_path):
    (tmp_path / "r.csv").write_bytes(content)
    with pytest.raises(Refused, match=says):
        recipients(tmp_path / "r.csv")


def test_faults_of_form_and_of_content_in_a_recipients_file_are_reported_together_and_once_each(tmp_path, workbook):
    rows = "to,name,workbook\n,Ada,checkout rescue.xlsx\nbob@example.org,Bob\nnobody,Cyd,gone.xlsx\ndan@example.org,,\n"
    (tmp_path / "r.csv").write_text(rows, encoding="utf-8")
    with pytest.raises(Refused) as caught:
        post(tmp_path / "r.csv", "no sender", tmp_path / "out", template=Template("{projct}", "{name}"))
    assert [fault.field for fault in caught.value.faults] == [
        "sender",
        "row 1 (line 2), to",
        "template, subject",
        "row 2 (line 3)",
        "row 3 (line 4), to",
        "row 3 (line 4), workbook",
        "row 4 (line 5), name",
        "row 4 (line 5), workbook",
    ]


def test_a_row_that_is_no_csv_is_named_with_its_line_beside_the_faults_of_the_others(tmp_path):
    path = tmp_path / "recipients.csv"
    path.write_text(
        'to,name,workbook\na@x.org,"A"x,a.xlsx\nb@x.org,B,b.xlsx,more\nc@x.org,C,c.xlsx\nd@x.org,"D,d.xlsx\n',
        encoding="utf-8",
    )
    broken, more, good, torn = recipients(path)
    assert [len(one.faults) for one in (broken, more, good, torn)] == [1, 1, 0, 1]
    assert str(broken.faults[0]).startswith("row 1 (line 2)   invalid CSV: ")
    assert str(torn.faults[0]).startswith("row 4 (line 5)   invalid CSV: ")
