import factory
from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group

from portal.accounts.models import User


class UserFactory(factory.django.DjangoModelFactory):
    """A person with a confirmed address; `role="editor"` puts them in that group."""

    email = factory.Sequence(lambda n: f"person{n}@example.org")
    first_name = "Example"
    last_name = factory.Sequence(lambda n: f"Person {n}")
    password = factory.django.Password("a long enough password")
    language = "en"

    class Meta:
        model = User
        skip_postgeneration_save = True

    @factory.post_generation
    def role(self, create, role, **kwargs):
        if role:
            self.groups.add(Group.objects.get(name=role))

    @factory.post_generation
    def confirmed(self, create, confirmed=True, **kwargs):
        if confirmed is not False:
            EmailAddress.objects.create(user=self, email=self.email, verified=True, primary=True)
