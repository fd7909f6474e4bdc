"""One figure asked for: ledger rows ranked, trusted, worded."""
