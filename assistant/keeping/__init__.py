"""How reports are added, corrected and taken away from the page: who may, which files, in a process of its own."""
