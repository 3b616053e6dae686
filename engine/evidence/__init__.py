"""Whether the words behind the rules are in the texts: snapshots, paragraphs, quotes, reading ledgers.

A provision is worth what its evidence is worth, so `verify` looks up each quote in the hashed snapshot that its
document names, and each paragraph of that snapshot in the document's ledger. Nothing here judges a use case, and
no text of a snapshot is ever written down: only hashes are.
"""
