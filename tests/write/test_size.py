"""A workbook can be mailed, whatever paths of one's own it holds."""

from pathlib import Path

import pytest

from calc.scenario import from_text
from workbook.files.archive import Packing, archive, deflated, within
from workbook.write.build import build, package
from workbook.write.edition import Edition

EXAMPLES = Path(__file__).parents[2] / "build" / "examples"
FOUR_PATHS = """
[paths.own_1]
label = "Half and half"
phases = [{ work = "core", model = "freelancer", share = 0.5 }, { work = "core", model = "production_firm", share = 0.5 },
  { work = "run", model = "freelancer" }]
[paths.own_2]
label = "A team"
phases = [{ work = "core", model = "freelancer_team", share = 1 }, { work = "run", model = "freelancer_team" }]
[paths.own_3]
label = "A partner, then a firm"
phases = [{ work = "core", model = "engineering_partner", share = 1 }, { work = "run", model = "production_firm" }]
[paths.own_4]
label = "An audit, then people of one's own"
phases = [{ work = "audit", model = "engineering_partner", weeks = 2 }, { work = "core", model = "full_time", share = 1 },
  { work = "run", model = "full_time" }]
"""


ACTUALS = """
[actuals]
path = "own_1"
labour = [14000, 9000.5]
leader_hours = [9, 12]
core_done = [0.3, 0.5]
"""
SCENARIOS = sorted(EXAMPLES.glob("*.toml"))
# Both limits of the definition, and what is left below them by the hardest deflating, for what later versions add.
LARGEST = {Edition.full: 1_000_000, Edition.light: 400_000}
ROOM = 0.02


@pytest.mark.parametrize("edition", list(Edition))
def test_a_workbook_of_an_edition_is_as_small_as_its_mail_asks(edition):
    scenarios = [from_text(path.read_text(encoding="utf-8") + FOUR_PATHS, path.name) for path in SCENARIOS]
    made = package(scenarios, 200, edition)
    sizes = {path.stem: len(made.bytes(at)) for at, path in enumerate(SCENARIOS)}
    assert len(sizes) == 4
    assert max(sizes.values()) < LARGEST[edition], sizes


def test_deflated_as_hard_as_can_be_a_light_workbook_leaves_room():
    scenarios = [from_text(path.read_text(encoding="utf-8") + FOUR_PATHS, path.name) for path in SCENARIOS]
    made = package(scenarios, 0, Edition.light)
    sizes = [len(archive(within(Packing(0), made.members(at).items(), deflated))) for at in range(len(SCENARIOS))]
    assert max(sizes) < (1 - ROOM) * LARGEST[Edition.light], sizes


def test_with_what_has_happened_it_is_so_too():
    scenario = from_text(SCENARIOS[0].read_text(encoding="utf-8") + FOUR_PATHS + ACTUALS, SCENARIOS[0].name)
    assert len(build(scenario)) < LARGEST[Edition.full]


def test_a_workbook_that_is_deflated_harder_to_fit_has_the_same_bytes_again():
    scenario = from_text(SCENARIOS[0].read_text(encoding="utf-8") + FOUR_PATHS, SCENARIOS[0].name)
    assert build(scenario, 0, Edition.light) == build(scenario, 0, Edition.light)
