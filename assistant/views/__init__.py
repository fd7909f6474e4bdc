"""What the pages show, computed without them: ledger rows, a report as blocks, findings, what was recognised."""
