"""The conversation with a person, and the web around it."""
