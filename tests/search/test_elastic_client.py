"""What the client of Elasticsearch is given: certificates, keys, and time for a cold server."""

import datetime
import ipaddress
import json
import ssl
import time
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from django.contrib.auth.models import AnonymousUser
from django.core.checks import run_checks

from search.engines import elastic
from search.queries import Question, reader, search
from tests import services
from tests.factories.search import indexed
from tests.search.proxy import Proxy

pytestmark = pytest.mark.django_db
KEY = "c2VjcmV0"


def found(text):
    return search(Question(text), reader(AnonymousUser()), "fi")


class Answers(BaseHTTPRequestHandler):
    """Finds nothing, after the seconds of `waits`; with a `key` only for those who have it.

    The connections of `closes` are closed without an answer.
    """

    waits: list[float]
    closes: list[str]
    key = ""

    def do_POST(self):
        self.rfile.read(int(self.headers["Content-Length"]))
        if self.closes:
            self.closes.pop()
            return
        if self.waits:
            time.sleep(self.waits.pop(0))
        known = not self.key or self.headers["Authorization"] == f"ApiKey {self.key}"
        body = json.dumps({"hits": {"hits": []}} if known else {"error": "no key"}).encode()
        self.send_response(200 if known else 401)
        self.send_header("X-Elastic-Product", "Elasticsearch")
        self.send_header("Content-Type", "application/vnd.elasticsearch+json;compatible-with=8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        pass


@pytest.fixture
def serve():
    """Start a server: `serve(certificate, waits=…, closes=…, key=…)`; returns its port."""
    servers = []

    def start(certificate=None, **how):
        server = HTTPServer(
            ("127.0.0.1", 0), type("Here", (Answers,), {"waits": [], "closes": [], **how})
        )
        if certificate:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(certificate)
            server.socket = context.wrap_socket(server.socket, server_side=True)
        Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}).start()
        servers.append(server)
        return server.server_port

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


