"""How well a path fits the answers, in a word and in percent."""

from __future__ import annotations

import numpy as np

from calc.native import rounded
from calc.reductions import whole
from calc.text.live import formatted, joined

# By how far the fit reaches, from where a source leans to a side.
WORDS = ("poor", "neutral", "good")


def fit_word(fit, verdict_threshold):
    """Good from where a source would lean to the path, poor from where it would lean away from it, else neutral."""
    near = rounded(fit, 9)
    reached = (near >= verdict_threshold) * 1 - (near <= -verdict_threshold) * 1
    return np.choose(whole(1 + reached), list(WORDS))


def fit_in_words(fit, fit_word):
    """The word with the fit in percent: 100% is all that the answers ask for, 0% neither for nor against."""
    return joined(fit_word, ", ", formatted(rounded(fit, 2), "0%"))
