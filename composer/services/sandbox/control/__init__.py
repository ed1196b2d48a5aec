"""The addresses below ``/_sandbox``: for scripts that look at what arrived, and set the switches.

They are no part of PostHog. Anybody may send events here, as to PostHog, but only programs of this
computer may use these addresses, and no web page may: ``guard`` sees to that.

    guard      who may ask
    request    a request to these addresses, and the reply to it
    desk       which addresses there are, and what each does
    lists      the events and requests that are asked for, piece by piece
    records    a request and its events as JSON
    changes    what is sent to change something
    serving    all of it over HTTP
"""

from composer.services.sandbox.control.serving import is_control, serve

__all__ = ["is_control", "serve"]
