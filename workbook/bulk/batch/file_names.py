"""The names within the folder of a batch that more than its writers need to know; the reports have their own."""

FOLDER = "workbooks"
LOCK = ".lock"
