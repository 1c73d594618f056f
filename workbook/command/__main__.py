"""`python -m workbook.command` is `engagement`."""

from workbook.command import main

main()
