"""Forms for quotes as vendors fill them in."""

import openpyxl

from workbook.write.quote_form import HEAD, ID, VALUE, form

OFFER = {"vendor": "Nordlicht", "model": "Fixed-price shop", "price": 40_000, "hours": 400}


def filled(path, said, edit=None):
    """The form for quotes with these answers by id; edit: gets its sheet before it is saved."""
    path.write_bytes(form())
    book = openpyxl.load_workbook(path)
    sheet = book["Quote"]
    for row in range(HEAD + 1, sheet.max_row + 1):
        key = str(sheet.cell(row, ID).value).removeprefix("quote.")
        if key in said:
            sheet.cell(row, VALUE).value = said[key]
    if edit:
        edit(sheet)
    book.save(path)
    return path
