"""Collections of other tools, as templates: the requests in them that carry PostHog's events.

    imported        what comes out of an import, and what did not come along
    collection      a collection, whatever its format
    postman         Postman's, v2.0 and v2.1, and environments
    bru, bruno      Bruno's text format; its folders and exports
    reading         values of the expected kind out of JSON from elsewhere
    placeholders    ``{{…}}`` of theirs as variables of ours
    templating      from requests to templates
    telling         what is said of them, each sentence once

Nothing is run or fetched, and no file is read here.
"""
