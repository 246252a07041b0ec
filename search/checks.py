"""What of the settings of Elasticsearch cannot be right: said when a command starts."""

from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import Error


def elasticsearch_settings(app_configs, **kwargs) -> list[Error]:
    """Errors search.E001 to E003, one for each setting that the client would stumble over."""
    if not settings.ELASTICSEARCH_URL:
        return []
    address, found = urlsplit(settings.ELASTICSEARCH_URL), []
    ca_file = settings.ELASTICSEARCH_CA_FILE
    if ca_file and address.scheme != "https":
        found.append(
            Error("ELASTICSEARCH_CA_FILE is set, and the address is not https.", id="search.E001")
        )
    if ca_file and not Path(ca_file).is_file():
        found.append(Error(f"ELASTICSEARCH_CA_FILE: there is no {ca_file}.", id="search.E002"))
    if settings.ELASTICSEARCH_API_KEY and address.username:
        found.append(
            Error(
                "Elasticsearch takes ELASTICSEARCH_API_KEY or a user in its address, not both.",
                id="search.E003",
            )
        )
    return found
