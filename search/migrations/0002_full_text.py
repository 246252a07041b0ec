from django.db import migrations

COLUMNS = ("title_terms", "title_parts", "body_terms", "body_parts")
NAMES = ", ".join(COLUMNS)

SQLITE = [
    f"""
    CREATE VIRTUAL TABLE search_words USING fts5(
        {NAMES}, content='search_text', content_rowid='document_id',
        tokenize='unicode61 remove_diacritics 0'
    )
    """,
    f"""
    CREATE TRIGGER search_text_added AFTER INSERT ON search_text BEGIN
        INSERT INTO search_words (rowid, {NAMES})
        VALUES (new.document_id, {", ".join(f"new.{name}" for name in COLUMNS)});
    END
    """,
    f"""
    CREATE TRIGGER search_text_removed AFTER DELETE ON search_text BEGIN
        INSERT INTO search_words (search_words, rowid, {NAMES})
        VALUES ('delete', old.document_id, {", ".join(f"old.{name}" for name in COLUMNS)});
    END
    """,
    f"""
    CREATE TRIGGER search_text_changed AFTER UPDATE ON search_text BEGIN
        INSERT INTO search_words (search_words, rowid, {NAMES})
        VALUES ('delete', old.document_id, {", ".join(f"old.{name}" for name in COLUMNS)});
        INSERT INTO search_words (rowid, {NAMES})
        VALUES (new.document_id, {", ".join(f"new.{name}" for name in COLUMNS)});
    END
    """,
]
SQLITE_BACK = [
    "DROP TRIGGER search_text_added",
    "DROP TRIGGER search_text_removed",
    "DROP TRIGGER search_text_changed",
    "DROP TABLE search_words",
]

VECTOR = " || ".join(
    f"setweight(to_tsvector('simple'::regconfig, {name}), '{weight}')"
    for name, weight in zip(COLUMNS, "ABCD", strict=True)
)
POSTGRESQL = [
    f"ALTER TABLE search_text ADD COLUMN words tsvector GENERATED ALWAYS AS ({VECTOR}) STORED",
    "CREATE INDEX search_text_words ON search_text USING gin (words) WITH (fastupdate = off)",
]
POSTGRESQL_BACK = ["DROP INDEX search_text_words", "ALTER TABLE search_text DROP COLUMN words"]

STATEMENTS = {"sqlite": (SQLITE, SQLITE_BACK), "postgresql": (POSTGRESQL, POSTGRESQL_BACK)}


def make(apps, schema_editor):
    for statement in STATEMENTS[schema_editor.connection.vendor][0]:
        schema_editor.execute(statement)


def remove(apps, schema_editor):
    for statement in STATEMENTS[schema_editor.connection.vendor][1]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    """The full-text index over search_text, kept by the database itself."""

    dependencies = [("search", "0001_initial")]

    operations = [migrations.RunPython(make, remove)]
