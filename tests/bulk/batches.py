"""What the tests of batches and merges share: small portfolios, the command in this process, folders compared."""

import json
import os
import re
import subprocess
from functools import partial
from pathlib import Path

import pytest
from typer.testing import CliRunner

from calc.scenario import Refused
from workbook import command
from workbook.bulk.batch import running
from workbook.bulk.batch.making import Kind, Order
from workbook.bulk.batch.merging import merged
from workbook.bulk.batch.running import run
from workbook.bulk.portfolio import Portfolio
from workbook.files.day import today

ROOT = Path(__file__).parents[2]


EXAMPLE = ROOT / "build" / "portfolio.csv"


THOROUGH = os.environ.get("ENGAGEMENT_THOROUGH") == "1"


# As the command runs a batch, on the same day.
Options = partial(running.Options, kind=Kind(made_on=today()))


HEAD = "id,project.name,project.start,work.core_hours\n"


def engagement(*arguments):
    """The result of the command, run in this process, with its output."""
    runner = CliRunner(env={"COLUMNS": "80", "NO_COLOR": None})
    return runner.invoke(command.app, [str(argument) for argument in arguments], prog_name="engagement")


def rows(path, count, **changed):
    """A portfolio of that many similar rows; changed: row -> its line."""
    lines = [changed.get(f"row{n}", f"id-{n},Project {n},2026-12-01,{100 + n}") for n in range(1, count + 1)]
    path.write_text(HEAD + "\n".join(lines) + "\n", encoding="utf-8")
    return path


def files(folder, without=()):
    """Name -> content of every lasting file in a folder, without the seconds that it took."""
    contents = {}
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.name not in (".lock", *without):
            content = path.read_bytes()
            if path.name in ("manifest.jsonl", "junit.xml"):
                content = re.sub(rb'("seconds":| time=")[\d.]+', b"", content)
            contents[str(path.relative_to(folder))] = content
    return contents


def stamps(folder):
    """Name -> inode and time of each workbook, which change when it is written again."""
    return {path.name: (path.stat().st_ino, path.stat().st_mtime_ns) for path in (folder / "workbooks").iterdir()}


def tally(portfolio, folder, **options):
    return dict(run(Portfolio(portfolio), folder, Options(**options)).tally)


LINE = json.dumps({"project.name": "A", "project.start": "2026-12-01"}) + "\n"


def orders(count):
    entries = list(Portfolio(EXAMPLE))[:count]
    return [Order(entry.number, entry.id, "", entry.scenario()) for entry in entries]


def copies(shards, tmp_path):
    folders = [tmp_path / f"shard{number}" for number in (1, 2, 3)]
    for path in folders:
        subprocess.run(["cp", "-a", shards / path.name, path], check=True)
    return folders


def refusal(folders, tmp_path):
    with pytest.raises(Refused) as refused:
        merged(folders, tmp_path / "out")
    assert not list((tmp_path / "out").rglob("*.xlsx"))
    return str(refused.value)


def change_line(folder, entry, value):
    """Change an entry in the first line of a manifest; ... removes it."""
    first, *others = (folder / "manifest.jsonl").read_text(encoding="utf-8").splitlines(keepends=True)
    line = json.loads(first) | {entry: value}
    line = {name: content for name, content in line.items() if content is not ...}
    (folder / "manifest.jsonl").write_text(
        json.dumps(line, separators=(",", ":")) + "\n" + "".join(others), encoding="utf-8"
    )
