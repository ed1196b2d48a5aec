"""What reached the sandbox: requests with their events, kept within bounds."""
