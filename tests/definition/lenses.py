"""What each source says: the support of both sides, the lean, the verdict, the ladder of the first one."""

ALTERNATIVE = {
    "prodfirm": "production_firm",
    "insoftex": "engineering_partner",
    "esparkbiz": "full_time",
    "leval": "fixed_price_shop",
    "buildingblocks": "dedicated_engineer",
}


def conditions(said):
    """{lens: (the freelancer side's conditions, the alternative's)}, each True or False."""

    def yes(question):
        return said[question] == "yes"

    def no(question):
        return said[question] == "no"

    return {
        "prodfirm": (
            [
                yes("leadership"),
                yes("isolated"),
                yes("specialist"),
                yes("stable"),
                yes("under_gate") and yes("bounded"),
            ],
            [
                no("bounded") and yes("unknown_cause"),
                yes("shifting"),
                yes("ai_generated"),
                yes("losing") and yes("deadline"),
                no("leadership"),
            ],
        ),
        "insoftex": (
            [yes("bounded"), yes("verifiable"), yes("contained"), no("architecture"), no("long"), yes("leadership")],
            [
                yes("from_scratch"),
                yes("regulated"),
                yes("ai_core"),
                yes("long"),
                yes("pushback"),
                yes("scope_evolves"),
                yes("ai_core") and no("leadership"),
            ],
        ),
        "esparkbiz": (
            [yes("one_off"), yes("experiment"), yes("specialist"), yes("quick")],
            [yes("ai_core"), yes("lifecycle"), yes("ip"), yes("scale")],
        ),
        "leval": (
            [yes("experiment"), yes("data_work"), yes("leadership") and yes("bounded")],
            [yes("vision") or yes("scope_evolves"), yes("failure_modes"), yes("iterate"), yes("parallel")],
        ),
        "buildingblocks": (
            [yes("one_off"), yes("experiment"), no("long"), yes("bounded")],
            [yes("ai_core"), yes("traction"), yes("lifecycle"), yes("long")],
        ),
    }


def ladder(said):
    """What the ladder of the first lens says: a model, or None."""
    if said["ai_generated"] == "yes":
        return "production_firm"
    if said["shifting"] == "yes":
        return "production_firm"
    if said["on_fire"] == "yes" and not (said["isolated"] == "yes" and said["bounded"] == "yes"):
        return "production_firm"
    if said["bounded"] == "yes":
        return "freelancer"
    return None


def hire_is_best_in_the_long_run(said):
    lasts = said["long"] == "yes" or said["lifecycle"] == "yes"
    return said["afford_hire"] == "yes" and said["can_wait"] == "yes" and said["on_fire"] != "yes" and lasts


def verdict(lens, lean, said, settings):
    if lens == "prodfirm" and ladder(said):
        return ladder(said)
    if round(lean, 9) >= settings["verdict_threshold"]:
        return ALTERNATIVE[lens]
    if round(lean, 9) <= -settings["verdict_threshold"]:
        return "freelancer"
    if lens == "insoftex" and said["conversations"] == "yes":
        return "engineering_partner"
    if lens == "insoftex" and said["conversations"] == "no":
        return "freelancer"
    return "either"


def lenses_of(said, settings):
    lenses = {}
    for lens, (freelancer, alternative) in conditions(said).items():
        support = {"freelancer": sum(freelancer) / len(freelancer), "alternative": sum(alternative) / len(alternative)}
        lean = support["alternative"] - support["freelancer"]
        lenses[lens] = {"support": support, "lean": lean, "verdict": verdict(lens, lean, said, settings)}
    return lenses
