"""One palette by meaning, safe for colour-blind readers and distinct in grey by lightness; the same everywhere."""

# Cost lines: paid work in blues, its overhead in ambers, a rewrite and hiring in plums, costs after delivery in greys,
# damage in vermilion.
LINE_COLOURS = {
    "labour": "0B3C6F",
    "hidden_scope": "2F6DB5",
    "rework": "6FA3D8",
    "onboarding": "BBD4EE",
    "coordination": "9A5B00",
    "review": "E69F00",
    "replacement": "F7D488",
    "rewrite": "7A3B69",
    "hiring": "C9A0BC",
    "run": "6E6E6E",
    "retainer": "A6A6A6",
    "support": "DADADA",
    "instability": "D55E00",
}

# Engagement models, after Okabe and Ito; a hybrid has the colour of the model that does most of its core work, dashed.
MODEL_COLOURS = {
    "freelancer": "E69F00",
    "freelancer_team": "A0620D",
    "fixed_price_shop": "009E73",
    "engineering_partner": "0072B2",
    "production_firm": "D55E00",
    "full_time": "CC79A7",
    "dedicated_engineer": "56B4E9",
}

SEEN, WHOLE = "9DB9DC", "0B3C6F"
LOW, HIGH = "E69F00", "0072B2"
NEAR, FAR = "6FA3D8", "0B3C6F"
BAR = "2F6DB5"
POINT, FRONTIER, CHOSEN = "6E6E6E", "D55E00", "0B3C6F"
DASHES = ("dash", "sysDot", "dashDot", "lgDash", "sysDashDot", "lgDashDot")
# Curves: the recommended path first, then its alternatives; the dashes tell them apart in grey.
CURVE_LOOKS = (("0B3C6F", None), ("D55E00", "dash"), ("009E73", "sysDot"), ("9A5B00", "dashDot"))
