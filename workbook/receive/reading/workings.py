"""The sheets of a workbook in which no input stands, and no record of any."""

OF_EVERY = ("Values", "Costs", "Phases", "Stages", "Months", "Rules", "Ranking", "Two paths", "Searches")
# The sheets of each edition: one that somebody calls like one of these holds what it holds, unless all the others are there too.
WORKINGS = ((*OF_EVERY, "Tracking", "Trials"), OF_EVERY)
