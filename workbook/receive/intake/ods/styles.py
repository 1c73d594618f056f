"""The styles.xml of an .ods: the number formats of the styles that have names."""

from __future__ import annotations

from collections.abc import Mapping

from workbook.receive.intake.markup import Listener
from workbook.receive.intake.ods import SPACES
from workbook.receive.intake.ods.number_styles import NumberStyles


class StylesListener(Listener):
    """Hears styles.xml and tells what it says of number formats."""

    spaces: Mapping[str, str] = SPACES

    def __init__(self, styles: NumberStyles) -> None:
        super().__init__()
        self._styles = styles

    def opened(self, name: str, attributes: Mapping[str, str]) -> None:
        self._styles.opened(self.path, name, attributes)

    def characters(self, text: str) -> None:
        self._styles.characters(self.path, text)
