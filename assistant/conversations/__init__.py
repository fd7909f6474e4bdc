"""Follow-ups: what a question means after what was said before."""
