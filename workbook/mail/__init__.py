"""Mail: one recipient a message, the workbook attached; written as .eml files, or sent, no message twice.

    outgoing = recipients(csv_path)                  what goes to whom
    messages = composed(outgoing, sender, template)  checked all together; Refused with every fault
    write(messages, folder)                          .eml files
    send(messages, ledger_path, server)              over SMTP, with a ledger of what went out

`post` does all of it in one call.
"""

from workbook.mail.composing import composed
from workbook.mail.interrupted import StoppedError
from workbook.mail.message import Message
from workbook.mail.outcomes import DONE, Outcome, Summary
from workbook.mail.outgoing import Outgoing
from workbook.mail.pace import Pace
from workbook.mail.picture import first_page
from workbook.mail.post import post
from workbook.mail.recipients import recipients
from workbook.mail.sending import send
from workbook.mail.server import Server
from workbook.mail.template import Template
from workbook.mail.writing import write

__all__ = [
    "DONE",
    "Message",
    "Outcome",
    "Outgoing",
    "Pace",
    "Server",
    "StoppedError",
    "Summary",
    "Template",
    "composed",
    "first_page",
    "post",
    "recipients",
    "send",
    "write",
]
