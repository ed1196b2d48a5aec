"""Programs that send the same events with other tools, and how they are installed and started."""
