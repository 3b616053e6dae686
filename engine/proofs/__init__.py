"""Proofs about rules: what holds of every plan there can be, decided by the solver, never sampled.

`space` asks about all plans at one offering and tells what it finds as answers; what is asked of it stands beside it,
one module a question. A witness is put through the engine again before it is shown.
"""
