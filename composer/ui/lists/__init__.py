"""What the list places (history, templates, batch, sandbox) have in common: rows, table, frame."""
