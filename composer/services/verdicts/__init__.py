"""Verdicts at work: the rules of ``core.verdicts`` beside the capture service's own judge.

    service   implements ``ports.Verdicts``: a body in, a report out
    reading   a body as the capture service would unpack it, and what is known around it
    refusing  what the capture service would say to a request; ``many`` does it for large batches
    recalling what history remembers of earlier sends

It sends nothing and writes nothing.
"""
