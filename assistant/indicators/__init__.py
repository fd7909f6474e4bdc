"""Indicator tables: target against actual, definitions, thresholds."""
