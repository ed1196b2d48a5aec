"""The window: Qt, and nothing that touches files, the network or the clock by itself."""
