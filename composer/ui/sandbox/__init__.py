"""The Sandbox place: what arrived at the PostHog inside the app, live."""
