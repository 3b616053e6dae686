"""Syntax trees become resolved rules: names followed, references checked, nothing judged."""
