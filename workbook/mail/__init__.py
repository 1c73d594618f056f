"""Mail: a message for each recipient with the workbooks attached, written as .eml files or sent, each workbook only once.

    outgoing = recipients(csv_path)                  a workbook for each recipient
    messages = composed(outgoing, sender, template)  all checked; Refused names every fault
    write(messages, folder)                          .eml files, one for each recipient
    send(messages, ledger_path, Server(host))        over SMTP, with a ledger of what went out
    send(messages, ledger_path, Graph(token))        by Microsoft Graph, with the same ledger; or as drafts

`post` does it all in one call.
"""

from workbook.mail.access_token import CommandToken, VariableToken
from workbook.mail.bundle import Bundle, bundled
from workbook.mail.composing import composed
from workbook.mail.entra import EntraToken
from workbook.mail.graph import Graph
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
    "Bundle",
    "CommandToken",
    "EntraToken",
    "Graph",
    "Message",
    "Outcome",
    "Outgoing",
    "Pace",
    "Server",
    "StoppedError",
    "Summary",
    "Template",
    "VariableToken",
    "bundled",
    "composed",
    "first_page",
    "post",
    "recipients",
    "send",
    "write",
]
