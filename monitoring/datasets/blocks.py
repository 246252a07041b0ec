"""A figure of a dataset that an editor can put on a page: it follows the values by itself."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.viewsets.chooser import ChooserViewSet
from wagtail.blocks import CharBlock, ChoiceBlock, StructBlock, StructBlockValidationError

from monitoring.charts import drawing
from monitoring.charts.figures import KIND_LABELS, table
from portal.errors import BadParameter

from .cubes import Cube
from .figures import BY, KIND, Asked, figure
from .models import AREA, TIME, Dataset


class DatasetChooserViewSet(ChooserViewSet):
    model = Dataset
    icon = "table"
    choose_one_text = gettext_lazy("Choose a dataset")
    choose_another_text = gettext_lazy("Choose another dataset")

    def get_urlpatterns(self):
        """Datasets are described by statisticians; none is made here."""
        return [pattern for pattern in super().get_urlpatterns() if pattern.name != "create"]


dataset_chooser = DatasetChooserViewSet("dataset_chooser")
DatasetChooserBlock = dataset_chooser.get_block_class(
    name="DatasetChooserBlock", module_path="monitoring.datasets.blocks"
)


class DatasetFigureBlock(StructBlock):
    """A picture of a dataset, with the kind, the dimension and the area that the editor chose.

    Shows nothing while nothing has been released, or when what was chosen is no longer there.
    """

    dataset = DatasetChooserBlock(label=gettext_lazy("Dataset"))
    kind = ChoiceBlock(
        choices=[(str(kind), label) for kind, label in KIND_LABELS.items()],
        required=False,
        label=gettext_lazy("Kind of picture"),
    )
    by = CharBlock(
        required=False,
        max_length=40,
        label=gettext_lazy("Dimension that is told apart"),
        help_text=gettext_lazy("Its key as in files, such as SEX."),
    )
    area = CharBlock(
        required=False,
        max_length=40,
        label=gettext_lazy("Area"),
        help_text=gettext_lazy("Its key, such as TA05. Without one, the whole country."),
    )
    time = CharBlock(
        required=False,
        max_length=10,
        label=gettext_lazy("Period"),
        help_text=gettext_lazy("For pictures of areas: 2025, 2025Q2. Without one, the latest."),
    )

    class Meta:
        icon = "table"
        label = gettext_lazy("Figure of a dataset")
        template = "blocks/dataset_figure.html"

    def get_translatable_segments(self, value: Any) -> list:
        """Nothing goes to the translator: a dataset has its own names in every language."""
        return []

    def restore_translated_segments(self, value: Any, segments: Any) -> Any:
        return value

    def clean(self, value: Any) -> Any:
        """What was chosen must be there: the block names the field that is wrong."""
        cleaned = super().clean(value)
        dataset = cleaned["dataset"]
        if dataset.times:
            try:
                _asked(cleaned)
            except BadParameter as error:
                names = {KIND: "kind", BY: "by", AREA: "area", TIME: "time"}
                wrong = ValidationError(_("The dataset does not have this."))
                raise StructBlockValidationError(
                    {names.get(error.name, "dataset"): wrong}
                ) from error
        return cleaned

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        context = super().get_context(value, parent_context)
        dataset = value.get("dataset")
        if dataset is None or dataset.released_at is None:
            return context | {"figure": None}
        try:
            shown = figure(_asked(value))
        except BadParameter:
            return context | {"figure": None}
        return context | {
            "figure": shown,
            "picture": drawing.picture(shown) if shown.can_be_drawn else "",
            "rows": table(shown),
            "dataset": dataset,
        }


def _asked(value: Any) -> Asked:
    """Raises BadParameter for what the dataset does not have."""
    parameters = {
        KIND: value.get("kind") or "",
        BY: value.get("by") or "",
        AREA: value.get("area") or "",
        TIME: value.get("time") or "",
    }
    return Asked.read(Cube.of(value["dataset"]), parameters)
