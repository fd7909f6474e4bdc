"""Several things asked for: items of an enumeration, values of a parallel sentence."""
