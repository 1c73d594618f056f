"""Messages: what they hold, and what keeps one back."""

import shutil

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calc.scenario.faults import Refused
from tests.mail.samples import FIELDS, SENDER, WHEN, WORKBOOK, alone, parsed
from workbook.mail import Outgoing, Template, composed
from workbook.mail.envelope import message_bytes
from workbook.mail.header_text import TURNING, one_line
from workbook.mail.picture import Picture, first_page
from workbook.mail.template import filled, filled_html


def test_pythons_own_parser_opens_a_message_and_finds_the_workbook_intact(messages):
    data = message_bytes(alone(messages("ada")[0]), WHEN)
    message = parsed(data)
    assert not message.defects
    assert message["To"].addresses[0].addr_spec == "ada@example.org"
    assert message["Subject"] == "Checkout rescue: Freelancer, then hire"
    assert message["Date"].datetime == WHEN
    assert [part.get_content_type() for part in message.walk() if not part.is_multipart()] == [
        "text/plain",
        "text/html",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ]
    for kind in ("plain", "html"):
        text = message.get_body((kind,)).get_content()
        assert all(
            each in text for each in ("Freelancer, then hire", "USD 41,200", "Agency", "USD 55,000", "USD 36,000")
        )
        assert all(each in text for each in (FIELDS["budget"], "Why not Freelancer throughout", FIELDS["why_not"]))
        assert all(each in text for each in FIELDS["alerts"].splitlines())
    (attached,) = message.iter_attachments()
    assert (attached.get_filename(), attached.get_content()) == ("checkout rescue.xlsx", WORKBOOK)
    assert max(map(len, data.split(b"\r\n"))) <= 998
    assert data.isascii()
    assert b"\n" not in data.replace(b"\r\n", b"")


TAKEN = st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp"), exclude_characters=TURNING)
NAMES = st.text(TAKEN, min_size=1, max_size=120).map(str.strip).filter(bool)


@given(
    name=NAMES,
    project=NAMES,
    answer=st.text(TAKEN | st.just("\n")),
)
def test_a_message_goes_to_one_recipient_and_shows_its_fields_whatever_they_hold(
    name, project, answer, tmp_path_factory
):
    path = tmp_path_factory.getbasetemp() / "any.xlsx"
    path.write_bytes(WORKBOOK)
    outgoing = Outgoing("ada@example.org", name, {"project": project, "answer": answer}, path)
    template = Template("{project}", "{answer}\n.\n..{name}", "<p>{name}: {answer}</p>")
    (made,) = composed([outgoing], SENDER, template, sender_name=name)
    message = parsed(message_bytes(alone(made), WHEN))
    assert [one.addr_spec for one in message["To"].addresses] == ["ada@example.org"]
    assert [one.addr_spec for one in message["From"].addresses] == [SENDER]
    assert set(message.keys()) == {"From", "To", "Subject", "Date", "Message-ID", "MIME-Version", "Content-Type"}
    assert " ".join(message["Subject"].split()) == " ".join(project.split())
    text = message.get_body(("plain",)).get_content().replace("\r\n", "\n")
    assert text == f"{answer}\n.\n..{name}\n"
    assert "<script" not in message.get_body(("html",)).get_content()


def test_html_in_fields_is_text():
    assert filled_html("<b>{a}</b>", {"a": "<script>&\n"}) == "<b>&lt;script&gt;&amp;<br>\n</b>"
    assert filled("{{a}} {a}", {"a": "{b}"}) == "{a} {b}"


def test_the_picture_stands_in_the_html_and_a_pdf_is_attached(messages):
    made = messages("ada")[0]
    message = parsed(message_bytes(alone(made), WHEN, [Picture("png", b"\x89PNG picture")]))
    (picture,) = (part for part in message.walk() if part.get_content_type() == "image/png")
    assert f'src="cid:{picture["Content-ID"][1:-1]}"' in message.get_body(("html",)).get_content()
    assert message.get_body(("html",)).get_content().count("</body>") == 1
    message = parsed(message_bytes(alone(made), WHEN, [Picture("pdf", b"%PDF")]))
    assert [part.get_filename() for part in message.iter_attachments()] == ["checkout rescue.xlsx", "summary.pdf"]
    assert made.key == messages("ada")[0].key


def test_libreoffice_draws_the_first_page(workbook):
    picture = first_page(workbook)
    if not (shutil.which("soffice") or shutil.which("libreoffice")):
        assert picture is None
        pytest.skip("no LibreOffice")
    assert picture.data.startswith({"png": b"\x89PNG", "pdf": b"%PDF"}[picture.kind])


def test_the_default_template_leaves_out_lines_with_empty_fields(workbook):
    (made,) = composed([Outgoing("ada@example.org", "Ada", {"total": ""}, workbook)], SENDER)
    assert made.subject == "Your engagement comparison"
    assert "{" not in made.text
    assert "costs" not in made.text


def test_every_fault_of_every_message_is_reported_at_once(workbook, tmp_path):
    (tmp_path / "secret.txt").write_text("x")
    (tmp_path / "secret.xlsx").write_text("x")
    bad = [
        Outgoing("ada@example.org", "Ada\r\nBcc: eve@example.org", {}, workbook, "row 2"),
        Outgoing("eve@elsewhere.org", "Eve", {}, workbook, "row 3"),
        Outgoing("no address", "Bob", {}, tmp_path / "secret.txt", "row 4"),
        Outgoing("bob@example.org", "Bob", {"total": "1\x00"}, tmp_path / "secret.xlsx", "row 5"),
        Outgoing("bob@example.org", "Bob", {}, tmp_path / "absent.xlsx", "row 6"),
    ]
    with pytest.raises(Refused) as caught:
        composed(bad, "sender@example.com\nX: y", Template("{projct}\n", "{name", "{name}"), domains=["example.org"])
    said = str(caught.value)
    for each in (
        "row 2, to",
        "example.org",
        "row 4, to",
        "not a workbook (.txt)",
        "not a zip file",
        "row 5, total",
        "cannot be read",
    ):
        assert each in said
    for each in ("{projct} is not a field", 'a single "{"', "one line of text", "  sender   "):
        assert each in said


def test_characters_that_change_the_direction_of_text_are_refused_in_addresses_names_and_fields(workbook):
    bad = [
        Outgoing("ada\u202e@example.org", "Ada", {}, workbook, "row 2"),
        Outgoing("bob@example.org", "\u2067Bob", {}, workbook, "row 3"),
        Outgoing("cyd@example.org", "Cyd", {"project": "Rescue \u202e004,1"}, workbook, "row 4"),
    ]
    with pytest.raises(Refused) as caught:
        composed(bad, SENDER, sender_name="\u2066Finance")
    said = str(caught.value)
    for place in ("row 2, to", "row 3, to", "row 3, name", "row 4, project", "  sender   "):
        assert place in said
    assert "\\u202e" in said
    assert "which change the direction of text" in said
    with pytest.raises(Refused, match="template, subject"):
        composed([Outgoing("ada@example.org", "Ada", {}, workbook)], SENDER, Template("\u202etxt", "text"))


def test_one_line_accepts_every_script_but_no_line_break_or_change_of_direction():
    assert one_line("علی\u200cرضا 表\u00a0é 👩\u200d💻 \u200eשלום\u200f")
    assert not any(one_line(f"a{bad}b") for bad in "\r\n\0\x1b\x85\u2028\u2029")
    turning = [chr(code) for code in (*range(0x202A, 0x202F), *range(0x2066, 0x206A))]
    assert not any(one_line(f"a{bad}b") for bad in turning)
