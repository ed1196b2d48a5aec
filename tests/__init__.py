"""The tests, in the shape of composer/: core, services, ui, and e2e for the whole program."""
