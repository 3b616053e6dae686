"""Bugs put into copies of the engine on purpose, to see that the laws find them."""
