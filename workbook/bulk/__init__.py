"""Turns thousands of scenarios into workbooks.

In: a portfolio (CSV, JSON Lines, xlsx) with one scenario per row. Out: a folder with a workbook for each, a manifest and
reports. `portfolio` reads the rows and writes the reports; `batch` makes the workbooks, in processes or on a cluster,
resumes interrupted runs, and merges shards. Begin with `batch.run` and `portfolio.Portfolio`.
"""
