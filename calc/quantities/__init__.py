"""Every formula of the model, one small module per part; importing this package registers them all."""

from calc.quantities import (  # noqa: F401
    after_delivery,
    alerts,
    answers,
    cash,
    evidence,
    fit,
    gates,
    lenses,
    lines,
    pairs,
    parameters,
    phases,
    plan,
    ranking,
    recommendation,
    results,
    same_place,
    same_scope,
    time,
    why_not,
)
