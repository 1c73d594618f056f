"""`engagement mail`, run in this process, and the messages that it wrote."""

import email
import email.policy

from typer.testing import CliRunner

from workbook import command

OPEN = "No recommendation yet"


def run(*arguments):
    line = ["mail", *map(str, arguments), "--from", "me@example.com", "--no-picture"]
    return CliRunner(env={"COLUMNS": "100"}).invoke(command.app, line, prog_name="engagement")


def messages(folder):
    found = (email.message_from_bytes(path.read_bytes(), policy=email.policy.default) for path in folder.glob("*.eml"))
    return {message["To"].addresses[0].addr_spec: message for message in found}
