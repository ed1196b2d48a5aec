"""The HTTP side of the sandbox: the server, and the application that it serves."""
