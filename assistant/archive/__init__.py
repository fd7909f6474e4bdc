"""Conversations kept: who owns them, what was said, where its sources stand now, and how they leave in a file."""
