"""Tables: a caption, headings of columns and, when the first column names the rows, of rows."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.contrib.typed_table_block.blocks import TypedTable, TypedTableBlock
from wagtail_localize.segments import StringSegmentValue


class CellsBlock(TypedTableBlock):
    """The cells; captions, column headings and cells of words go to the translator."""

    text = blocks.CharBlock(label=_("Text"), required=False)
    number = blocks.CharBlock(label=_("Number"), required=False)

    class Meta:
        icon = "table"

    def get_translatable_segments(self, value):
        words = {"caption": value.caption}
        for number, column in enumerate(value.columns):
            words[f"head-{number}"] = column["heading"]
            if column["block"].name == "text":
                for row_number, row in enumerate(value.row_data):
                    words[f"cell-{row_number}-{number}"] = row["values"][number]
        return [StringSegmentValue(path, text) for path, text in words.items() if text]

    def restore_translated_segments(self, value, segments):
        words = {segment.path: segment.render_text() for segment in segments}
        return TypedTable(
            caption=words.get("caption", value.caption),
            columns=[
                column | {"heading": words.get(f"head-{number}", column["heading"])}
                for number, column in enumerate(value.columns)
            ],
            row_data=[
                {
                    "values": [
                        words.get(f"cell-{row_number}-{number}", cell)
                        for number, cell in enumerate(row["values"])
                    ]
                }
                for row_number, row in enumerate(value.row_data)
            ],
        )


class TableBlock(blocks.StructBlock):
    cells = CellsBlock(label=_("Table"))
    first_column_is_header = blocks.BooleanBlock(
        label=_("The first column names the rows"), required=False, default=True
    )

    class Meta:
        icon = "table"
        label = _("Table")
        template = "blocks/table.html"

    def get_context(self, value, parent_context=None):
        """Adds `rows`: each cell with its column's heading, which stands beside it on a phone."""
        context = super().get_context(value, parent_context)
        headings = [column["heading"] for column in value["cells"].columns]
        context["rows"] = [zip(headings, row, strict=True) for row in value["cells"].rows]
        return context

    def clean(self, value):
        value = super().clean(value)
        cells = value["cells"]
        problems = []
        if not cells.caption:
            problems.append(_("A table needs a caption that says what it shows."))
        if not cells.columns or not all(column["heading"] for column in cells.columns):
            problems.append(_("Every column needs a heading."))
        if problems:
            raise StructBlockValidationError({"cells": ValidationError(problems)})
        return value
