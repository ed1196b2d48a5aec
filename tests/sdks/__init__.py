"""The real libraries of PostHog and Mixpanel against the sandbox, as their users run them.

The JavaScript ones are installed into node_modules by `python3 packaging/dev.py test`, in the
versions of package-lock.json, and run on the Node.js of a Python package.
"""
