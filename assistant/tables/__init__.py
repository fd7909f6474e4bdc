"""Questions over the rows of any table: the best few, those over a limit, those of one kind, all of them."""
