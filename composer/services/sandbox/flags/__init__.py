"""What PostHog answers beside events: feature flags and the remote configuration of a project.

    endpoints     which paths there are: ``/flags``, ``/decide``, ``/array/TOKEN/config(.js)``
    query         the parameters behind the question mark
    packing       from the bytes of a request to text
    lenient       the JSON that this service reads, which is more than JSON
    asked         from text to what is asked: token, person, which flags
    evaluation    which flags are on for whom, in each shape of the answer
    decide        one request from its bytes to its answer
    remote        the configuration with which posthog-js starts

Not imitated, so 404: flag definitions for evaluation on the sender's own machine
(``/flags/definitions``, ``/api/feature_flag/local_evaluation``), for they need a personal key and
conditions that a flag of the sandbox does not have; and the scripts below ``/static/``.

Source: ingestion-rules.md, 4.1, and PostHog's ``rust/feature-flags`` as it was in 2026.
"""
