"""Questions for words, answered by the report's own sentences."""
