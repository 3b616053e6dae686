"""The laws of semantics.md as properties, the rule sets and plans they are tried on, and the engine's side."""
