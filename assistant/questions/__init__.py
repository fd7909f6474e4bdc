"""What was typed, read: words, roles, kinds of number, years, places."""