@pytest.fixture
def certificate(tmp_path):
    """A file with a key and a certificate for 127.0.0.1 that no authority of the system knows."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "search.example.org")])
    now = datetime.datetime.now(datetime.UTC)
    address = x509.IPAddress(ipaddress.ip_address("127.0.0.1"))
    signed = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([address]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    form, secret = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    path = tmp_path / "authority.pem"
    path.write_bytes(key.private_bytes(pem, form, secret) + signed.public_bytes(pem))
    return path


def test_a_server_with_its_own_authority_and_keys_answers(settings, serve, certificate):
    settings.ELASTICSEARCH_URL = f"https://127.0.0.1:{serve(certificate, key=KEY)}/portal"
    settings.ELASTICSEARCH_CA_FILE, settings.ELASTICSEARCH_API_KEY = str(certificate), KEY

    assert not found("kunta").reduced


def test_without_the_key_the_database_answers(settings, serve, certificate):
    indexed("Kunta")
    settings.ELASTICSEARCH_URL = f"https://127.0.0.1:{serve(certificate, key=KEY)}/portal"
    settings.ELASTICSEARCH_CA_FILE = str(certificate)

    answer = found("kunta")

    assert (answer.total, answer.reduced) == (1, True)


def test_a_refused_key_says_which_setting_holds_it(settings, serve, certificate):
    settings.ELASTICSEARCH_URL = f"https://127.0.0.1:{serve(certificate, key=KEY)}/portal"
    settings.ELASTICSEARCH_CA_FILE, settings.ELASTICSEARCH_API_KEY = str(certificate), "b3RoZXI="

    with pytest.raises(elastic.UnavailableError, match="ELASTICSEARCH_API_KEY"):
        elastic.Elastic().any_found([Question("kunta").match], reader(AnonymousUser()))


def test_a_certificate_that_is_not_trusted_says_which_setting_names_its_authority(
    settings, serve, certificate
):
    settings.ELASTICSEARCH_URL = f"https://127.0.0.1:{serve(certificate)}/portal"

    assert "ELASTICSEARCH_CA_FILE names" in elastic.problems()[0]


@pytest.mark.parametrize(
    ("address", "ca_file", "key", "error"),
    [
        ("http://127.0.0.1:9/portal", "manage.py", "", "search.E001"),
        ("https://127.0.0.1:9/portal", "missing.pem", "", "search.E002"),
        ("https://me:secret@127.0.0.1:9/portal", "", KEY, "search.E003"),
        ("https://127.0.0.1:9/portal", "manage.py", KEY, None),
        ("", "missing.pem", KEY, None),
    ],
)
def test_settings_that_cannot_be_right_are_named_at_the_start(
    settings, address, ca_file, key, error
):
    settings.ELASTICSEARCH_URL = address
    settings.ELASTICSEARCH_CA_FILE, settings.ELASTICSEARCH_API_KEY = ca_file, key

    assert [each.id for each in run_checks()] == ([error] if error else [])


def test_the_first_search_waits_for_a_server_that_has_just_started(settings, serve):
    longer = elastic.ANSWER_WITHIN + 0.4
    settings.ELASTICSEARCH_URL = f"http://127.0.0.1:{serve(waits=[longer, 0, longer])}/portal"

    assert not found("kunta").reduced  # the second question of a search is for looser forms
    assert elastic.breaker.closed
    assert found("kunta").reduced
    assert not elastic.breaker.closed


def test_a_search_after_a_restart_that_nobody_noticed_waits_for_the_cold_server(
    settings, serve, monkeypatch
):
    longer = elastic.ANSWER_WITHIN + 0.4
    settings.ELASTICSEARCH_URL = f"http://127.0.0.1:{serve(waits=[0, 0, longer])}/portal"
    assert not found("kunta").reduced

    later = elastic.breaker.clock() + elastic.START_TAKES
    monkeypatch.setattr(elastic.breaker, "clock", lambda: later)

    assert not found("kunta").reduced
    assert elastic.breaker.closed


def test_a_connection_that_a_restart_has_closed_is_made_anew(settings, serve):
    settings.ELASTICSEARCH_URL = f"http://127.0.0.1:{serve(closes=['one'])}/portal"

    assert not found("kunta").reduced
    assert elastic.breaker.closed


@pytest.mark.elastic
class TestTheServerItselfBehindItsOwnAuthority:
    """Elasticsearch, reached with ELASTICSEARCH_CA_FILE and ELASTICSEARCH_API_KEY."""

    @pytest.fixture
    def proxy(self, settings, certificate, worker_id):
        proxy = Proxy(services.elasticsearch(), certificate, KEY)
        settings.ELASTICSEARCH_URL = f"https://127.0.0.1:{proxy.port}/tls-{worker_id}"
        settings.ELASTICSEARCH_CA_FILE, settings.ELASTICSEARCH_API_KEY = str(certificate), KEY
        yield proxy
        settings.ELASTICSEARCH_API_KEY = KEY
        indices = elastic.client(within=10).indices
        indices.delete(index=list(indices.get(index=f"{elastic.alias()}-*")))
        proxy.stop()

    def test_it_is_built_found_in_and_kept(self, settings, proxy):
        indexed("Kunnan tehtävät")

        assert elastic.rebuild() == 1
        answer = found("kunta")

        assert [one.title for one in answer.results] == ["Kunnan tehtävät"]
        assert not answer.reduced
        assert elastic.problems() == []

        settings.ELASTICSEARCH_API_KEY = "b3RoZXI="
        assert "ELASTICSEARCH_API_KEY" in elastic.problems()[0]

    def test_a_restart_is_noticed_by_readyz_before_anybody_searches(
        self, client, proxy, monkeypatch
    ):
        now = [1000.0]
        monkeypatch.setattr(elastic.breaker, "clock", lambda: now[0])
        indexed("Kunnan tehtävät")
        elastic.rebuild()

        def said():
            now[0] += elastic.ASKED_ANEW
            return client.get("/readyz").json()["search"]

        assert said() == "elasticsearch"
        proxy.stop()
        assert said() == "database, elasticsearch is away"
        proxy.start()

        assert said() == "elasticsearch"
        assert elastic.breaker.closed
        assert not found("kunta").reduced
