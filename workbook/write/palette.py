"""One palette by meaning, safe for colour-blind readers and distinct in grey by lightness; the same everywhere.

Every colour is one of the theme, lighter or darker: another theme in Excel recolours cells, charts and highlights alike.
"""

from __future__ import annotations

from typing import NamedTuple


class Colour(NamedTuple):
    """A colour of the theme. tint: towards white if positive, towards black if negative, from -1 to 1, in hundredths."""

    slot: str
    tint: float = 0.0


# The theme: ink and paper, headings and results, and six accents, most after Okabe and Ito.
THEME = {
    "dk1": "1A1A1A",
    "lt1": "FFFFFF",
    "dk2": "1F3864",
    "lt2": "E9F0E4",
    "accent1": "2F6DB5",
    "accent2": "E6A500",
    "accent3": "D55E00",
    "accent4": "009E73",
    "accent5": "CC79A7",
    "accent6": "56B4E9",
    "hlink": "0B5394",
    "folHlink": "7A3B69",
}

INK, PAPER, NAVY, GREY, LINE = Colour("dk1"), Colour("lt1"), Colour("dk2"), Colour("dk1", 0.36), Colour("lt1", -0.25)
INPUT_FILL, INPUT_INK = Colour("accent2", 0.88), Colour("accent1", -0.35)
BAND, SOFT, RESULT_FILL = Colour("dk2", 0.87), Colour("dk2", 0.95), Colour("lt2")
LINK, ALERT_INK = Colour("hlink"), Colour("accent3", -0.25)
GRID, TEXT = Colour("lt1", -0.15), Colour("dk1", 0.17)

BLUE, DARK_BLUE, LIGHT_BLUE = Colour("accent1"), Colour("accent1", -0.46), Colour("accent1", 0.53)
MID_BLUE, PALE_BLUE = Colour("accent1", 0.35), Colour("accent1", 0.7)
AMBER, DARK_AMBER, PALE_AMBER = Colour("accent2"), Colour("accent2", -0.5), Colour("accent2", 0.55)
VERMILION, GREEN = Colour("accent3"), Colour("accent4")
PLUM, PALE_PLUM, DEEP_SKY = Colour("accent5", -0.44), Colour("accent5", 0.22), Colour("accent6", -0.44)
DARK_GREY, MID_GREY, PALE_GREY = Colour("lt1", -0.57), Colour("lt1", -0.35), Colour("lt1", -0.15)

# Cost lines: paid work in blues, its overhead in ambers, a rewrite and hiring in plums, costs after delivery in greys,
# damage in vermilion.
LINE_COLOURS = {
    "labour": DARK_BLUE,
    "hidden_scope": BLUE,
    "rework": MID_BLUE,
    "onboarding": PALE_BLUE,
    "coordination": DARK_AMBER,
    "review": AMBER,
    "replacement": PALE_AMBER,
    "rewrite": PLUM,
    "hiring": PALE_PLUM,
    "run": DARK_GREY,
    "retainer": MID_GREY,
    "support": PALE_GREY,
    "instability": VERMILION,
}
# The same kinds in grey, where thirteen colours are too many: hatched apart, and by lightness within a kind.
LINE_HATCHES = {
    **dict.fromkeys(("coordination", "review", "replacement"), "wdUpDiag"),
    **dict.fromkeys(("rewrite", "hiring"), "pct20"),
    "instability": "wdDnDiag",
}

SEEN, WHOLE = LIGHT_BLUE, DARK_BLUE
LOW, HIGH = AMBER, DEEP_SKY
NEAR, FAR = MID_BLUE, DARK_BLUE
BAR = BLUE
POINT, FRONTIER, CHOSEN = DARK_GREY, VERMILION, DARK_BLUE
# Curves: the recommended path first, then its alternatives; the dashes tell them apart in grey.
CURVE_LOOKS = ((DARK_BLUE, None), (VERMILION, "dash"), (GREEN, "sysDot"), (DARK_AMBER, "dashDot"))


class Highlight(NamedTuple):
    """A look that a formula switches on. rule: the line below, by Excel's name for it, and its colour; Excel has only thin
    lines here. shown: the number format that it brings along, by its name in number_formats."""

    ink: Colour | None = None
    fill: Colour | None = None
    bold: bool = False
    rule: tuple[str, Colour] | None = None
    shown: str | None = None


HIGHLIGHTS = {
    "good": Highlight(Colour("accent4", -0.35), Colour("lt2", -0.02), True),
    "bad": Highlight(ALERT_INK, Colour("accent3", 0.85), True),
    "chosen": Highlight(None, Colour("lt2", -0.06), True),
    "alert": Highlight(DARK_AMBER, Colour("accent2", 0.78), True),
    "muted": Highlight(Colour("lt1", -0.4)),
    # Paper on paper: some programs know no number formats in highlights, and text has none that hides it without a loss.
    "hidden": Highlight(PAPER, shown="text_alone"),
    "absent": Highlight(PAPER, PAPER, shown="text_alone"),
    "headed": Highlight(rule=("thin", NAVY)),
    "ruled": Highlight(rule=("hair", LINE)),
    "in_percent": Highlight(shown="share"),
    "in_whole": Highlight(shown="whole"),
    # The rule keeps bars of neighbouring rows apart.
    "bar": Highlight(BAR, BAR, rule=("thin", PAPER)),
    "bar_soft": Highlight(SEEN, SEEN, rule=("thin", PAPER)),
    "bar_mark": Highlight(AMBER, AMBER),
}
