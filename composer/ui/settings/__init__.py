"""The dialogs about the app itself: settings, keyboard shortcuts."""
