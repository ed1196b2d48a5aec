"""The Compose place: form, preview and answer side by side."""
