"""What will be sent, beside the form: the JSON to edit, the curl command, the request's headers."""
