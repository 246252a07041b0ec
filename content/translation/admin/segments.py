"""The translator's view in /cms/: what is new and what changed, each beside its original."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.models import Locale, Page
from wagtail_localize.models import Translation

from content.editorial.admin.publishing import ask_for_note
from content.translation import services
from content.translation.models import TranslationOrder
from content.translation.permissions import may_order, may_translate
from content.translation.segments import State, pieces
from content.translation.sources import take
from content.translation.terms import doubts
from portal.cms import trail


class SegmentsView(WagtailAdminTemplateMixin, TemplateView):
    """A page in a language, segment by segment.

    GET takes the newest draft of the original first. POST keeps what was typed; with
    `action=claim` takes the order, with `deliver` hands the translation over as a draft, with
    `publish` publishes it. What has an error is shown again with its words and says what is wrong.
    404 for a page or language without a translation in work, 403 for who does not translate into
    the language.
    """

    template_name = "translation/segments.html"
    header_icon = "wagtail-localize-language"

    def dispatch(self, request, *args, **kwargs):
        self.locale = get_object_or_404(Locale, language_code=kwargs["language"])
        if not (may_translate(request.user, self.locale) or may_order(request.user)):
            raise PermissionDenied
        self.translation = get_object_or_404(
            Translation.objects.select_related("source__locale", "target_locale"),
            source__object_id=kwargs["key"],
            target_locale=self.locale,
            enabled=True,
        )
        self.original = Page.objects.filter(
            translation_key=kwargs["key"], locale=self.translation.source.locale
        ).first()
        if self.original is None:
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def order(self) -> TranslationOrder | None:
        return (
            TranslationOrder.objects.filter(translation_key=self.kwargs["key"], locale=self.locale)
            .select_related("assignee", "ordered_by")
            .first()
        )

    def get(self, request, *args, **kwargs):
        take(self.original)
        self.translation.refresh_from_db()
        return super().get(request, *args, **kwargs)

    def post(self, request, *args, **kwargs):
        if not may_translate(request.user, self.locale):
            raise PermissionDenied
        action = request.POST.get("action")
        if action == "claim":
            return self.claim()
        errors = services.write_segments(self.translation, request.POST.dict(), by=request.user)
        if errors:
            messages.error(
                request,
                ngettext(
                    "One segment could not be kept. The others are.",
                    "%(number)s segments could not be kept. The others are.",
                    len(errors),
                )
                % {"number": len(errors)},
            )
            return self.render_to_response(self.get_context_data(errors=errors), status=200)
        if action == "deliver":
            return self.deliver()
        if action == "publish":
            return self.publish()
        messages.success(request, _("What you wrote is kept."))
        return redirect(request.path)

    def claim(self):
        if self.order and services.claim(self.order, by=self.request.user):
            messages.success(self.request, _("The translation is yours."))
        else:
            messages.error(self.request, _("Somebody else has taken it."))
        return redirect(self.request.path)

    def deliver(self):
        try:
            services.hand_over(self.translation, by=self.request.user)
        except services.NotCompleteError as error:
            messages.error(
                self.request,
                ngettext(
                    "One segment has no translation yet.",
                    "%(number)s segments have no translation yet.",
                    error.args[0],
                )
                % {"number": error.args[0]},
            )
            return redirect(self.request.path)
        messages.success(self.request, _("Handed over: the translation is a draft of its page."))
        return redirect("translations:index")

    def publish(self):
        page = self.translation.get_target_instance()
        if not page.permissions_for_user(self.request.user).can_publish():
            raise PermissionDenied
        if answer := ask_for_note(self.request, page):
            return answer
        try:
            services.hand_over(self.translation, by=self.request.user)
        except services.NotCompleteError:
            return self.deliver()
        self.translation.save_target(user=self.request.user, publish=True)
        messages.success(self.request, _("The translation is published."))
        return redirect("translations:index")

    def get_page_title(self):
        return _("Translation into %(language)s") % {
            "language": self.locale.language_name_localized.lower()
        }

    def get_page_subtitle(self):
        return self.original.title

    def get_breadcrumbs_items(self):
        return trail(self, "translations:index", gettext_lazy("Translations"), self.original.title)

    def get_context_data(self, errors=None, **kwargs):
        errors, said = errors or {}, self.request.POST
        language = self.locale.language_code
        every = []
        for piece in pieces(self.translation):
            text = said.get(piece.name, piece.text)
            every.append(
                {
                    "piece": piece,
                    "text": text,
                    "error": errors.get(piece.name, ""),
                    "doubts": doubts(text, piece.wordings, language) if text else [],
                    "rows": max(2, len(piece.source) // 70 + 1),
                }
            )
        target = Page.objects.filter(
            translation_key=self.kwargs["key"], locale=self.locale, alias_of=None
        ).first()
        return super().get_context_data(
            translation=self.translation,
            original=self.original,
            order=self.order,
            target=target,
            target_language=language,
            todo=[one for one in every if one["piece"].state != State.DONE or one["error"]],
            done=[one for one in every if one["piece"].state == State.DONE and not one["error"]],
            may_see_original=self.original.permissions_for_user(self.request.user).can_edit(),
            may_see_target=bool(
                target and target.permissions_for_user(self.request.user).can_edit()
            ),
            may_translate=may_translate(self.request.user, self.locale),
            may_publish=bool(
                target and target.permissions_for_user(self.request.user).can_publish()
            ),
            **kwargs,
        )
