"""The day on which a workbook was made: on its first page, of no consequence for anything else."""

import zipfile

import pytest
from openpyxl import load_workbook

from tests.command.runner import MINIMAL, run
from tests.engines.cells import edited

FIRST_DAY, NEXT_DAY = "1796117400", "1796203800"  # 2026-12-01, 2026-12-02
LIGHT = ("--runs", "0", "--edition", "light")
DATED = {"docProps/core.xml", "xl/worksheets/sheet1.xml"}


def on(day, *line):
    ended = run(*line, SOURCE_DATE_EPOCH=day)
    assert ended.exit_code == 0, ended.stderr
    return ended


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """A scenario and its workbook of the first day."""
    folder = tmp_path_factory.mktemp("built")
    (folder / "a.toml").write_text(MINIMAL, encoding="utf-8")
    on(FIRST_DAY, "build", folder / "a.toml", *LIGHT)
    return folder


@pytest.fixture
def folder(built, tmp_path, monkeypatch):
    """The same in a place of its own, where the command runs."""
    monkeypatch.chdir(tmp_path)
    for name in ("a.toml", "a.xlsx"):
        (tmp_path / name).write_bytes((built / name).read_bytes())
    return tmp_path


def day_in(path):
    """The day on the first page, and the cell in which it stands."""
    book = load_workbook(path, read_only=True)
    sheet, cell = book.defined_names["made_on"].attr_text.replace("$", "").split("!")
    assert sheet == "Summary"
    return str(book[sheet][cell].value.date()), cell


def test_the_first_page_shows_the_day_and_a_day_later_nothing_else_differs(folder):
    for day, out in ((FIRST_DAY, "again.xlsx"), (NEXT_DAY, "later.xlsx")):
        on(day, "build", "a.toml", "-o", out, *LIGHT)
    assert (folder / "again.xlsx").read_bytes() == (folder / "a.xlsx").read_bytes()
    assert [day_in(name)[0] for name in ("a.xlsx", "later.xlsx")] == ["2026-12-01", "2026-12-02"]
    with zipfile.ZipFile("a.xlsx") as before, zipfile.ZipFile("later.xlsx") as after:
        about = f"xl/worksheets/sheet{before.read('xl/workbook.xml').count(b'<sheet ')}.xml"
        differing = {name for name in before.namelist() if before.read(name) != after.read(name)}
    assert differing == DATED | {about}


def test_a_workbook_of_yesterday_is_untouched_and_replaced_today(folder):
    assert "Nothing differs" in on(NEXT_DAY, "check", "a.xlsx").stdout
    on(NEXT_DAY, "build", "a.toml", *LIGHT)
    assert day_in("a.xlsx")[0] == "2026-12-02"


def test_check_names_a_changed_day_by_its_cell(folder):
    _, cell = day_in("a.xlsx")
    edited("a.xlsx", {("Summary", cell): 46000}, "b.xlsx")
    ended = run("check", "b.xlsx", SOURCE_DATE_EPOCH=NEXT_DAY)
    assert ended.exit_code == 5
    assert f"Summary!{cell}: 2025-12-09, expected 2026-12-01" in ended.stdout


def test_a_workbook_to_fill_in_that_nobody_touched_is_replaced_on_a_later_day(folder):
    on(FIRST_DAY, "new", "form.xlsx")
    assert day_in("form.xlsx")[0] == "2026-12-01"
    on(NEXT_DAY, "new", "form.xlsx")
    assert day_in("form.xlsx")[0] == "2026-12-02"


def test_a_built_workbook_is_not_replaced_by_one_to_fill_in(folder):
    before = (folder / "a.xlsx").read_bytes()
    assert run("new", "a.xlsx", SOURCE_DATE_EPOCH=NEXT_DAY).exit_code == 2
    assert (folder / "a.xlsx").read_bytes() == before


def test_all_workbooks_of_a_batch_bear_the_day_of_its_run_and_are_kept_the_next_day(folder):
    (folder / "p.csv").write_text("project.name,project.start\nA,2026-12-01\nB,2026-12-01\n", encoding="utf-8")
    on(FIRST_DAY, "batch", "p.csv", "-o", "out", "--jobs", "1")
    made = sorted((folder / "out" / "workbooks").glob("*.xlsx"))
    assert [day_in(path)[0] for path in made] == ["2026-12-01"] * 2
    before = [path.read_bytes() for path in made]
    assert "2 unchanged" in on(NEXT_DAY, "batch", "p.csv", "-o", "out").stderr
    assert [path.read_bytes() for path in made] == before


def test_a_moment_that_is_none_is_refused(folder):
    ended = run("build", "a.toml", SOURCE_DATE_EPOCH="yesterday")
    assert ended.exit_code == 2
    assert "SOURCE_DATE_EPOCH: is 'yesterday', not seconds since 1970" in ended.stderr
