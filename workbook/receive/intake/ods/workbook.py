"""A whole .ods."""

from __future__ import annotations

from workbook.receive.intake.book import Book
from workbook.receive.intake.markup import listen
from workbook.receive.intake.members import Members
from workbook.receive.intake.ods.content import ContentListener
from workbook.receive.intake.ods.number_styles import NumberStyles
from workbook.receive.intake.ods.styles import StylesListener
from workbook.receive.intake.unsafe import SAVE_AGAIN, WHOLE, Finding, Unsafe, damaged

MIMETYPES = (
    b"application/vnd.oasis.opendocument.spreadsheet",
    b"application/vnd.oasis.opendocument.spreadsheet-template",
)


def read_ods(members: Members) -> Book:
    """The cells and names of an .ods. Raises Unsafe for another OpenDocument file."""
    if members["mimetype"].strip() not in MIMETYPES:
        raise Unsafe(Finding(WHOLE, "an OpenDocument file, but not a spreadsheet", SAVE_AGAIN))
    if "content.xml" not in members:
        raise damaged(WHOLE, "content.xml is missing")
    book = Book("ods")
    styles = NumberStyles()
    if "styles.xml" in members:
        listen("styles.xml", members.chunks("styles.xml"), StylesListener(styles))
    heard = ContentListener(book, styles)
    listen("content.xml", members.chunks("content.xml"), heard)
    if heard.findings:
        raise Unsafe(*{finding.problem: finding for finding in reversed(heard.findings)}.values())
    if not book.sheets:
        raise damaged("content.xml", "a workbook without a sheet")
    book.names, book.other_names = heard.names.within(book.sheets), heard.names.others
    return book
