"""The table of events as it is seen: columns, rows read when they come into sight, editing."""
