"""Checking a draft (核稿): each of its figures held against the ledger of a report."""
