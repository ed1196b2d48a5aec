"""The page of projects: where events can be sent, each with its token, colour and way there."""
