"""Mail against a real SMTP server, with STARTTLS and login: nothing lost, nothing sent twice."""

import contextlib
import csv
import email
import email.policy
import errno
import itertools
import json
import os
import random
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import threading
import time
import zipfile
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calc.scenario.faults import Refused
from tests.receive.hostile import good
from workbook.mail import (
    Message,
    Outgoing,
    Pace,
    Server,
    StoppedError,
    Template,
    composed,
    post,
    recipients,
    send,
    write,
)
from workbook.mail.address import NoAddressError, address
from workbook.mail.attachment import safe_name
from workbook.mail.envelope import message_bytes
from workbook.mail.header_text import TURNING, one_line
from workbook.mail.ledger import Ledger
from workbook.mail.picture import Picture, first_page
from workbook.mail.template import filled, filled_html

smtp = pytest.importorskip("aiosmtpd.smtp")
controller = pytest.importorskip("aiosmtpd.controller")

ROOT = Path(__file__).resolve().parents[2]
SENDER = "sender@example.com"
USER, PASSWORD = "ada", "p ss:wörd"
WORKBOOK = good.packed(good.xlsx())
LARGE = good.packed(good.xlsx(**{"xl/media/image1.png": random.Random(7).randbytes(6_000_000)}))
FIELDS = {
    "project": "Checkout rescue",
    "recommendation": "Freelancer, then hire",
    "total": "41,200",
    "currency": "USD",
    "runner_up": "Agency",
    "runner_up_total": "55,000",
}
WHEN = datetime(2026, 12, 1, 9, 30, tzinfo=UTC)


class Mailbox:
    """The server's side: what it took, and how it treats a recipient by the first word of the address."""

    def __init__(self):
        self.taken = []
        self.tried = Counter()

    def counts(self):
        return Counter(recipient for recipient, _ in self.taken)

    async def handle_MAIL(self, server, session, envelope, sender, options):  # noqa: N802
        if sender.startswith("nobody"):
            return "550 no such sender"
        envelope.mail_from = sender
        return "250 OK"

    async def handle_RCPT(self, server, session, envelope, recipient, options):  # noqa: N802
        self.tried[recipient] += 1
        word, first = recipient.partition("-")[0], self.tried[recipient] == 1
        if word == "never":
            return "550 no such mailbox"
        if (word == "later" and first) or word == "busy":
            return "451 try again later"
        if word == "hangup" and first:
            server.transport.abort()
            return "250 OK"
        if word == "closing" and first:
            return "421 closing"
        envelope.rcpt_tos.append(recipient)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        (recipient,) = envelope.rcpt_tos
        word, first = recipient.partition("-")[0], self.tried[recipient] == 1
        if word == "full" and first:
            return "452 no room at the moment"
        if word == "spam":
            return "554 we do not want this"
        if word == "cutbefore" and first:  # the data is here, and is dropped
            server.transport.abort()
            return "250 OK"
        self.taken.append((recipient, bytes(envelope.original_content)))
        if word == "cutafter":
            server.transport.abort()
        return "250 OK"


@pytest.fixture(scope="session")
def certificate(tmp_path_factory):
    """A certificate for localhost, made for these tests, as (certificate, key)."""
    if not shutil.which("openssl"):
        pytest.skip("no openssl command to make a certificate with")
    folder = tmp_path_factory.mktemp("certificate")
    made = folder / "certificate.pem", folder / "key.pem"
    subject = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"]
    key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-keyout", made[1]]
    subprocess.run(
        ["openssl", "req", "-x509", "-days", "2", *key, *subject, "-out", made[0]], check=True, capture_output=True
    )
    return made


