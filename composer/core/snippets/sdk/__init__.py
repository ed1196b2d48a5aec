"""The events of a request through PostHog's own libraries.

events        the events of a body, as far as any library can carry them
library       what a library does with an event that it is given
differences   what therefore comes out otherwise, field by field
script        what the scripts have in common
calls         whether the library's identify, alias … would make the same event
posthog_…     one library each
"""
