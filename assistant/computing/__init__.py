"""Computation over ledger rows: operands, arithmetic, formula."""
