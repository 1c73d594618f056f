"""The program of the child process: the rules over one workbook, the breaches to standard output as JSON.

python -m workbook.receive.checking.judge FILE
"""

from __future__ import annotations

import sys
from pathlib import Path

import orjson

from workbook.files.collecting import uncollected_to_the_end
from workbook.files.confined import confine
from workbook.receive.soundness import broken

MEMORY = 3 * 1024**3
SECONDS = 30


def main() -> None:
    confine(SECONDS, MEMORY)
    uncollected_to_the_end()
    sys.stdout.buffer.write(orjson.dumps([list(breach) for breach in broken(Path(sys.argv[1]))]))


if __name__ == "__main__":
    main()
