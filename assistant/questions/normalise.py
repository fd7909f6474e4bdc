"""What was typed, in one form: as the reports' words are compared (`index/canonical.py`)."""

from index.canonical import normalise

__all__ = ["normalise"]
