"""Ids of rows: names of files on every system, no two that look the same."""

import json

import pytest

from tests.bulk.portfolios import faults, portfolio
from workbook.bulk.portfolio import ids


@pytest.mark.parametrize(
    "id",
    [
        "../x", "..\\x", "a/b", "a\\b", "/etc/passwd", "C:x", "CON", "con", "Con.txt", "nul", "COM1", "lpt9.x", "COM¹",
        "x" * 300, "ю" * 101, "𝒳" * 100, "x.", "x ", " x", ".x", "-x", "~$x", "a\tb", "a\nb", "a\x00b", "a\u202eb", "a\u200bb",
        "a\ud800", "*", "a?", 'a"b', "a<b", "a|b", "", ".", "..", "aux .x",
    ],
)  # fmt: skip
def test_an_id_that_some_system_rejects_as_a_file_name_is_refused(tmp_path, id):
    row = json.dumps({"id": id, "project.name": "A", "project.start": "2026-12-01"})
    [entry] = portfolio(tmp_path, row, "p.jsonl")
    if id == "":
        assert entry.id == "1"
        return
    [fault] = faults(entry)
    assert fault.startswith("id ")


@pytest.mark.parametrize(
    "id", ["a", "Über-größe_1.2", "проєкт 7", "見積", "x" * 100, "console", "com10", "a.b", "R&D (2)"]
)
def test_an_id_in_any_script_is_accepted(id):
    assert ids.fault(id) is None


@pytest.mark.parametrize(
    ("first_id", "second_id"),
    [
        ("a", "a"),
        ("Report", "rEPORT"),
        ("é", "e\u0301"),
        ("ﬁle", "file"),
        ("Straße", "STRASSE"),
        ("2", None),
        ("Å", "\u212b"),
    ],
)
def test_of_two_ids_that_some_system_treats_as_one_the_second_is_refused(tmp_path, first_id, second_id):
    rows = [{"id": first_id, "project.name": "A", "project.start": "2026-12-01"},
            {"id": second_id, "project.name": "B", "project.start": "2026-12-01"}]  # fmt: skip
    first, second = portfolio(tmp_path, "\n".join(map(json.dumps, rows)), "p.jsonl")
    assert first.scenario().project.name == "A"
    [fault] = faults(second)
    assert "is also the id of row 1" in fault


@pytest.mark.parametrize("id", [True, 1.5, [], {}, float("1e300")])
def test_an_id_that_is_not_text_is_refused(tmp_path, id):
    row = json.dumps({"id": id, "project.name": "A", "project.start": "2026-12-01"})
    [entry] = portfolio(tmp_path, row, "p.jsonl")
    assert any(fault.startswith("id ") for fault in faults(entry))


INVISIBLE = [
    "\u00ad", "\u034f", "\u061c", "\u115f", "\u1160", "\u17b4", "\u180b", "\u180e", "\u200b", "\u200c", "\u200d", "\u2060", "\u3164",
    "\ufe0f", "\ufeff", "\uffa0", "\U000e0100", "\U000e0041",
]  # fmt: skip


@pytest.mark.parametrize("character", INVISIBLE, ids=[f"U+{ord(character):04X}" for character in INVISIBLE])
def test_an_id_with_an_invisible_character_is_refused_and_the_character_named(tmp_path, character):
    rows = [{"id": id, "project.name": "A", "project.start": "2026-12-01"} for id in ("ab", f"a{character}b")]
    _, entry = portfolio(tmp_path, "\n".join(map(json.dumps, rows)), "p.jsonl")
    [fault] = faults(entry)
    assert f"U+{ord(character):04X}" in fault


def test_no_letter_or_mark_that_unicode_calls_ignorable_is_allowed_in_an_id():
    # https://www.unicode.org/Public/UCD/latest/ucd/DerivedCoreProperties.txt, Default_Ignorable_Code_Point
    ignorable = [0xAD, 0x34F, 0x61C, *range(0x115F, 0x1161), *range(0x17B4, 0x17B6), *range(0x180B, 0x1810)]
    ignorable += [
        *range(0x200B, 0x2010),
        *range(0x202A, 0x202F),
        *range(0x2060, 0x2070),
        0x3164,
        *range(0xFE00, 0xFE10),
    ]
    ignorable += [0xFEFF, 0xFFA0, *range(0xE0000, 0xE1000)]
    assert [hex(code) for code in ignorable if ids.fault(f"a{chr(code)}b") is None] == []


@pytest.mark.parametrize(
    ("first_id", "second_id"), [("caf\u00e9", "cafe\u0301"), ("Checkout", "checkout"), ("\ufb01x", "fix")]
)
def test_the_fault_of_two_ids_that_some_file_system_treats_as_one_says_so(tmp_path, first_id, second_id):
    rows = [{"id": id, "project.name": "A", "project.start": "2026-12-01"} for id in (first_id, second_id)]
    _, entry = portfolio(tmp_path, "\n".join(map(json.dumps, rows)), "p.jsonl")
    [fault] = faults(entry)
    assert "is also the id of row 1, to a file system that treats these letters as the same" in fault
