"""`python -m engagement_calculator` is `engagement`."""

from __future__ import annotations

from workbook.command import main

if __name__ == "__main__":
    main()
