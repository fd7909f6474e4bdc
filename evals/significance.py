"""Whether two runs differ by more than chance: McNemar's exact test on the cases they disagree about.

McNemar, Q. (1947), in its exact binomial form: of the cases that only one run passed, half would fall to each
if the runs were equally good.
"""


def mcnemar(wins: int, losses: int) -> float:
    """The two-sided p value; 1 where the runs disagree about no case."""
    # 0.5 s to import, needed once two runs are read
    from scipy.stats import binomtest  # noqa: PLC0415

    return float(binomtest(wins, wins + losses, 0.5).pvalue) if wins + losses else 1.0
