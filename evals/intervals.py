"""Bootstrap confidence intervals of a share: how far it would move with other questions of the same kind.

Percentile bootstrap (Efron 1979) by scipy, with a fixed seed, so that a run repeats to the byte.
"""

from collections.abc import Sequence

import numpy as np

CONFIDENCE = 0.95
RESAMPLES = 2000
SEED = 20221231


def share_interval(successes: Sequence[bool]) -> tuple[float, float]:
    """The 95 % interval of the mean of these; the share itself where all are alike or there is one."""
    # 0.5 s to import, needed once a run is done
    from scipy.stats import bootstrap  # noqa: PLC0415

    data = np.array(successes, dtype=np.float64)
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
