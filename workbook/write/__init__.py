"""A scenario becomes a workbook.

In: scenarios (`calc.scenario`). Out: the bytes of an .xlsx, alive and with every value in its place.
`build` is where to begin: quantities are evaluated once, laid out on a `book` by the `sheets`, each of which fills one
`sheet`, each formula traced by `formula` from its function, and packed to bytes by `pack`; `charts` draw, `once` holds the
one-off results of Python. `alerts` are the sentences that a reader must not miss, `picks` the choices on the sheet Inputs,
`palette` the colours by meaning.
"""
