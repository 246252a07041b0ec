"""One's own account, and the closed doors that lead to the one way in."""

from functools import wraps

from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.shortcuts import redirect
from django.urls import reverse_lazy
from django.utils.translation import gettext as _
from django.views.generic import RedirectView, UpdateView
from requests import RequestException

from .forms import ProfileForm
from .models import User
from .signals import language_changed


class SignInElsewhere(RedirectView):
    """Lead to the site's sign-in, with `next` kept (allauth checks that it is our own address)."""

    pattern_name = "account_login"
    query_string = True


class ResetElsewhere(RedirectView):
    """Lead to the site's reset of a forgotten password."""

    url = reverse_lazy("account_reset_password")


class ProfileView(LoginRequiredMixin, UpdateView):
    """One's own name and language."""

    model = User
    form_class = ProfileForm
    template_name = "account/profile.html"
    success_url = reverse_lazy("account_profile")

    def get_object(self, queryset=None):
        return User.objects.get(pk=self.request.user.pk)

    def form_valid(self, form):
        if "language" in form.changed_data:
            language_changed.send(
                User, user=self.request.user, language=form.cleaned_data["language"]
            )
        messages.success(self.request, _("Your details have been saved."))
        return super().form_valid(form)


def or_another_way(view):
    """Wrap a view that asks a sign-in service: if that fails, say so and offer the password."""

    @wraps(view)
    def wrapped(request, *args, **kwargs):
        try:
            return view(request, *args, **kwargs)
        except RequestException:
            messages.error(
                request,
                _(
                    "The sign-in service does not answer just now. "
                    "Sign in another way, or try later."
                ),
            )
            return redirect("account_login")

    return wrapped
