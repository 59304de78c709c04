import pytest

from tests.partnerships import world


@pytest.fixture
def net(db):
    return world.network()


@pytest.fixture
def partnership(net):
    return world.start(net)


@pytest.fixture
def sign_in(client, net):
    """`sign_in("defne")` returns a signed-in client."""

    def _sign_in(name):
        client.force_login(net.people[name], backend="django.contrib.auth.backends.ModelBackend")
        return client

    return _sign_in
