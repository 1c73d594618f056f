"""One scenario gives the same bytes in every process, whatever its hash seed, time zone and language."""

import os
import subprocess
import sys
from pathlib import Path

from tests.write.built_workbooks import random_of
from workbook.files.archive import contents
from workbook.write.build import build

ROOT = Path(__file__).parents[2]
SCRIPT = """
import sys
from calc.scenario import Scenario
from workbook.write.build import build
sys.stdout.buffer.write(build(Scenario.model_validate_json(sys.stdin.read())))
"""


def test_one_scenario_gives_the_same_bytes_on_every_run_in_every_process(tmp_path):
    given = random_of(3)
    first, *others = build(given), build(given)
    for seed, zone, locale in (("1", "Pacific/Kiritimati", "C"), ("77", "America/Anchorage", "de_DE.UTF-8")):
        environment = os.environ | {"PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": locale, "PYTHONPATH": str(ROOT)}
        given_in = given.model_dump_json().encode()
        command = [sys.executable, "-c", SCRIPT]
        ran = subprocess.run(command, input=given_in, env=environment, cwd=tmp_path, capture_output=True, check=True)
        others.append(ran.stdout)
    wanted = contents(first)
    for other in others:
        members = contents(other)
        assert [
            (name, *apart(wanted[name], members.get(name, b""))) for name in wanted if wanted[name] != members.get(name)
        ] == []
        assert other == first


def apart(one, other):
    """Two texts around the first place where they differ."""
    at = next((at for at, (here, there) in enumerate(zip(one, other, strict=False)) if here != there), 0)
    return one[max(at - 100, 0) : at + 50], other[max(at - 100, 0) : at + 50]
