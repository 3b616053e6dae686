"""Truth, formulas, and the exact questions put to a solver."""
