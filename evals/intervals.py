"""Bootstrap confidence intervals: how far a share would move with other questions of the same kind.

Percentile bootstrap (Efron 1979) by scipy, with a fixed seed, so that a run repeats to the byte. Two runs are
held against each other pair by pair: the cases are drawn, each with what both runs made of it.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

CONFIDENCE = 0.95
RESAMPLES = 2000
SEED = 20221231


def share_interval(successes: Sequence[bool]) -> tuple[float, float]:
    """The 95 % interval of the mean of these; the share itself where all are alike or there is one."""
    return _interval_of_mean(np.array(successes, dtype=np.float64))


def difference_interval(before: Sequence[bool], after: Sequence[bool]) -> tuple[float, float]:
    """The 95 % interval of the share after less the share before, of the same cases in the same order."""
    return _interval_of_mean(np.array(after, dtype=np.float64) - np.array(before, dtype=np.float64))


def _interval_of_mean(data: npt.NDArray[np.float64]) -> tuple[float, float]:
    # 0.5 s to import, needed once a run is done
    from scipy.stats import bootstrap  # noqa: PLC0415

    if data.size < 2 or data.min() == data.max():
        return float(data.mean()), float(data.mean())
    interval = bootstrap(
        (data,), np.mean, confidence_level=CONFIDENCE, n_resamples=RESAMPLES, method="percentile", vectorized=True,
        rng=np.random.default_rng(SEED),
    ).confidence_interval  # fmt: skip
    return round(float(interval.low), 4), round(float(interval.high), 4)


def percentile(values: Sequence[float], percent: float) -> float | None:
    """A percentile by linear interpolation; None where there are no values."""
    return float(np.percentile(values, percent)) if values else None
