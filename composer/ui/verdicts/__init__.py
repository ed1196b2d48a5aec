"""What PostHog will do with the event, said beside it: judged, listed, led to, mended.

    court          the judge of this window, loaded when the window stands
    watch          judges the session's request whenever it changes
    words, naming  severities, forecasts and places in words
    items          a verdict as a row of the list, and as a line beside its field
    strip          the summary line and the list, between preview and answer
    listing, row   the list and one row of it
    mender         works out and carries out mends; proposal: one of them, as a value
    mending        a mend shown before it is done; diff_view: the lines that change
    rules_dialog   the list of all rules; rules_model: its rows

No verdict stops a send. The rules themselves are ``composer.core.verdicts``.
"""
