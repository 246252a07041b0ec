"""What the pages below a dataset in /cms/ have in common."""

from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin

from monitoring.datasets.models import Dataset
from portal.cms import trail


class OfDataset(PermissionCheckedMixin, WagtailAdminTemplateMixin):
    """A page below a dataset."""

    model = Dataset
    permission_required = "change"
    header_icon = "list-ul"
    index_url_name = None

    @cached_property
    def dataset(self):
        return get_object_or_404(Dataset, pk=self.kwargs["pk"])

    def get_page_subtitle(self):
        return self.dataset.name

    def get_breadcrumbs_items(self):
        index = "dataset_structures:index"
        return trail(self, index, gettext_lazy("Structure of datasets"), self.get_page_title())

    def get_context_data(self, **kwargs):
        return super().get_context_data(dataset=self.dataset, **kwargs)
