"""The ways in that would let a person in on the password alone stay closed."""

urlpatterns = []
