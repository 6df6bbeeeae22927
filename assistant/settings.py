"""Every setting of the service, read once from the environment. docs/drift.md describes each."""

from __future__ import annotations

import os
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parent.parent
_USUAL_PORTS = {"https": 443, "http": 80}
_HOST = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)*")


@dataclass(frozen=True, slots=True)
class Settings:
    """How this process runs. `secret_key` signs the conversation state that the citizen's browser holds.

    `allowed_hosts` are the other sites the guide may stand on; `municipalities` is a folder beside the shipped one, and
    `municipality` the name or code of the one this installation is for.
    """

    secret_key: str
    rate_limit: str | None = "300/minute"
    trusted_proxies: int = 0
    state_days: int = 30
    allowed_hosts: tuple[str, ...] = ()
    answers: Path = ROOT / "faq" / "answers"
    translations: Path = ROOT / "faq" / "translations"
    locales: Path = ROOT / "locales"
    municipalities: Path | None = None
    municipality: str | None = None


class SettingsError(ValueError):
    """A setting in the environment cannot be used; the message names it."""


def settings_from_environment(environ: Mapping[str, str] = os.environ) -> Settings:
    """Read the settings; raises `SettingsError` that names the variable and what to write."""
    limit = environ.get("RATE_LIMIT", "300/minute").strip()
    return Settings(
        secret_key=environ.get("SECRET_KEY") or _own_key(Path(environ.get("INSTANCE_PATH", ROOT / "instance"))),
        rate_limit=None if limit.lower() in ("", "off") else limit,
        trusted_proxies=_whole_number(environ, "TRUSTED_PROXIES", 0),
        state_days=_whole_number(environ, "STATE_DAYS", 30),
        allowed_hosts=_origins(environ, "ALLOWED_HOSTS"),
        municipalities=_folder(environ, "MUNICIPALITIES_PATH"),
        municipality=environ.get("MUNICIPALITY", "").strip() or None,
    )


def _whole_number(environ: Mapping[str, str], name: str, default: int) -> int:
    text = environ.get(name, str(default))
    if not text.isdecimal():
        raise SettingsError(f"{name}={text!r}: write a whole number, 0 or more")
    return int(text)


def _folder(environ: Mapping[str, str], name: str) -> Path | None:
    text = environ.get(name, "").strip()
    if text and not Path(text).is_dir():
        raise SettingsError(f"{name}={text!r}: there is no such folder")
    return Path(text) if text else None


def _origins(environ: Mapping[str, str], name: str) -> tuple[str, ...]:
    """Other sites, as a browser names them: `https://www.odense.dk`, without the port that goes without saying."""
    origins = []
    for text in filter(None, map(str.strip, environ.get(name, "").split(","))):
        try:
            parts = urlsplit(text)
            host = (parts.hostname or "").encode("idna").decode("ascii")
            port = parts.port
        except ValueError as error:
            raise SettingsError(_not_origin(name, text)) from error
        bare = not (parts.path or parts.query or parts.fragment or parts.username or parts.password)
        if parts.scheme not in _USUAL_PORTS or not _HOST.fullmatch(host) or not bare or text.endswith(("/", "?", "#")):
            raise SettingsError(_not_origin(name, text))
        usual = port in (None, _USUAL_PORTS[parts.scheme])
        origins.append(f"{parts.scheme}://{host}" if usual else f"{parts.scheme}://{host}:{port}")
    return tuple(dict.fromkeys(origins))


def _not_origin(name: str, text: str) -> str:
    return f"{name}={text!r}: write each site as https://www.odense.dk, without a path, with commas between"


def _own_key(folder: Path) -> str:
    """The key this installation made for itself, shared by its processes and kept over a restart.

    Where the disk cannot be written the key lives with the process: conversations then end with it.
    """
    path = folder / "secret_key"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        draft = folder / f"secret_key.{os.getpid()}"
        draft.touch(mode=0o600)
        draft.write_text(secrets.token_urlsafe(32), encoding="ascii")
        try:
            os.link(draft, path)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
        return path.read_text(encoding="ascii")
    except OSError:
        return secrets.token_urlsafe(32)
