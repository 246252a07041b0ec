"""How gunicorn serves the portal: read by itself. WEB_CONCURRENCY sets the number of workers."""

import os

bind = f"{os.environ.get('WEB_HOST', '127.0.0.1')}:{os.environ.get('PORT', '8000')}"
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
control_socket_disable = True
preload_app = True  # a worker shares the memory of what was loaded before it was forked
max_requests = 5000
max_requests_jitter = 500
timeout = 30
loglevel = "warning"
graceful_timeout = 10
