"""What a path costs for the same scope: the core finished, and feature work for every month of the horizon."""


def beyond_of(core_entries, rewrite, run, retainers, support, core_end_month, job, within):
    """{"core", "instability", "features"}: what lies past the horizon, and the months of features that are missing."""
    horizon = job["horizon"]
    core = sum(entry[1] - within(entry, 0, horizon) for entry in core_entries)
    if horizon > job["settings"]["rewrite_month"]:
        core += rewrite[1] - within(rewrite, 0, horizon)
    features = run["hiring_later"]
    if job["feature_hours"] > 0:
        features += sum(run["per_month"].values()) * (horizon - run["months"])
    retainer = sum(result["per_month"]["retainer"] for result in retainers)
    features += (retainer + support) * min(core_end_month, horizon)
    return {
        "core": core,
        "instability": job["damage_per_month"] * max(0, core_end_month - horizon),
        "features": features,
    }


def same_scope_of(npv, beyond, job):
    return npv + sum(beyond.values()) * (1 + job["discount_rate"]) ** (-job["horizon"] / 12)
