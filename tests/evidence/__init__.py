"""Evidence: paragraphs, quotes, ledgers, snapshots, and what verify makes of them."""
