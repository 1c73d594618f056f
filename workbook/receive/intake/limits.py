"""How large a received workbook may be. Far above what people fill in by hand, far below what hurts."""

MEGABYTE = 1024 * 1024

# The file as it came, before anything is opened.
FILE_SIZE = 20 * MEGABYTE
MEMBERS = 2_000
MEMBER_NAME = 255

# What comes out of it, counted while inflating. A ratio says nothing about a small member.
MEMBER_SIZE = 64 * MEGABYTE
SIZE_IN_ALL = 160 * MEGABYTE
RATIO = 200
RATIO_COUNTS_FROM = 4 * MEGABYTE

# XML: nesting in real workbooks stays under 40.
DEPTH = 200
ELEMENTS = 2_000_000

# A sheet's grid and a cell's text are Excel's own.
LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
CELL_TEXT = 32_767
SHEETS = 250
CELLS = 400_000
SHARED_STRINGS = 500_000
TEXT_IN_ALL = 30_000_000
NAMES = 10_000
# Not limits: anything beyond these is not looked at.
LINKS, HIDDEN_LINES, MERGED, CHART_RANGES, LONGEST_SHOWN = 1_000, 20, 1_000, 5_000, 200

# The child process, in bytes and in seconds of processor time.
MEMORY = 1024 * MEGABYTE
SECONDS = 9
