"""The rewritten definition of costs and decision as a program of its own, ahead of the product.

`tests/reference` judges the product as it is. What the definition says now (the same scope, evidence, new gates, `invoiced`)
stands here, written from its text alone, with its table of figures in facts.toml; the stories show that it gives the
answers that are expected. It takes the place of `tests/reference` once the product follows.
"""
