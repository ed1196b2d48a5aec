"""The Templates place: events kept under a name, and the line that names a new one."""
