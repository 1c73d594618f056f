"""The text of a scenario file with more of it filled in; comments, order and everything else stay as they are."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import tomlkit


def completed_text(text: str, values: Mapping[str, Any]) -> str:
    """The TOML text with these values in it. values: by dotted name (`money.budget`, `answers.shifting`)."""
    document = tomlkit.parse(text)
    for dotted, value in values.items():
        section, _, name = dotted.partition(".")
        if section not in document:
            document[section] = tomlkit.table()
        table: Any = document[section]
        table[name] = value
    made = tomlkit.dumps(document)
    return made.replace("\r\n", "\n").replace("\n", "\r\n") if "\r\n" in text else made
