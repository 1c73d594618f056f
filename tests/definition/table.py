"""The table of figures that the second program calculates with."""

import tomllib
from pathlib import Path

FACTS = tomllib.loads(Path(__file__).with_name("facts.toml").read_text(encoding="utf-8"))
