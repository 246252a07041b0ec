"""What `make lint` has mypy check: every module, save the errors that pyproject.toml names."""

import pytest
from mypy.errorcodes import ErrorCode
from mypy.main import process_options
from mypy_django_plugin import errorcodes  # its kinds of errors are known once it is read

from portal.settings import BASE_DIR
from tests.databases import PACKAGES

LEFT_OUT = ("migrations", "viewsets.py")


@pytest.fixture(scope="module")
def checked():
    """The modules that mypy is given, by path, with the kinds of errors let pass in each."""
    sources, options = process_options(["--config-file", str(BASE_DIR / "pyproject.toml")])
    assert errorcodes.MANAGER_MISSING.code == "django-manager-missing"
    everywhere: set[ErrorCode] = options.disabled_error_codes
    found = {}
    for source in sources:
        own = options.clone_for_module(source.module)
        assert not own.ignore_errors, source.module
        assert own.follow_imports == "silent"
        found[source.path] = {code.code for code in own.disabled_error_codes - everywhere}
    return found


def modules(pattern):
    return {
        str(path.relative_to(BASE_DIR))
        for package in PACKAGES
        for path in (BASE_DIR / package).glob(pattern)
        if not any(name in path.parts for name in LEFT_OUT)
    }


def test_every_module_is_checked(checked):
    assert modules("**/*.py") <= set(checked)


def test_services_are_checked_for_every_kind_of_error(checked):
    services = modules("**/services.py") | modules("**/services/*.py")

    assert len(services) > 10
    assert {path: checked[path] for path in services if checked[path]} == {}
