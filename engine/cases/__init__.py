"""Cases beside rules: what one provision makes of a plan at one offering, read, judged, covered and proposed.

A case is about one provision alone, with its gates and the permits that override it; other clauses of the offering do
not count, so that it stays true when other documents change. What a whole plan comes to is the business of `judge`.
"""
