"""What PostHog will do with a request, said before it is sent.

A 200 is not the end: PostHog drops, rewrites or ignores without a word. Each rule of
ingestion-rules.md that can be judged from a request is one function here.

    rule      the vocabulary: Rule, Severity, Certainty, Finding, and how a function becomes a rule
    request   a request body taken apart: its shape, its events
    rules/    the rules, grouped by subject
    mending   changes that put things right, as data
    applying  a mend, or many, and the text of a body
    repair/   text that is nearly JSON, made JSON
    difference  two texts line by line: a mend shown before it is done
    judging   a request in, a report out (verdict); refusals: what the service's words stand for
    remembering  what earlier sends teach
    telling, listing  a report, and all rules, as text and as JSON
    outlook   the verdicts in one line

It sends nothing, reads no clock and asks no server.
"""
