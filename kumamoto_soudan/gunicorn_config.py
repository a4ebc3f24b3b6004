"""What every web process is started with (``gunicorn --config python:kumamoto_soudan.gunicorn_config``)."""

from kumamoto_soudan.logs import configuration

workers = 2
threads = 4
worker_class = "gthread"
timeout = 60
graceful_timeout = 30  # seconds that a page may still take when the process is asked to end
control_socket_disable = True
logconfig_dict = configuration()
# Who the visitor is and whether TLS was used is judged in one place, Django's settings (TRUST_PROXY).
forwarded_allow_ips = ""
secure_scheme_headers: dict[str, str] = {}
