"""The common factor: in a bad trial most uncertain figures are rather bad for the payer, in a good one rather good.

A figure's own normal draw is mixed with one that all figures of a trial share (a Gaussian copula with one factor); the
distribution of each figure by itself stays what it is. Two figures whose worse ends are both high, or both low, then go
together by the setting `correlation` on the scale of the normal distribution.
"""

from __future__ import annotations

import numpy as np


def common_weight(correlation):
    """What the common draw counts. correlation: from 0 to below 1. Any shape."""
    return np.sqrt(correlation)


def own_weight(correlation):
    """What a figure's own draw counts, so that the mixed one is as spread as either."""
    return np.sqrt(1 - correlation)


def mixed(common, own, side, own_weight):
    """The normal draw of a figure in a trial. All of any shape.

    common: the trial's common normal draw times its weight; own: the figure's own; side: 1 where the high end of the
    figure is worse for the payer, -1 where the low one is.
    """
    return side * common + own_weight * own
