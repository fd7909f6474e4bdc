"""Evaluation as the page shows it: run folders read as files, runs started and compared as commands, feedback as cases.

It imports nothing of the evaluation itself.
"""