def served(mailbox, certificate, **more):
    """An SMTP server for the mailbox, with STARTTLS and a login."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(*certificate)

    def authenticated(server, session, envelope, mechanism, data):
        right = (data.login, data.password) == (USER.encode(), PASSWORD.encode())
        return smtp.AuthResult(success=right, handled=False)

    options = {
        "require_starttls": True,
        "tls_context": context,
        "authenticator": authenticated,
        "auth_required": True,
        **more,
    }
    return controller.Controller(mailbox, hostname="127.0.0.1", port=free_port(), **options)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def mailbox():
    return Mailbox()


@pytest.fixture
def login(monkeypatch):
    monkeypatch.setenv("ENGAGEMENT_SMTP_USER", USER)
    monkeypatch.setenv("ENGAGEMENT_SMTP_PASSWORD", PASSWORD)


@pytest.fixture
def server(mailbox, certificate, login):
    running = served(mailbox, certificate)
    running.start()
    yield Server("localhost", running.port, authority=certificate[0], timeout=10, patience=10)
    running.stop()


@pytest.fixture
def workbook(tmp_path):
    path = tmp_path / "checkout rescue.xlsx"
    path.write_bytes(WORKBOOK)
    return path


@pytest.fixture
def messages(workbook):
    """Messages to these recipients."""

    def made(*names, **fields):
        return composed(
            [Outgoing(f"{name}@example.org", name, {**FIELDS, **fields}, workbook) for name in names], SENDER
        )

    return made


class Hurry(Pace):
    """A pace that never waits, and writes down for how long it would have."""

    def __init__(self, **more):
        self.now, self.slept = 0.0, []
        super().__init__(clock=lambda: self.now, sleep=self.pass_time, **more)

    def pass_time(self, seconds):
        self.slept.append(seconds)
        self.now += seconds


def states(summary):
    return [outcome.state for outcome in summary.outcomes]


def parsed(data):
    return email.message_from_bytes(data, policy=email.policy.default)


# Messages


def test_a_message_opens_in_pythons_own_parser_with_the_workbook_intact(messages):
    data = message_bytes(messages("ada")[0], WHEN)
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
        assert all(each in text for each in ("Freelancer, then hire", "41,200 USD", "Agency", "55,000 USD"))
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
def test_whatever_a_name_or_field_holds_the_message_goes_to_one_recipient_and_says_it(
    name, project, answer, tmp_path_factory
):
    path = tmp_path_factory.getbasetemp() / "any.xlsx"
    path.write_bytes(WORKBOOK)
    outgoing = Outgoing("ada@example.org", name, {"project": project, "answer": answer}, path)
    template = Template("{project}", "{answer}\n.\n..{name}", "<p>{name}: {answer}</p>")
    (made,) = composed([outgoing], SENDER, template, sender_name=name)
    message = parsed(message_bytes(made, WHEN))
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
    message = parsed(message_bytes(made, WHEN, Picture("png", b"\x89PNG picture")))
    (picture,) = (part for part in message.walk() if part.get_content_type() == "image/png")
    assert f'src="cid:{picture["Content-ID"][1:-1]}"' in message.get_body(("html",)).get_content()
    assert message.get_body(("html",)).get_content().count("</body>") == 1
    message = parsed(message_bytes(made, WHEN, Picture("pdf", b"%PDF")))
    assert [part.get_filename() for part in message.iter_attachments()] == ["checkout rescue.xlsx", "summary.pdf"]
    assert made.key == messages("ada")[0].key


def test_the_first_page_is_a_picture_where_libreoffice_is_there(workbook):
    picture = first_page(workbook)
    if not (shutil.which("soffice") or shutil.which("libreoffice")):
        assert picture is None
        pytest.skip("no LibreOffice")
    assert picture.data.startswith({"png": b"\x89PNG", "pdf": b"%PDF"}[picture.kind])


def test_the_default_template_says_only_what_it_knows(workbook):
    (made,) = composed([Outgoing("ada@example.org", "Ada", {"total": ""}, workbook)], SENDER)
    assert made.subject == "Your engagement comparison"
    assert "{" not in made.text
    assert "costs" not in made.text


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("ada@example.com", "ada@example.com"),
        ("a.b+c@Sub.Example.COM", "a.b+c@sub.example.com"),
        ("ada@bücher.example", "ada@xn--bcher-kva.example"),
        *(
            (text, None)
            for text in [
                "",
                "ada",
                "ada@",
                "@example.com",
                "ada@localhost",
                "a@b@c.com",
                "a b@c.com",
                "a@c.com, b@c.com",
            ]
        ),
        *(
            (text, None)
            for text in [
                "Ada <ada@example.com>",
                "a@c.com\nBcc: b@c.com",
                "a@1.2.3.4",
                "a@[1.2.3.4]",
                "a@-x.com",
                "a@x..com",
            ]
        ),
        *(
            (text, None)
            for text in [
                "ädä@example.com",
                '"a b"@example.com',
                "a@straße.de",
                "a..b@c.com",
                f"{'a' * 65}@c.com",
                "a@c.com\0",
            ]
        ),
    ],
)
def test_an_address_is_one_plain_address_or_refused(text, right):
    if right:
        assert address(text).addr_spec == right
    else:
        with pytest.raises(NoAddressError):
            address(text)


def test_every_fault_of_all_messages_is_named_at_once(workbook, tmp_path):
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


def test_a_message_too_large_is_refused_before_anything_goes(workbook, tmp_path):
    (tmp_path / "large.xlsx").write_bytes(LARGE)
    with pytest.raises(Refused, match="larger than"):
        composed([Outgoing("ada@example.org", "Ada", FIELDS, tmp_path / "large.xlsx")], SENDER, largest=2_000_000)
    with pytest.raises(Refused, match="of at most"):
        composed([Outgoing("ada@example.org", "Ada", FIELDS, workbook)], SENDER, largest=7_000)


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("a.xlsx", b"PK\3\4junk", "damaged"),
        ("a.xlsx", WORKBOOK[:-1], "damaged"),
        ("a.xlsx", WORKBOOK.replace(b"\x4b\x01\x02", b"\x4b\x01\x03", 1), "damaged"),
        ("a.xlsx", good.packed({"word/document.xml": b"<w/>"}), "a zip without xl/workbook.xml"),
        ("a.ods", WORKBOOK, "a zip without content.xml"),
        ("a.xlsx", good.packed(good.ods()), "a zip without xl/workbook.xml"),
    ],
)
def test_only_a_whole_zip_with_a_workbook_in_it_goes_out(name, content, says, tmp_path):
    (tmp_path / name).write_bytes(content)
    with pytest.raises(Refused, match=f"row 2, workbook .* {says}"):
        composed([Outgoing("ada@example.org", "Ada", FIELDS, tmp_path / name, "row 2")], SENDER)


def test_a_member_that_was_damaged_on_the_way_keeps_the_workbook_back(tmp_path):
    damaged = bytearray(LARGE)
    damaged[len(LARGE) // 2] ^= 1
    (tmp_path / "a.xlsx").write_bytes(damaged)
    with pytest.raises(Refused, match="damaged"):
        composed([Outgoing("ada@example.org", "Ada", FIELDS, tmp_path / "a.xlsx")], SENDER)


def test_an_ods_workbook_goes_out_too(tmp_path):
    (tmp_path / "a.ods").write_bytes(good.packed(good.ods()))
    assert len(composed([Outgoing("ada@example.org", "Ada", FIELDS, tmp_path / "a.ods")], SENDER)) == 1


def test_a_workbook_that_is_not_what_it_has_to_be_is_refused(workbook):
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
def test_the_attached_file_has_a_name_that_is_safe_everywhere(name, safe):
    assert safe_name(name) == safe


# Files


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
        "row 2",
    )
    assert one.fields == {"name": "Lovelace; Ada", "total": "41,2"}


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "column to   is missing"),
        ("to,name\n", "column workbook"),
        ("to,name,workbook,to\n", "twice"),
        ("to,name,workbook\n", "no recipients"),
        ("to,name,workbook\na@b.com,A\n", "row 2 .* fewer cells"),
        ("to,name,workbook\na@b.com,A,b.xlsx,c\n", "row 2 .* more"),
        ("to,name,workbook\n,A,b.xlsx\n", "row 2, to"),
        ("to,name,workbook\n\xff", "not UTF-8"),
    ],
)
def test_a_recipients_file_with_faults_is_refused(text, says, tmp_path):
    (tmp_path / "r.csv").write_bytes(text.encode("latin-1"))
    with pytest.raises(Refused, match=says):
        post(tmp_path / "r.csv", SENDER, tmp_path / "out")


def test_faults_of_form_and_of_content_in_a_recipients_file_are_told_together_and_each_once(tmp_path, workbook):
    rows = "to,name,workbook\n,Ada,checkout rescue.xlsx\nbob@example.org,Bob\nnobody,Cyd,gone.xlsx\ndan@example.org,,\n"
    (tmp_path / "r.csv").write_text(rows, encoding="utf-8")
    with pytest.raises(Refused) as caught:
        post(tmp_path / "r.csv", "no sender", tmp_path / "out", template=Template("{projct}", "{name}"))
    assert [fault.field for fault in caught.value.faults] == [
        "sender",
        "row 2, to",
        "template, subject",
        "row 3",
        "row 4, to",
        "row 4, workbook",
        "row 5, name",
        "row 5, workbook",
    ]


def test_messages_are_written_as_files_the_same_on_every_run(tmp_path, workbook, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1796117400")
    with (tmp_path / "r.csv").open("w", newline="") as file:
        csv.writer(file).writerows(
            [["to", "name", "workbook"], *([f"p{n}@example.org", f"P {n}", workbook.name] for n in range(3))]
        )
    runs = [post(tmp_path / "r.csv", SENDER, tmp_path / folder) for folder in ("one", "two")]
    assert runs[0].counts == {"written": 3}
    assert runs[0].complete
    one, two = ({path.name: path.read_bytes() for path in (tmp_path / folder).iterdir()} for folder in ("one", "two"))
    assert one == two
    assert len(one) == 3
    for data in one.values():
        assert parsed(data)["Date"].datetime.timestamp() == 1796117400
        assert parsed(data)["X-Unsent"] == "1"


def test_a_folder_that_cannot_be_one_stops_the_writing_before_it_begins(messages, tmp_path):
    (tmp_path / "file").write_bytes(b"mine")
    for place in (tmp_path / "file", tmp_path / "file" / "beneath"):
        with pytest.raises(StoppedError, match="a file stands where a folder is needed; nothing was written"):
            write(messages("ada"), place)
    assert (tmp_path / "file").read_bytes() == b"mine"


def test_a_disk_that_fills_up_stops_the_writing_and_what_is_written_is_whole_and_told(messages, tmp_path, monkeypatch):
    monkeypatch.setattr("workbook.files.whole.os.fsync", full_at(2))
    with pytest.raises(StoppedError, match="out: No space left on device; 1 written, 2 not tried") as caught:
        write(messages("ada", "bob", "cyd"), tmp_path / "out")
    [path] = (tmp_path / "out").iterdir()
    assert [outcome.detail for outcome in caught.value.done.outcomes] == [str(path)]
    assert parsed(path.read_bytes())["To"].addresses[0].addr_spec == "ada@example.org"


def test_two_messages_to_one_long_address_are_two_files(tmp_path, workbook):
    long = f"{'a' * 60}@{'b' * 60}.org"
    many = [Outgoing(long, "Ada", {"project": name}, workbook) for name in ("One", "Another")]
    assert write(composed(many, SENDER), tmp_path / "out").counts == {"written": 2}
    assert len(list((tmp_path / "out").iterdir())) == 2


def full_at(number):
    """In place of os.fsync: the disk is full from the call of that number on."""
    calls, real = itertools.count(1), os.fsync

    def fsync(handle):
        if next(calls) >= number:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        real(handle)

    return fsync


def test_a_workbook_that_changed_since_is_not_sent(messages, workbook, tmp_path):
    made = messages("ada")
    workbook.write_bytes(WORKBOOK + b"x")
    assert states(write(made, tmp_path / "out")) == ["refused"]


# Sending


def test_messages_are_accepted_once_and_arrive_whole(server, mailbox, messages, tmp_path):
    made = messages("ada", "bob", "ada")
    pace = Hurry(per_minute=30)
    assert states(send(made, tmp_path / "l", server, pace=pace, when=WHEN)) == ["sent", "sent", "already"]
    assert states(send(made, tmp_path / "l", server, pace=pace)) == ["already"] * 3
    assert mailbox.counts() == {"ada@example.org": 1, "bob@example.org": 1}
    assert pace.slept == [2]
    assert mailbox.taken[0][1] == message_bytes(made[0], WHEN)


def test_one_address_in_upper_and_lower_case_is_one_recipient(server, mailbox, workbook, tmp_path):
    def made(*recipients):
        return composed([Outgoing(recipient, "Ada", FIELDS, workbook) for recipient in recipients], SENDER)

    three = made("ada@example.org", "ADA@example.org", "Ada@Example.org")
    assert states(write(three, tmp_path / "out")) == ["written", "already", "already"]
    assert len(list((tmp_path / "out").iterdir())) == 1
    summary = send(three, tmp_path / "l", server, pace=Hurry())
    assert states(summary) == ["sent", "already", "already"]
    assert [outcome.recipient for outcome in summary.outcomes][1] == "ADA@example.org"
    for again in (three, made("ADA@example.org", "ada@example.org")):
        assert set(states(send(again, tmp_path / "l", server, pace=Hurry()))) == {"already"}
    assert mailbox.counts() == {"ada@example.org": 1}


def test_a_message_has_the_key_of_earlier_versions_too_so_that_their_ledgers_hold(tmp_path):
    to, path = address("ADA@example.org"), Path("a.xlsx")
    message = Message(address(SENDER), to, "subject", "text", None, path, "0" * 64, "1" * 64, 1, "row 2")
    assert message.key != message.earlier_key
    assert message.earlier_key == "a4d704990cff7f9daac5c4a7284b82d886917e4ea3fab04e2bf5c655c6f2f746"
    line = {
        "at": "2026-01-01T00:00:00",
        "key": message.earlier_key,
        "to": "ADA@example.org",
        "state": "sent",
        "detail": "",
    }
    (tmp_path / "ledger").write_text(json.dumps(line) + "\n")
    with Ledger(tmp_path / "ledger") as ledger:
        assert ledger.state(message) == "sent"


def test_the_key_of_a_message_is_of_what_its_workbook_says_and_not_of_how_its_zip_was_packed(messages, workbook):
    first = messages("ada")[0]
    packed = zipfile.ZipFile(workbook)
    members = {name: packed.read(name) for name in packed.namelist()}
    packed.close()
    with zipfile.ZipFile(workbook, "w", zipfile.ZIP_STORED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    again = messages("ada")[0]
    assert again.digest != first.digest
    assert again.key == first.key


def test_what_is_refused_for_good_is_not_tried_again(server, mailbox, messages, tmp_path):
    made = messages("never-1", "spam-1", "ada")
    assert states(send(made, tmp_path / "l", server, pace=Hurry())) == ["refused", "refused", "sent"]
    assert states(send(made, tmp_path / "l", server, pace=Hurry())) == ["refused", "refused", "already"]
    assert mailbox.tried["never-1@example.org"] == mailbox.tried["spam-1@example.org"] == 1
    assert states(send(made, tmp_path / "l", server, pace=Hurry(), repeat_refused=True)) == [
        "refused",
        "refused",
        "already",
    ]
    assert mailbox.tried["never-1@example.org"] == 2


def test_what_is_refused_for_now_goes_later_with_growing_waits(server, mailbox, messages, tmp_path):
    pace = Hurry(chance=lambda: 1)
    summary = send(
        messages("later-1", "full-1", "busy-1", "closing-1", "hangup-1", "ada"), tmp_path / "l", server, pace=pace
    )
    assert states(summary) == ["sent", "sent", "deferred", "sent", "sent", "sent"]
    assert not summary.complete
    assert mailbox.tried["busy-1@example.org"] == 4
    assert max(mailbox.counts().values()) == 1
    assert states(send(messages("busy-1"), tmp_path / "l", server, pace=Hurry())) == ["deferred"]


def test_waits_double_up_to_the_longest():
    pace = Pace(first_wait=5, longest_wait=30, chance=lambda: 1)
    assert [pace.backoff(attempt) for attempt in range(1, 6)] == [5, 10, 20, 30, 30]


def test_a_cut_after_the_message_is_unknown_and_never_repeated_unless_told(server, mailbox, messages, tmp_path):
    made = messages("cutafter-1", "cutbefore-1", "ada")
    # Whether the server dropped the message before its answer or after, the sender cannot tell.
    assert states(send(made, tmp_path / "l", server, pace=Hurry())) == ["unknown", "unknown", "sent"]
    assert states(send(made, tmp_path / "l", server, pace=Hurry())) == ["unknown", "unknown", "already"]
    assert mailbox.counts() == {"cutafter-1@example.org": 1, "ada@example.org": 1}
    assert states(send(made, tmp_path / "l", server, pace=Hurry(), repeat_unknown=True)) == [
        "unknown",
        "sent",
        "already",
    ]
    assert states(send(made, tmp_path / "l", server, pace=Hurry())) == ["unknown", "already", "already"]
    assert mailbox.counts() == {"cutafter-1@example.org": 2, "cutbefore-1@example.org": 1, "ada@example.org": 1}


def test_what_is_unknown_stays_unknown_when_its_repetition_is_not_taken(server, mailbox, messages, tmp_path):
    made = messages("busy-1")
    with Ledger(tmp_path / "l") as ledger:
        ledger.record(made[0], "sending")
    assert states(send(made, tmp_path / "l", server, pace=Hurry(), repeat_unknown=True)) == ["unknown"]
    assert states(send(made, tmp_path / "l", server, pace=Hurry())) == ["unknown"]


@pytest.mark.parametrize("cut_at", ["greeting", "hello", "message"])
def test_a_cut_before_the_end_of_the_message_is_tried_again(
    cut_at, messages, workbook, tmp_path, certificate, login, mailbox
):
    """The first connection is cut on its way; later ones reach the server. The message is too long to be on its way at once."""
    workbook.write_bytes(LARGE)
    running = served(mailbox, certificate)
    running.start()
    with Cutting(running.port, {"greeting": 0, "hello": 10, "message": 100_000}[cut_at]) as relay:
        server = Server("localhost", relay.port, authority=certificate[0], timeout=10, patience=10)
        summary = send(messages("ada", "bob"), tmp_path / "l", server, pace=Hurry())
    running.stop()
    assert states(summary) == ["sent", "sent"]
    assert mailbox.counts() == {"ada@example.org": 1, "bob@example.org": 1}


class Cutting:
    """Passes bytes on to a server; the first connection is cut after so many bytes from the client."""

    def __init__(self, port, after):
        self._to, self._left = port, after
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port = self._listening.getsockname()[1]

    def __enter__(self):
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(self, *_):
        self._listening.close()

    def _accept(self):
        cut = self._left
        while True:
            try:
                client, _ = self._listening.accept()
            except OSError:
                return
            upstream = socket.create_connection(("127.0.0.1", self._to))
            threading.Thread(target=self._pass, args=(upstream, client, None), daemon=True).start()
            threading.Thread(target=self._pass, args=(client, upstream, cut), daemon=True).start()
            cut = None

    def _pass(self, source, target, left):
        try:
            while left is None or left > 0:
                data = source.recv(4096)
                if not data:
                    break
                target.sendall(data if left is None else data[:left])
                left = None if left is None else left - len(data)
        except OSError:
            pass
        for end in (source, target):
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()


def test_no_server_is_tried_again_and_then_all_is_left_for_a_rerun(messages, tmp_path):
    pace = Hurry(chance=lambda: 1)
    summary = send(messages("ada", "bob"), tmp_path / "l", Server("127.0.0.1", free_port()), pace=pace)
    assert states(summary) == ["deferred", "deferred"]
    assert pace.slept == [5, 10, 20]
    assert "not tried" in summary.outcomes[0].detail


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"authority": None}, "certificate of localhost is not valid"),
        ({"host": "127.0.0.2"}, "certificate of 127.0.0.2 is not valid"),
        ({"security": "tls"}, "no TLS"),
        ({"password": "wrong"}, "login was refused"),
        ({"password": None}, "530"),
        ({"sender": "nobody@example.com"}, "no such sender"),
    ],
)
def test_a_server_that_cannot_be_trusted_or_takes_nothing_ends_the_run(
    change, says, mailbox, certificate, login, workbook, tmp_path, monkeypatch
):
    running = served(mailbox, certificate)
    running.hostname = change.pop("host", "127.0.0.1")
    running.start()
    if "password" in change:
        password = change.pop("password")
        monkeypatch.setenv("ENGAGEMENT_SMTP_PASSWORD", password or "")
        monkeypatch.setenv("ENGAGEMENT_SMTP_USER", USER if password else "")
    host = "localhost" if running.hostname == "127.0.0.1" else running.hostname
    made = composed(
        [Outgoing(f"{n}@example.org", n, FIELDS, workbook) for n in ("a", "b")], change.pop("sender", SENDER)
    )
    server = Server(host, running.port, **{"authority": certificate[0], "timeout": 10, **change})
    summary = send(made, tmp_path / "l", server, pace=Hurry())
    running.stop()
    assert states(summary) == ["deferred", "deferred"]
    assert says in summary.outcomes[0].detail
    assert not mailbox.taken
    assert states(send(made[:0], tmp_path / "l", server)) == []


def test_a_server_without_starttls_gets_nothing(mailbox, messages, tmp_path):
    running = controller.Controller(mailbox, hostname="127.0.0.1", port=free_port())
    running.start()
    summary = send(messages("ada"), tmp_path / "l", Server("127.0.0.1", running.port, timeout=10), pace=Hurry())
    running.stop()
    assert "STARTTLS" in summary.outcomes[0].detail
    assert not mailbox.taken


def test_a_message_larger_than_the_server_takes_is_not_offered(mailbox, certificate, login, messages, tmp_path):
    running = served(mailbox, certificate, data_size_limit=3_000)
    running.start()
    server = Server("localhost", running.port, authority=certificate[0], timeout=10)
    summary = send(messages("ada"), tmp_path / "l", server, pace=Hurry())
    running.stop()
    assert states(summary) == ["refused"]
    assert "at most 3,000" in summary.outcomes[0].detail


# The ledger


def test_two_runs_cannot_send_at_once(messages, server, tmp_path):
    with Ledger(tmp_path / "l"), pytest.raises(Refused, match="in use by another run"):
        send(messages("ada"), tmp_path / "l", server)


def test_a_torn_last_line_is_forgotten_and_the_rest_kept(messages, tmp_path):
    made = messages("ada", "bob")
    with Ledger(tmp_path / "l") as ledger:
        ledger.record(made[0], "sent")
        ledger.record(made[1], "sending")
    whole = (tmp_path / "l").read_bytes()
    start = whole.index(b"\n") + 1
    for end in range(start, len(whole) + 1):
        (tmp_path / "l").write_bytes(whole[:end])
        with Ledger(tmp_path / "l") as ledger:
            assert ledger.state(made[0]) == "sent"
            assert ledger.state(made[1]) == ("unknown" if end == len(whole) else None)
            ledger.record(made[1], "sent")
        for line in (tmp_path / "l").read_text().splitlines():
            json.loads(line)


def test_a_ledger_that_cannot_be_written_is_refused(messages, server, tmp_path):
    (tmp_path / "l").mkdir()
    with pytest.raises(Refused, match="cannot be written"):
        send(messages("ada"), tmp_path / "l", server)


def ledger_full_at(number, monkeypatch):
    """The disk is full from the line of that number on; of this line, some bytes still get there."""
    lines, real = itertools.count(1), os.write

    def write(handle, data):
        if data.startswith(b'{"at": "') and next(lines) >= number:
            return real(handle, data[: len(data) // 2])
        return real(handle, data)

    monkeypatch.setattr("workbook.mail.ledger.os.write", write)


def test_without_room_for_the_ledger_nothing_is_sent(server, mailbox, messages, tmp_path):
    with pytest.MonkeyPatch.context() as patched:
        ledger_full_at(1, patched)
        with pytest.raises(StoppedError, match="l: no room left on the disk; 1 deferred, 1 not tried"):
            send(messages("ada", "bob"), tmp_path / "l", server, pace=Hurry())
    assert not mailbox.taken
    assert states(send(messages("ada", "bob"), tmp_path / "l", server, pace=Hurry())) == ["sent", "sent"]
    assert mailbox.counts() == {"ada@example.org": 1, "bob@example.org": 1}


def test_a_ledger_that_cannot_be_told_of_a_message_ends_the_run_and_the_message_is_unknown(
    server, mailbox, messages, tmp_path
):
    made = messages("ada", "bob", "cyd")
    with pytest.MonkeyPatch.context() as patched:
        ledger_full_at(4, patched)
        with pytest.raises(StoppedError, match="1 sent, 1 unknown, 1 not tried") as caught:
            send(made, tmp_path / "l", server, pace=Hurry())
        assert "the ledger has no record of it: no room" in caught.value.done.outcomes[1].detail
        with pytest.raises(Refused, match="cannot be written: no room left on the disk"):
            send(made, tmp_path / "l", server, pace=Hurry())
    assert states(send(made, tmp_path / "l", server, pace=Hurry())) == ["already", "unknown", "sent"]
    assert mailbox.counts() == {f"{name}@example.org": 1 for name in ("ada", "bob", "cyd")}


@pytest.mark.parametrize(
    "content",
    [b"PK\3\4 a workbook", b"a\n", b'{"at": "x"}\n', b'{"at":1,"key":"a","to":"b","state":"lost"}\n', b"[]\n{"],
)
def test_a_file_that_is_no_ledger_is_refused_and_left_as_it_is(content, tmp_path):
    (tmp_path / "l").write_bytes(content)
    with pytest.raises(Refused, match="not written by this program"), Ledger(tmp_path / "l"):
        pass
    assert (tmp_path / "l").read_bytes() == content


ROUNDS = 6
RUN = """
import sys
from pathlib import Path
from workbook.mail import Outgoing, Pace, Server, composed, send
folder, port, certificate = Path(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3])
outgoing = [Outgoing(f"p{n}@example.org", f"P {n}", {"total": str(n)}, folder / "checkout rescue.xlsx") for n in range(200)]
server = Server("localhost", port, authority=certificate, timeout=10, patience=10)
summary = send(composed(outgoing, "sender@example.com"), folder / "ledger.jsonl", server, pace=Pace(per_minute=1e6))
print(summary)
"""


@pytest.mark.skipif(os.name == "nt", reason="kill -9 is of POSIX")
def test_of_two_hundred_messages_none_is_lost_or_sent_twice_however_often_the_run_is_killed(
    server, mailbox, workbook, tmp_path
):
    chance = random.Random(7)
    command = [sys.executable, "-c", RUN, tmp_path, str(server.port), server.authority]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    kills = 0
    for _ in range(ROUNDS):
        child = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)
        aim, deadline = len(mailbox.taken) + chance.randint(1, 20), time.monotonic() + 30
        while len(mailbox.taken) < aim and child.poll() is None and time.monotonic() < deadline:
            time.sleep(0.0005)
        time.sleep(chance.random() / 200)
        child.send_signal(signal.SIGKILL)
        kills += child.wait() == -signal.SIGKILL
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60)
    again = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60)
    assert kills == ROUNDS
    last = {}
    for line in (tmp_path / "ledger.jsonl").read_text().splitlines():
        entry = json.loads(line)
        last[entry["to"]] = entry["state"]
    everyone = {f"p{number}@example.org" for number in range(200)}
    assert max(mailbox.counts().values()) == 1, "sent twice"
    assert set(last) == everyone, "lost"
    unknown = {recipient for recipient, state in last.items() if state == "unknown"}
    assert len(unknown) <= kills
    assert everyone - unknown <= set(mailbox.counts())
    assert set(last.values()) <= {"sent", "unknown"}
    assert done.returncode == 0, done.stderr
    said = [f"{200 - len(unknown)} already", f"{len(unknown)} unknown"]
    assert set(again.stdout.strip().split(", ")) == set(said[: 2 if unknown else 1])
    for _, data in mailbox.taken:
        (attached,) = parsed(data).iter_attachments()
        assert attached.get_content() == WORKBOOK


def test_one_line_takes_every_script_and_neither_a_line_break_nor_what_turns_the_direction_of_text():
    assert one_line("علی\u200cرضا 表\u00a0é 👩\u200d💻 \u200eשלום\u200f")
    assert not any(one_line(f"a{bad}b") for bad in "\r\n\0\x1b\x85\u2028\u2029")
    turning = [chr(code) for code in (*range(0x202A, 0x202F), *range(0x2066, 0x206A))]
    assert not any(one_line(f"a{bad}b") for bad in turning)


def test_what_turns_the_direction_of_text_is_refused_in_addresses_names_and_fields(workbook):
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
    assert "which turn the direction of text" in said
    with pytest.raises(Refused, match="template, subject"):
        composed([Outgoing("ada@example.org", "Ada", {}, workbook)], SENDER, Template("\u202etxt", "text"))


@pytest.mark.parametrize(
    "text",
    [
        "user%evil.com@good.com", "evil.com!user@good.com", "@evil.com:user@good.com", "@a.com,@b.com:user@good.com",
        '"user@evil.com"@good.com', "user@evil.com@good.com", "/S=user/P=evil/@good.com", "|sh@good.com", "a%b!c@good.com",
    ],
)  # fmt: skip
def test_an_address_that_may_lead_on_to_another_domain_is_refused(text):
    with pytest.raises(NoAddressError):
        address(text)


@pytest.mark.parametrize("text", ["user+tag@good.com", "o'neill@good.com", "a_b-c.d@good.com", "user=list@good.com"])
def test_an_address_with_other_marks_stays_one(text):
    assert address(text).addr_spec == text
