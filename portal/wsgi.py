"""The WSGI application that gunicorn serves."""

import os

from django.core.wsgi import get_wsgi_application

from portal.front import refuse_junk

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")

application = refuse_junk(get_wsgi_application())
