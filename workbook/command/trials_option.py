"""How many trials a command may be asked for."""

# Those of all paths are held in memory at once: 700 MB.
MOST_TRIALS = 1_000_000
