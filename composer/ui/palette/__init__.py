"""Find anything (Ctrl+K): commands, event types, destinations, templates and history."""
