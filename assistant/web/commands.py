"""Commands for editors and operators: `flask check` reads every answer, rule and text and says what to mend."""

from __future__ import annotations

from datetime import date

import click
from flask import Flask

from assistant.checks import missing_texts, stale
from assistant.service import Service


def register(app: Flask) -> None:
    @app.cli.command("check")
    def check() -> None:
        """Check answers, rules and texts. The data was read when the application started, so only what that cannot
        see is left: texts without a translation, and content nobody has read for too long."""
        service: Service = app.extensions["service"]
        problems = [*missing_texts(service), *stale(service, date.today())]
        for problem in problems:
            click.echo(problem, err=True)
        if problems:
            raise click.ClickException(f"{len(problems)} fejl")
        click.echo(f"{len(service.corpus)} svar og {len(service.law.schemes)} ordninger er i orden.")
