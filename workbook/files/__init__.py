"""The few things that all wings do with files.

whole          a file is there whole or not at all: written beside its place, down on the disk, put there in one step
saving         the output of a command: never over a file of somebody else
as_built       whether a workbook is still as it was built, so that replacing it loses nothing
as_written     the same of texts, PDFs and messages, by a seal in their last line
digits         numbers as they are written, to a fixed number of significant digits
archive        zip files whose bytes follow from their members alone; `streamed`, those too large for the memory
temporary      the folder for temporary files, and what is said where it is full
content        whether two workbooks say the same, however their zips were packed; `dated`: but for the day they were made
conventions    what openpyxl writes, in the form that Excel writes
confined       other programs, in processes that end
lock           one run at a time
day            the day that a file bears, from the clock or from SOURCE_DATE_EPOCH
collecting     long work without pauses for collecting garbage
address        of cells; `agreed`: what writers and judges go by alike
"""
