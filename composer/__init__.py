"""Event Composer: compose, preview, send and re-send PostHog events by hand.

Holds the version and nothing else: importing the package must do no work and load no library.
"""

__version__ = "0.1.0"
