"""What differs between two things that should be the same.

    values     two JSON values, member by member
    request    the vocabulary: a request with a name, a difference, a comparison
    address    method, address and headers of two requests
    bodies     two JSON bodies, events paired by their uuid
    lines      two bodies that are not both JSON
    listing    what is kept of what is found: a bounded list with its counts
    requests   two requests as a whole

Seen from the left: what is ``ADDED`` stands only at the right. It knows nothing of who shows it.
"""
