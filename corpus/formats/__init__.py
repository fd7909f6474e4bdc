"""One reader for each kind of file: bytes in, the printed text out. Nothing here knows what a report means."""
