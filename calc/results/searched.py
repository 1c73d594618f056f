"""What the searches found, as the part of a result: null everywhere where nobody searched."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from calc.searches import AnswerFlip, Searches

OF_RECOMMENDATION = ("flips", "holds", "ask", "finding_out")
OF_PATH = ("must_be_true", "price_factor")


def searched_choice(searches: Searches | None) -> dict[str, Any]:
    """What single answers change, how firmly the recommendation stands, what to ask first, and finding out first."""
    if searches is None:
        return dict.fromkeys(OF_RECOMMENDATION)
    firmness, first = searches.firmness, searches.finding_out
    return {
        "flips": [flip_of(flip) for flip in searches.flips],
        "holds": firmness.holds,
        "ask": [asdict(swing) for swing in firmness.ask],
        "finding_out": first and asdict(first),
    }


def searched_path(searches: Searches | None, path: str) -> dict[str, Any]:
    """What would have to be true for a path; the factor on its prices is null where it is not in the band, too."""
    if searches is None:
        return dict.fromkeys(OF_PATH)
    sets = [dict(answers) for answers in searches.must_be_true[path]]
    return {"must_be_true": sets, "price_factor": searches.price_factors.get(path)}


def flip_of(flip: AnswerFlip) -> dict[str, str | None]:
    """{"question", "from", "answer", "path"} of one answer; path: null where nothing would be recommended."""
    return {"question": flip.question, "from": flip.given, "answer": flip.answer, "path": flip.path}
