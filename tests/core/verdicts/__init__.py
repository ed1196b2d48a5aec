"""The rules, each with the cases that show it."""
