"""A request as a curl command or as code: what is wished for, how it is made and shown."""
