"""One file per step; see `index.migrations`."""
