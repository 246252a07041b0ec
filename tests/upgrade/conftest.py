"""A portal that the commit in from.txt made and filled, migrated with the present code."""

import hashlib
import json
import os
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.operations import RenameModel

from portal.caching import memory
from portal.caching.fragments import cache
from portal.settings import BASE_DIR, VAR_DIR
from tests.databases import FOLDER, one_at_a_time

HERE = Path(__file__).parent
COMMIT = (HERE / "from.txt").read_text().strip()
FILL = HERE / "fill.py"
START = "import django, runpy, sys; django.setup(); runpy.run_path(sys.argv[1])"


def git(*arguments: str, **options: Any) -> subprocess.CompletedProcess:
    return subprocess.run(["git", "-C", BASE_DIR, *arguments], capture_output=True, **options)


def is_there() -> bool:
    """Whether this is a repository whose history reaches back to the commit."""
    try:
        return git("cat-file", "-e", f"{COMMIT}^{{commit}}").returncode == 0
    except FileNotFoundError:
        return False


@dataclass
class Upgraded:
    """What there was before the migrations and is after them, by table.

    `renamed` leads from the name of a table before to the one after; `filled` is what fill.py told,
    `made` what the migrations have made, and `fresh` what they make of nothing.
    """

    filled: dict[str, Any]
    before: dict[str, int] = field(default_factory=dict)
    renamed: dict[str, str] = field(default_factory=dict)
    after: dict[str, int] = field(default_factory=dict)
    made: dict[str, Any] = field(default_factory=dict)
    fresh: dict[str, Any] = field(default_factory=dict)


def counts() -> dict[str, int]:
    """How many rows each table of the database has."""
    quote = connection.ops.quote_name
    found = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT count(*) FROM {quote(table)}")
            found[table] = cursor.fetchone()[0]
    return found


def shape() -> dict[str, Any]:
    """What migrations alone make: columns by table, and who may do what."""
    introspection = connection.introspection
    with connection.cursor() as cursor:
        columns = {
            table: sorted(
                column.name for column in introspection.get_table_description(cursor, table)
            )
            for table in introspection.table_names(cursor)
        }
        return {"columns": columns, "rights": rights(cursor)}


RIGHTS = {
    "content types": "SELECT app_label, model FROM django_content_type",
    "permissions": """
        SELECT app_label, model, codename FROM auth_permission
        JOIN django_content_type ON django_content_type.id = content_type_id
    """,
    "roles": """
        SELECT auth_group.name, app_label, model, codename FROM auth_group_permissions
        JOIN auth_group ON auth_group.id = group_id
        JOIN auth_permission ON auth_permission.id = permission_id
        JOIN django_content_type ON django_content_type.id = content_type_id
    """,
    "pages": """
        SELECT auth_group.name, url_path, codename FROM wagtailcore_grouppagepermission
        JOIN auth_group ON auth_group.id = group_id
        JOIN auth_permission ON auth_permission.id = permission_id
        JOIN wagtailcore_page ON wagtailcore_page.id = page_id
    """,
    "collections": """
        SELECT auth_group.name, wagtailcore_collection.name, codename
        FROM wagtailcore_groupcollectionpermission
        JOIN auth_group ON auth_group.id = group_id
        JOIN auth_permission ON auth_permission.id = permission_id
        JOIN wagtailcore_collection ON wagtailcore_collection.id = collection_id
    """,
}


def rights(cursor) -> dict[str, list[tuple]]:
    found = {}
    for name, query in RIGHTS.items():
        cursor.execute(query)
        found[name] = sorted(cursor.fetchall())
    return found


def renames() -> dict[str, str]:
    """The name of each table now, and after the migrations that are still to come."""
    executor = MigrationExecutor(connection)
    loader = executor.loader
    applied = [node for node in loader.applied_migrations if node in loader.graph.nodes]
    earlier = loader.project_state(applied).apps
    later = {model._meta.label_lower: model._meta.label_lower for model in earlier.get_models()}
    for migration, _backwards in executor.migration_plan(loader.graph.leaf_nodes()):
        for operation in migration.operations:
            if isinstance(operation, RenameModel):
                was = f"{migration.app_label}.{operation.old_name_lower}"
                [first] = [label for label, present in later.items() if present == was]
                later[first] = f"{migration.app_label}.{operation.new_name_lower}"
    names = {}
    for was, present in later.items():
        before, after = earlier.get_model(was)._meta, apps.get_model(present)._meta
        names[before.db_table] = after.db_table
        for many in before.local_many_to_many:
            names[many.m2m_db_table()] = after.get_field(many.name).m2m_db_table()
    return names


def made_by_the_commit(url: str, folder: Path) -> str:
    """Migrate and fill the database of an address with the code of the commit; what it told."""
    tree = folder / "portal"
    git("archive", "--output", str(folder / "tree.tar"), COMMIT, check=True)
    tree.mkdir()
    subprocess.run(["tar", "-xf", folder / "tree.tar", "-C", tree], check=True)
    if (VAR_DIR / "words").is_dir():  # word lists of the same library: made once on a machine
        (tree / "var").mkdir()
        (tree / "var/words").symlink_to(VAR_DIR / "words")
    given = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    given |= {"DATABASE_URL": url, "PYTHONPATH": str(tree), "SECRET_KEY": "only-for-tests"}
    demo = given | {"PORTAL_DEMO": "1"}
    run(tree, demo, "manage.py", "migrate", "--verbosity=0")
    run(tree, demo, "manage.py", "demo", "--first")
    suite = given | {"DJANGO_SETTINGS_MODULE": "tests.settings"}
    return run(tree, suite, "-c", START, str(FILL))


def run(tree: Path, environment: dict[str, str], *command: str) -> str:
    done = subprocess.run(
        [sys.executable, *command], cwd=tree, env=environment, capture_output=True, text=True
    )
    assert done.returncode == 0, (
        f"{command}, at {COMMIT}:\n{done.stdout[-2000:]}{done.stderr[-5000:]}"
    )
    return done.stdout


def forget_what_is_kept() -> None:
    """The process goes to another database: nothing that it remembers holds there."""
    ContentType.objects.clear_cache()
    memory.forget()
    cache.clear()


@pytest.fixture(scope="module")
def upgraded(
    request, test_database, worker_id, django_db_setup, django_db_blocker, tmp_path_factory
):
    """Each test of the module is rolled back, on one upgraded portal.

    What the commit has made is kept beside the suite's own template, until the commit or fill.py
    is another.
    """
    if not is_there():
        pytest.skip(f"{COMMIT} is not there: `git fetch --unshallow` brings the history")
    version = hashlib.sha256(COMMIT.encode() + FILL.read_bytes()).hexdigest()[:12]
    engine = type(test_database.engine)(f"upgraded_{worker_id}", "before", version)
    usual = connection.settings_dict["NAME"]
    told = FOLDER / f"told-{connection.vendor}-{version}.json"

    def make(name: str) -> None:
        told.write_text(made_by_the_commit(engine.url(name), tmp_path_factory.mktemp("before")))

    def back() -> None:
        with django_db_blocker.unblock():
            connection.close()
            engine.remove()
            connection.settings_dict["NAME"] = usual
            forget_what_is_kept()

    request.addfinalizer(back)
    with django_db_blocker.unblock():
        fresh = shape()
        connection.close()
        with one_at_a_time():
            engine.make_template(make)
            engine.copy()
        forget_what_is_kept()
        portal = Upgraded(json.loads(told.read_text()), fresh=fresh)
        portal.before, portal.renamed = counts(), renames()
        call_command("migrate", verbosity=0)
        portal.after, portal.made = counts(), shape()
    return portal
