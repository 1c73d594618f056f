"""`engagement design`: the best of all sequences, in the terminal, as JSON and as own paths."""

import json
from pathlib import Path

import pytest

from tests.command.runner import APP_BUILT, run


def test_design_shows_the_line_the_frontier_the_phases_and_the_ways_on():
    text = " ".join(run("design", APP_BUILT, COLUMNS="120").stdout.split())
    parts = [
        "Better than the 13 published paths: “Audit, then a firm, freelancers run it”, USD 14,237 less",
        "What no other sequence beats, over 12 months, in USD",
        "Its phases: Audit, then a firm, freelancers run it",
        "Architecture audit",
        "After the first phase",
        "USD 5,000 is paid after 2 weeks. To go on costs USD 107,522 more for the same scope; to stop, nothing more.",
    ]
    places = [text.index(part) for part in parts]
    assert places == sorted(places)


def test_design_json_has_the_keys_of_its_definition():
    found = json.loads(run("design", APP_BUILT, "--json").stdout)
    assert {"schema", "searched", "recommended", "against", "frontier"} <= found.keys()
    assert (found["schema"], found["searched"]) == (1, 938)
    assert found["against"].keys() == {"path", "same_scope"}
    for one in [found["recommended"], *found["frontier"]]:
        assert {"name", "phases", "fit", "same_scope", "npv", "invoiced", "paid", "weeks_to_stable"} <= one.keys()
        for phase in one["phases"]:
            assert {"model", "work", "share", "weeks"} <= phase.keys()
            assert (phase["share"] is None, phase["weeks"] is None) == (
                phase["work"] != "core",
                phase["work"] != "audit",
            )


def test_top_limits_the_frontier():
    assert len(json.loads(run("design", APP_BUILT, "--json", "--top", "3").stdout)["frontier"]) == 3


def test_add_writes_the_scenario_with_own_paths_that_build_and_read_accept(tmp_path):
    target = tmp_path / "designed.toml"
    shown = json.loads(run("design", APP_BUILT, "--json", "--add", target).stdout)
    paths = json.loads(run("calc", target, "--json", "--trials", "0").stdout)["paths"]
    own = {found["label"]: found["same_scope"] for found in paths.values()}
    assert abs(own[shown["recommended"]["name"]] - shown["recommended"]["same_scope"]) < 0.005


def test_add_writes_over_nothing_and_never_without_anything_to_add(tmp_path):
    target = tmp_path / "there.toml"
    target.write_text("mine")
    assert run("design", APP_BUILT, "--add", target).exit_code == 2
    assert target.read_text() == "mine"
    designed, again = tmp_path / "designed.toml", tmp_path / "again.toml"
    assert run("design", APP_BUILT, "--add", designed).exit_code == 0
    refused = run("design", designed, "--add", again)
    assert refused.exit_code == 2
    assert "no sequence was added" in refused.stderr
    assert not again.exists()


def test_design_of_an_example_takes_less_than_500_megabytes():
    status = Path("/proc/self/status")
    if not status.exists():
        pytest.skip("only Linux tells the memory of a process apart from that of the one that started it")
    code = "import sys; from pathlib import Path; from workbook.command import app; sys.argv[0] = 'engagement'\n"
    code += f"try: app()\nfinally: print(Path({str(status)!r}).read_text().partition('VmHWM:')[2].split()[0], file=sys.stderr)"
    done = process_of(code, "design", APP_BUILT, "--json")
    assert json.loads(done.stdout)["searched"] == 938
    assert int(done.stderr.split()[-1]) < 500 * 1024


def process_of(code, *arguments):
    import subprocess
    import sys

    from tests.command.runner import ROOT

    return subprocess.run(
        [sys.executable, "-c", code, *map(str, arguments)], capture_output=True, cwd=ROOT, check=True, timeout=60
    )
