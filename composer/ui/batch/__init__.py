"""The Batch place: events that wait to be sent together, from one to a hundred thousand.

batch       what changes the events and undoes it; ``work`` is its queue, ``steps`` its undo
page        the place: the table, or in its stead ``importing`` or the runs of ``running``
table_page  the table with its ``bar``, its ``state_line`` and the chosen event (``detail``)
listing     what is listed and chosen, over ``table``; ``commands`` is what is done with it
judging     has all events looked at in the background; ``watch`` judges the one in sight
carrier     the request that an event will go out in
"""
