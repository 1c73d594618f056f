"""Reference implementation: written separately from the product, from the definition of the model, to judge it.

`model` calculates the costs, `decision` the recommendation, `scenarios` makes random valid scenarios. Nothing here
imports anything of the product, and nothing of the product may import this.
"""
