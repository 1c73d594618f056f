"""The attached workbook: intact, small enough, unchanged, and safely named."""

import re
from urllib.parse import unquote

import pytest

from calc.scenario.faults import Refused
from tests.mail.samples import FIELDS, LARGE, SENDER, WHEN, WORKBOOK, alone
from tests.receive.hostile import good
from workbook.mail import Outgoing, composed
from workbook.mail.attachment import safe_name
from workbook.mail.envelope import message_bytes


def test_a_message_that_is_too_large_is_refused_before_anything_is_sent(workbook, tmp_path):
    (tmp_path / "large.xlsx").write_bytes(LARGE)
    with pytest.raises(Refused, match="larger than"):
        composed([Outgoing("ada@example.org", "Ada", FIELDS, tmp_path / "large.xlsx")], SENDER, largest=2_000_000)
    with pytest.raises(Refused, match="of at most"):
        composed([Outgoing("ada@example.org", "Ada", FIELDS, workbook)], SENDER, largest=7_000)


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("a.xlsx", b"PK\3\4junk", "incomplete zip file"),
        ("a.xlsx", WORKBOOK[:-1], "incomplete zip file"),
        ("a.xlsx", WORKBOOK.replace(b"\x4b\x01\x02", b"\x4b\x01\x03", 1), "incomplete zip file"),
        ("a.xlsx", good.packed({"word/document.xml": b"<w/>"}), "a zip without xl/workbook.xml"),
        ("a.ods", WORKBOOK, "a zip without content.xml"),
        ("a.xlsx", good.packed(good.ods()), "a zip without xl/workbook.xml"),
    ],
)
def test_only_an_intact_zip_that_holds_a_workbook_is_attached(name, content, says, tmp_path):
    (tmp_path / name).write_bytes(content)
    with pytest.raises(Refused, match=f"row 2, workbook .* {says}"):
        composed([Outgoing("ada@example.org", "Ada", FIELDS, tmp_path / name, "row 2")], SENDER)


def test_a_workbook_with_a_damaged_member_is_refused(tmp_path):
    damaged = bytearray(LARGE)
    damaged[len(LARGE) // 2] ^= 1
    (tmp_path / "a.xlsx").write_bytes(damaged)
    with pytest.raises(Refused, match="damaged"):
        composed([Outgoing("ada@example.org", "Ada", FIELDS, tmp_path / "a.xlsx")], SENDER)


def test_an_ods_workbook_is_accepted(tmp_path):
    (tmp_path / "a.ods").write_bytes(good.packed(good.ods()))
    assert len(composed([Outgoing("ada@example.org", "Ada", FIELDS, tmp_path / "a.ods")], SENDER)) == 1


def test_a_workbook_with_another_hash_is_refused(workbook):
    with pytest.raises(Refused, match=r"row 2, workbook .* changed since the batch made it"):
        composed([Outgoing("ada@example.org", "Ada", FIELDS, workbook, "row 2", "0" * 64)], SENDER)


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("a.xlsx", "a.xlsx"),
        ("../../x.xlsx", "x.xlsx"),
        ("C:\\a\\b.XLSX", "b.xlsx"),
        ("con.xlsx", "workbook_con.xlsx"),
        ("Ünïcode 表.xlsx", "Ünïcode 表.xlsx"),
        ('a"\r\nb;c.xlsx', "a___b_c.xlsx"),
        (".xlsx", "workbook.xlsx"),
        (f"{'x' * 300}.xlsx", f"{'x' * 100}.xlsx"),
    ],
)
def test_the_attached_file_has_a_safe_name(name, safe):
    assert safe_name(name) == safe


def test_a_name_beyond_ascii_stands_beside_a_plain_one_for_old_mail_programs(tmp_path):
    long = "Übersicht 表 der Kosten aller Wege von Anfang bis Ende des Jahres.xlsx"
    short = "Ubersicht _ der Kosten aller Wege von Anfang bis Ende d.xlsx"
    for name, plain in (
        ("Ünï.xlsx", "Uni.xlsx"),
        (long, short),
        (f"{'a' * 90}.xlsx", f"{'a' * 55}.xlsx"),
        ("a (1).xlsx", None),
    ):
        (tmp_path / name).write_bytes(WORKBOOK)
        [made] = composed([Outgoing("ada@example.org", "Ada", FIELDS, tmp_path / name)], SENDER)
        data = message_bytes(alone(made), WHEN)
        header = data[data.rindex(b"Content-Disposition: ") :].split(b"\r\n\r\n")[0]
        assert f'filename="{plain or name}"'.encode() in header
        assert (b"filename*" in header) == (plain is not None)
        assert max(map(len, header.split(b"\r\n"))) <= 78
        joined = b"".join(re.findall(rb"filename\*(?:\d+\*)?=([^;\r\n]+)", header)).decode()
        assert unquote(joined.removeprefix("utf-8''")) == (name if plain else "")
