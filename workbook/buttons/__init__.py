"""Buttons: what they do in an open workbook, in xlwings Lite and in the classic add-in.

scripts        the buttons of xlwings Lite; `classic`, the same for the ribbon of the classic add-in
ranges         where our workbooks hold their inputs
shown          the cells of an open sheet; `open_sheets`, the scenario that they say; `happened`, its actuals
laid_out       the workbook as it has to be for these inputs
renewing       what Python calculated once, anew for these inputs; `checking`, `explaining`: every cell, and one of them
"""
