"""How the production server runs; read by gunicorn. Every value can be set from the environment (docs/drift.md)."""

import os

bind = f"{os.environ.get('HOST', '127.0.0.1')}:{os.environ.get('PORT', '8000')}"
workers = int(os.environ.get("WORKERS", "1"))
threads = int(os.environ.get("THREADS", "8"))
worker_class = "gthread"
# Load rules, answers and texts once and let the workers share them.
preload_app = True
timeout = 60
graceful_timeout = 20
limit_request_line = 8190
# No access log: it would hold addresses and query strings of people who ask about their health.
accesslog = None
errorlog = "-"
loglevel = os.environ.get("LOG_LEVEL", "info")
