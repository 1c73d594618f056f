"""Received files as an enemy would make them: a good workbook, a corpus of bad ones, and mutations of the good one."""
