"""The steps of a year's work: new, check, ballots, evaluate, export, verify."""
