"""Forms for quotes as they come back: from other programs, with prices as texts, tampered with."""

import hashlib
import json

import pytest

from tests.command.runner import run
from tests.engines import libreoffice
from tests.receive.filled_form import filled
from workbook.receive.soundness import broken
from workbook.write.quote_form import form

SHOP = {
    "vendor": "Nordlicht",
    "model": "Fixed-price shop",
    "currency": "EUR",
    "price": 40_000,
    "hours": 400,
    "weeks": 8,
}
TEAM = {"vendor": "Tri", "model": "freelancer_team", "currency": "EUR", "rate": "€ 95,50", "includes.rework": "yes"}
HIRE = {"vendor": "Kanzlei", "model": "Full-time hire", "currency": "eur", "salary": 120_000, "hours": 400}
SCENARIO = '[project]\nname = "Quoted"\nstart = 2026-12-01\ncurrency = "EUR"\nusd_rate = 0.92\n'


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "scenario.toml").write_text(SCENARIO, encoding="utf-8")
    (tmp_path / "forms").mkdir()
    return tmp_path


def taken(folder):
    return run(
        "quotes", str(folder / "forms"), "-o", str(folder / "quoted.toml"), "--scenario", str(folder / "scenario.toml")
    )


def test_the_form_is_a_sound_workbook_of_one_printed_page(tmp_path):
    of_the_whole = {1, 7, 14}  # the sheets, the checks and the size that a whole workbook has
    assert [str(one) for one in broken(form()) if one.rule not in of_the_whole] == []


@pytest.mark.skipif(not libreoffice.available(), reason="LibreOffice is not installed")
def test_forms_of_other_programs_end_in_one_comparison(folder):
    forms = folder / "forms"
    shop = filled(folder / "shop.xlsx", SHOP)
    [saved] = libreoffice.recalculate([shop], outdir=folder / "saved")
    (forms / "shop.xlsx").write_bytes(saved.read_bytes())
    filled(forms / "team.xlsx", TEAM)
    filled(forms / "hire.xlsx", HIRE)
    ended = taken(folder)
    assert ended.exit_code == 0, ended.stderr
    assert "95.5" in ended.stderr  # what the text was read as
    result = json.loads(run("calc", str(folder / "quoted.toml"), "--json", "--trials", "0").stdout)
    assert [quote["vendor"] for quote in result["quotes"]] == ["Kanzlei", "Nordlicht", "Tri"]
    assert {quote["path"] for quote in result["quotes"]} <= set(result["paths"])
    by_vendor = {quote["vendor"]: quote for quote in result["quotes"]}
    assert by_vendor["Nordlicht"]["sha256"] == hashlib.sha256(saved.read_bytes()).hexdigest()
    assert by_vendor["Tri"]["amount"] == 95.5
    assert "rework" not in by_vendor["Tri"]["not_included"]


def test_a_price_that_can_be_read_in_two_ways_is_asked_about_and_nothing_is_written(folder):
    filled(folder / "forms" / "shop.xlsx", SHOP | {"price": "40.000"})
    filled(folder / "forms" / "hire.xlsx", HIRE)
    ended = taken(folder)
    assert ended.exit_code == 4
    assert "shop.xlsx: Quote!B9 (Fixed price)" in ended.stderr
    assert "did you mean 40000 or 40?" in ended.stderr
    assert not (folder / "quoted.toml").exists()


def _reworded(sheet):
    sheet["A9"] = "Price for everything"


def _without_a_row(sheet):
    sheet.delete_rows(9)


def _with_a_formula(sheet):
    sheet["B9"] = "=HYPERLINK(A1)"


@pytest.mark.parametrize(
    ("edit", "asked"),
    [(_reworded, "instead of"), (_without_a_row, "its row is gone"), (_with_a_formula, "the formula")],
)
def test_a_form_that_was_tampered_with_ends_in_a_question(folder, edit, asked):
    filled(folder / "forms" / "shop.xlsx", SHOP, edit)
    ended = taken(folder)
    assert ended.exit_code == 4
    assert asked in " ".join(ended.stderr.split())


def test_read_gives_the_quote_of_one_form(tmp_path):
    ended = run("read", str(filled(tmp_path / "shop.xlsx", SHOP)))
    assert "[[quotes]]" in ended.stdout
    assert 'vendor = "Nordlicht"' in ended.stdout
    assert "Prices in EUR" in ended.stdout  # nothing else in it would say so
    refused = run("calc", str(tmp_path / "shop.xlsx"))
    assert (refused.exit_code, "engagement quotes" in refused.stderr) == (4, True)


def test_two_forms_of_one_vendor_are_asked_about_by_their_files_and_a_price_without_currency_is_noted(folder):
    for name in ("new", "old"):
        filled(folder / "forms" / f"{name}.xlsx", {key: value for key, value in SHOP.items() if key != "currency"})
    ended = taken(folder)
    said = " ".join(ended.stderr.split())
    assert ended.exit_code == 4
    assert "old.xlsx is from Nordlicht too, as new.xlsx is" in said
    (folder / "forms" / "old.xlsx").unlink()
    ended = taken(folder)
    assert ended.exit_code == 0
    assert "new.xlsx: it names no currency; its prices were read as in EUR" in " ".join(ended.stderr.split())


