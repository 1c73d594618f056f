"""How a scenario is shown, and how it comes back: wings, each with a face that says what goes in and what comes out.

    write      a scenario becomes a file          receive    a file becomes a scenario, and is judged
    bulk       thousands of them                  mail       out by post
    table      rows of a file, of any kind        history    past jobs, to learn from
    addin      into Excel itself                  buttons    what they do in an open workbook
    command    what people type
    costs      every cost of every month, as a table
    files      the few things that all of them do with files

A wing imports another only through its face: the modules at its top, and what the rooms below them export.
"""
