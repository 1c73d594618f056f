"""A file becomes a scenario again, and is judged.

In: a workbook that anybody may have saved with any program. Out: a scenario, or every fault of it by sheet and cell.
`intake` measures and parses it as hostile, `reading` takes its inputs as a scenario, `checking` compares it with the
workbook that it was, `soundness` asks of any finished file whether it keeps the rules, and knows nothing of its making.
Begin with `reading.read` and `checking.check`.
"""
