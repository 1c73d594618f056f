"""A sensible project for each path of the sources, in the form of a scenario file."""

import tomllib
from pathlib import Path

DATA = Path(__file__).with_name("sensible_projects.toml")
PROJECTS = tomllib.loads(DATA.read_text(encoding="utf-8"))
WORK = ("core_hours", "feature_hours_per_month", "specialists", "hires")


def project_for(path):
    """The scenario of the project for which this path is the right one."""
    about = PROJECTS[path]
    return {
        "project": {"name": about["name"], "start": "2026-12-01", "horizon_months": about["horizon_months"]},
        "work": {name: about[name] for name in WORK},
        "answers": dict.fromkeys(about["yes"].split(), "yes") | dict.fromkeys(about["no"].split(), "no"),
    }
