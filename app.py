"""The web application: what `flask run` and the production server start."""

from assistant.web import create_app

app = create_app()
