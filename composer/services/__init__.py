"""Files, network, clock and system: everything with an effect, and no Qt.

The window knows these only through the Protocols of ``composer.services.ports``; the command line
uses them in a process that has no Qt at all.
"""
