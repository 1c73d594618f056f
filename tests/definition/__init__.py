"""The definition of costs and decision as a program of its own, to judge the product.

Written from the text of the definition alone, in plain loops over plain dicts, with its table of figures in facts.toml. It
shares no code with the product. scenarios.py makes the random scenarios on which both have to agree.
"""