def test_a_form_saved_as_an_older_excel_file_is_named_and_what_systems_leave_in_the_folder_is_passed_over(folder):
    filled(folder / "forms" / "hire.xlsx", HIRE)
    for name in ("~$hire.xlsx", "._hire.xlsx", "notes.txt"):
        (folder / "forms" / name).write_bytes(b"left here")
    assert taken(folder).exit_code == 0
    (folder / "forms" / "old.xls").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "Workbook".encode("utf-16-le"))
    ended = taken(folder)
    assert ended.exit_code == 4
    assert "old.xls" in ended.stderr


def test_prices_in_another_currency_than_the_scenario_are_asked_about(folder):
    filled(folder / "forms" / "shop.xlsx", SHOP | {"currency": "USD"})
    ended = taken(folder)
    assert "its prices are in USD" in " ".join(ended.stderr.split())


def test_check_takes_answers_for_no_difference_and_names_the_words_that_were_changed(tmp_path):
    assert run("new", str(tmp_path / "empty.xlsx"), "--quote").exit_code == 0
    for path in (tmp_path / "empty.xlsx", filled(tmp_path / "filled.xlsx", SHOP)):
        ended = run("check", str(path))
        assert ended.exit_code == 0
        said = " ".join(ended.stdout.split())
        assert "a form for quotes" in said
        assert "Apart from the answers, nothing differs from the form" in said
        assert "does not name the version" not in said
    ended = run("check", str(filled(tmp_path / "reworded.xlsx", SHOP, _reworded)))
    assert ended.exit_code == 5
    assert "A9" in ended.stdout


TERMS = {
    "deposit": 0.3, "milestones.1.share": 0.4, "milestones.1.at": "50%", "milestones.2.share": "30 %", "milestones.2.at": 1,
    "net_days": 30,
}  # fmt: skip


def test_payment_terms_of_a_form_are_taken_into_the_scenario(folder):
    filled(folder / "forms" / "shop.xlsx", SHOP | TERMS)
    ended = taken(folder)
    assert ended.exit_code == 0, ended.stderr
    [quote] = json.loads(run("calc", str(folder / "quoted.toml"), "--json", "--trials", "0").stdout)["quotes"]
    said = "30% at the start, 40% when 50% of the work is done and 30% when the work is done, 30 days after the invoice"
    assert quote["payment_terms"] == said
    assert said in quote["text"]


@pytest.mark.parametrize(
    ("wrong", "asked"),
    [
        ({"milestones.2.at": None}, "is empty, while the rest of milestone 2 is given"),
        ({"deposit": 0.5}, "add up to 1.2 instead of 1"),
    ],
)
def test_payment_terms_that_do_not_say_when_all_is_paid_are_asked_about(folder, wrong, asked):
    filled(folder / "forms" / "shop.xlsx", SHOP | TERMS | wrong)
    ended = taken(folder)
    assert ended.exit_code == 4
    assert asked in " ".join(ended.stderr.split())


@pytest.mark.parametrize(
    ("wrong", "cells"),
    [
        ({"milestones.1.share": None, "milestones.1.at": None, "milestones.3.share": 0, "milestones.3.at": 1.5},
         ["B26", "B27"]),
        ({"hours": "many", "milestones.2.at": 1.5}, ["B13", "B25"]),
        ({"deposit": None}, ["B22"]),
    ],
)  # fmt: skip
def test_a_fault_of_a_milestone_names_its_cell(folder, wrong, cells):
    filled(folder / "forms" / "shop.xlsx", SHOP | TERMS | wrong)
    ended = taken(folder)
    assert ended.exit_code == 4
    asked = [line.split()[1] for line in ended.stderr.splitlines() if line.startswith("  shop.xlsx: Quote!")]
    assert asked == [f"Quote!{cell}" for cell in cells]


def test_a_cell_that_cannot_be_read_hides_no_value_that_is_not_allowed(folder):
    filled(folder / "forms" / "shop.xlsx", SHOP | {"hours": "many", "weeks": 0, "net_days": -1})
    ended = taken(folder)
    assert ended.exit_code == 4
    asked = [line for line in ended.stderr.splitlines() if line.startswith("  shop.xlsx: Quote!")]
    assert [line.partition("   found ")[2].partition("   ")[0] for line in asked] == ['"many" (text)', "0.0", "-1.0"]


def test_a_vendor_is_the_same_however_its_name_is_capitalised(folder):
    filled(folder / "forms" / "a.xlsx", SHOP)
    filled(folder / "forms" / "b.xlsx", SHOP | {"vendor": "NORDLICHT"})
    ended = taken(folder)
    assert ended.exit_code == 4
    assert "b.xlsx   is from NORDLICHT too, as a.xlsx is" in ended.stderr
    (folder / "forms" / "a.xlsx").unlink()
    quote = '[[quotes]]\nvendor = "Nordlicht"\nmodel = "fixed_price_shop"\nprice = 1\nhours = 400\n'
    (folder / "scenario.toml").write_text(SCENARIO + quote, encoding="utf-8")
    assert taken(folder).exit_code == 0
    assert (folder / "quoted.toml").read_text(encoding="utf-8").count("vendor = ") == 1
