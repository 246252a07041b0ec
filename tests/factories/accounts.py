import factory
from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import TOTP
from django.contrib.auth.models import Group

from portal.accounts.models import User

SECRET = "JBSWY3DPEHPK3PXP"


class UserFactory(factory.django.DjangoModelFactory):
    """A person with a confirmed address; `role="editor"` puts them in that group.

    Those who may enter /cms/ have an authenticator app (SECRET) unless `second_factor=False`.
    """

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

    @factory.post_generation
    def second_factor(self, create, wanted=True, **kwargs):
        if wanted is not False and self.works_here:
            TOTP.activate(self, SECRET)
