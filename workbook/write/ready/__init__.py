"""Layouts that are ready: what a workbook with the published paths holds whatever its scenario says, made once and kept.

layout(name) -> data | None      the one of that name, if it was made from exactly the program and data that run now
can_keep(), keep(name, data)     keep one, where that is possible
plain, formulas_of               the formulas of a layout as data, and back

A layout is texts and numbers, in a form that runs nothing. Each lies under the hash of what it was made from, so that one
that does not belong to the program is never found: with the distribution (build/wheel.py makes those), or in the user's
folder for caches, to which it is added where it is missing. Without either everything is made anew, to the same bytes.
"""

from workbook.write.ready.keeping import SHIPPED, can_keep, keep, layout
from workbook.write.ready.plain_form import formulas_of, plain

__all__ = ["SHIPPED", "can_keep", "formulas_of", "keep", "layout", "plain"]
