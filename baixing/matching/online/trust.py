"""How much earlier worlds are worth beside our own orders: learnt from how they differ (empirical Bayes).

If worlds differ in an item's share as draws of one Dirichlet law do, then its concentration says how many orders of our
own the others are worth; it is the one that makes the counts of the worlds that we know most likely (Minka, "Estimating
a Dirichlet distribution", 2000). The same of how many orders come in a day, with a law of Gamma's.
"""

from __future__ import annotations

import numpy as np

from baixing.matching.arrays import Ints

CONCENTRATIONS = np.geomspace(1, 1e5, 51)  # orders that the earlier worlds may be worth together
ALONE = 20.0  # where too few worlds are known to say


def concentration(counts: Ints) -> float:
    """Of the Dirichlet law about their common mean under which these counts, a row a world, are most likely."""
    from scipy.special import gammaln

    if len(counts) < 2:  # noqa: PLR2004 - one alone says nothing of how worlds differ
        return ALONE
    mean = (counts.sum(axis=0) + 1 / counts.shape[1]) / (counts.sum() + 1)
    prior = CONCENTRATIONS[:, None, None] * mean
    total, own = CONCENTRATIONS[:, None], counts.sum(axis=1)
    likely = (gammaln(counts + prior) - gammaln(prior)).sum(axis=2) - gammaln(own + total) + gammaln(total)
    return float(CONCENTRATIONS[likely.sum(axis=1).argmax()])


def rate_after(seen: int, days: int, earlier: Ints, of_days: Ints) -> tuple[float, float]:
    """Orders a day after so many in so many days, and how many orders this is known from.

    Our own world is one of those whose differences are looked at: where it is of another size than the earlier ones
    they soon say nothing.
    """
    from scipy.special import gammaln

    if not len(earlier):
        return seen / days, ALONE + seen
    counts, spans = np.append(earlier, seen), np.append(of_days, days)
    mean = counts.sum() / spans.sum()
    shape, expected = CONCENTRATIONS[:, None], mean * spans
    likely = gammaln(counts + shape) - gammaln(shape) - shape * np.log1p(expected / shape)
    likely += counts * np.log(expected / (shape + expected))
    worth = float(CONCENTRATIONS[likely.sum(axis=1).argmax()])
    return (worth + seen) / (worth / mean + days), worth + seen
