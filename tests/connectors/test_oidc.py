"""Signing in at an OpenID Connect provider."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from joserfc.jwk import RSAKey

from keguan.connectors.oidc.provider import OidcProvider
from keguan.runtime.ledger.actions import SYSTEM, Refused
from keguan.runtime.ledger.models import Entry
from keguan.runtime.ledger.queries import EntryFilters, entries_page
from keguan.runtime.org.actions import SetActive
from keguan.runtime.org.federation.binding import BindIdentity, UnbindIdentity
from keguan.runtime.org.federation.doors import Unreachable, Untrusted, Vouched, register_provider
from keguan.runtime.org.models import Identity, Session, Staff
from tests.cast import PASSWORD
from tests.connectors.oidc_world import CLIENT, SECRET, FakeProvider, key_called, serving
from tests.runtime.org.signing.factor_world import enrol

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_django.fixtures import SettingsWrapper

    from tests.cast import Cast, Member

BACK = "http://testserver/sign-in/from/oidc"


@pytest.fixture
def provider(settings: SettingsWrapper) -> Iterator[FakeProvider]:
    """A provider that the settings name, and a door without anything kept from before."""
    with serving(FakeProvider()) as found:
        settings.OIDC = {"issuer": found.issuer, "client": CLIENT, "secret": SECRET, "label": ""}
        register_provider(OidcProvider())
        yield found


def bind(member: Member, subject: str = "u-1001") -> None:
    """An administrator's console binds one of the cast."""
    BindIdentity(actor=SYSTEM, staff_id=member.id, door="oidc", subject=subject).run()


def vouched(provider: FakeProvider, **answer: str) -> Vouched:
    """The whole way, as the door goes it; ``answer`` changes what the browser brings back."""
    door = OidcProvider()
    journey = door.begin(BACK)
    return door.finish(journey.kept, {**provider.authorise(journey.address), **answer}, BACK)


def there_and_back(client: Client, provider: FakeProvider, target: str = "/sign-in/with/oidc") -> Any:
    """The browser goes to the provider and comes back."""
    journey = client.get(target)
    return client.get("/sign-in/from/oidc", provider.authorise(journey["Location"]))


def test_an_honest_provider_is_believed(provider: FakeProvider) -> None:
    """Code, PKCE, client secret, signature and claims: the subject comes out, and the secret went to nobody else."""
    assert vouched(provider) == Vouched("u-1001", strong=False)
    form = provider.forms[0]
    assert (form["grant_type"], form["redirect_uri"], "client_secret" in form) == ("authorization_code", BACK, False)


def test_a_provider_that_asked_for_more_says_so(provider: FakeProvider) -> None:
    """``amr`` tells of two factors; ``pwd`` alone does not, and what is no list tells nothing."""
    for methods, strong in ((["pwd", "mfa"], True), (["pwd"], False), ("mfa", False), ([1, "otp"], True)):
        provider.claims = {"amr": methods}
        assert vouched(provider).strong is strong


@pytest.mark.parametrize(
    ("claims", "why"),
    [
        ({"iss": "https://other.example"}, "iss"),
        ({"aud": "somebody-else"}, "aud"),
        ({"aud": [CLIENT, "other"]}, "azp"),
        ({"nonce": "of-another-question"}, "nonce"),
        ({"nonce": None}, "nonce"),
        ({"exp": 1_600_000_000}, "exp"),
        ({"exp": None}, "exp"),
        ({"iat": None}, "iat"),
        ({"iat": 4_000_000_000}, "iat"),
        ({"sub": None}, "sub"),
        ({"sub": ""}, "sub"),
        ({"sub": 7}, "sub"),
    ],
)
def test_claims_that_are_not_for_us_and_now_are_refused(
    provider: FakeProvider, claims: dict[str, Any], why: str
) -> None:
    """Another issuer, audience or question, too old, of the future, without a subject."""
    provider.claims = claims
    with pytest.raises(Untrusted, match=why):
        vouched(provider)


def test_a_signature_of_another_key_is_refused(provider: FakeProvider) -> None:
    """The key is fetched once more, and then it is over."""
    provider.published = RSAKey.generate_key(2048, {"kid": "one", "use": "sig"})
    with pytest.raises(Untrusted):
        vouched(provider)
    assert provider.fetched.count("/keys") == 2


@pytest.mark.parametrize("algorithm", ["none", "HS256"])
def test_no_signature_and_a_shared_secret_are_refused(provider: FakeProvider, algorithm: str) -> None:
    """``none``, and the public key taken for a secret: neither is an algorithm that is believed."""
    provider.header = {"alg": algorithm, "kid": "one"}
    with pytest.raises(Untrusted):
        vouched(provider)


def test_a_key_that_was_changed_there_is_found(provider: FakeProvider) -> None:
    """After the provider has another key, the next sign-in fetches it."""
    door = OidcProvider()
    for kid in ("one", "two"):
        provider.key = key_called(kid)
        provider.header = {"alg": "RS256", "kid": kid}
        journey = door.begin(BACK)
        assert door.finish(journey.kept, provider.authorise(journey.address), BACK).subject == "u-1001"
    assert provider.fetched.count("/keys") == 2


@pytest.mark.parametrize(
    ("answer", "why"), [({"state": "x"}, "state"), ({"iss": "x"}, "iss"), ({"error": "access_denied"}, "refused")]
)
def test_an_answer_to_another_question_is_refused(provider: FakeProvider, answer: dict[str, str], why: str) -> None:
    """Another state (somebody else's sign-in), another issuer (RFC 9207), an error: the code is not even exchanged."""
    with pytest.raises(Untrusted, match=why):
        vouched(provider, **answer)
    assert provider.forms == []


def test_a_stolen_code_is_worth_nothing(provider: FakeProvider) -> None:
    """Without the verifier of the browser that began, the provider gives no token (PKCE)."""
    door = OidcProvider()
    journey = door.begin(BACK)
    answer = provider.authorise(journey.address)
    with pytest.raises(Unreachable, match="400"):
        door.finish({**journey.kept, "verifier": "guessed"}, answer, BACK)


def test_a_provider_that_is_away_or_another_is_not_used(provider: FakeProvider, settings: SettingsWrapper) -> None:
    """No answer, another issuer in its description, plain HTTP elsewhere: unreachable."""
    provider.broken = True
    with pytest.raises(Unreachable):
        OidcProvider().begin(BACK)
    provider.broken = False
    settings.OIDC = {**settings.OIDC, "issuer": f"{provider.issuer}/"}
    with pytest.raises(Unreachable, match="issuer"):
        OidcProvider().begin(BACK)
    settings.OIDC = {**settings.OIDC, "issuer": "http://idp.example.com"}
    with pytest.raises(Unreachable, match="address"):
        OidcProvider().begin(BACK)


def test_who_is_bound_comes_in(company: Cast, provider: FakeProvider) -> None:
    """林晓 comes in where she was going; the ledger says by which door, and holds no token."""
    bind(company.lin_xiao)
    client = Client()
    response = there_and_back(client, provider, "/sign-in/with/oidc?next=/policies/")
    assert response["Location"] == "/policies/"
    assert client.get("/desk/").status_code == 200
    assert (Session.objects.get().staff_id, Session.objects.get().means) == (company.lin_xiao.id, "oidc")
    written = json.dumps([list(entry) for entry in Entry.objects.values_list("action", "data")])
    assert "eyJ" not in written
    assert SECRET not in written


def test_nobody_is_found_by_name_or_e_mail(company: Cast, provider: FakeProvider) -> None:
    """A stranger whom the provider calls lin_xiao, with her e-mail, is one: no session, no account, no binding."""
    provider.subject = "u-9999"
    provider.claims = {"preferred_username": "lin_xiao", "email": "lin_xiao@example.com", "email_verified": True}
    people = Staff.objects.count()
    client = Client()
    response = there_and_back(client, provider)
    assert (response.status_code, "没有绑定" in response.content.decode()) == (403, True)
    assert (Staff.objects.count(), Identity.objects.count(), Session.objects.count()) == (people, 0, 0)
    failed = entries_page(filters=EntryFilters(action="org.sign_in_failed")).entries[0]
    assert failed.data["failure"] == "unbound"


def test_who_has_left_stays_out(company: Cast, provider: FakeProvider) -> None:
    """The provider still lets her in; we do not."""
    bind(company.lin_xiao)
    SetActive(actor=SYSTEM, staff_id=company.lin_xiao.id, active=False).run()
    assert there_and_back(Client(), provider).status_code == 403
    assert Session.objects.count() == 0


def test_a_second_factor_here_is_asked_for(company: Cast, provider: FakeProvider) -> None:
    """The provider's password is one factor; where it has asked for two, that is enough."""
    bind(company.lin_xiao)
    enrol(company.lin_xiao)
    assert there_and_back(Client(), provider)["Location"] == "/sign-in/factor"
    assert Session.objects.count() == 0
    provider.claims = {"amr": ["mfa"]}
    assert there_and_back(Client(), provider)["Location"] == "/desk/"
    assert Session.objects.get().strong


def test_an_answer_counts_once_and_in_its_own_browser(company: Cast, provider: FakeProvider) -> None:
    """Sent again, or sent in another browser (login CSRF), it opens nothing."""
    bind(company.lin_xiao)
    hers, his = Client(), Client()
    answer = provider.authorise(hers.get("/sign-in/with/oidc")["Location"])
    assert his.get("/sign-in/from/oidc", answer).status_code == 403
    assert hers.get("/sign-in/from/oidc", answer)["Location"] == "/desk/"
    hers.post("/sign-out")
    assert hers.get("/sign-in/from/oidc", answer).status_code == 403


def test_a_lie_is_refused_and_the_ledger_says_which(company: Cast, provider: FakeProvider) -> None:
    """The person reads one sentence; the ledger names the check that failed."""
    bind(company.lin_xiao)
    provider.claims = {"nonce": "of-another-question"}
    assert there_and_back(Client(), provider).status_code == 403
    failed = entries_page(filters=EntryFilters(action="org.sign_in_failed")).entries[0]
    assert failed.data["failure"] == "untrusted:nonce"
    assert Session.objects.count() == 0


def test_one_binds_oneself_by_going_there(company: Cast, provider: FakeProvider) -> None:
    """Signed in, she goes there and back: bound to the subject that was vouched for, once."""
    client = Client()
    client.post("/sign-in", {"username": "lin_xiao", "password": PASSWORD})
    assert there_and_back(client, provider)["Location"] == "/account/"
    bound = Identity.objects.get()
    assert (bound.staff_id, bound.door, bound.subject) == (company.lin_xiao.id, "oidc", "u-1001")
    assert there_and_back(client, provider)["Location"] == "/account/"
    assert Identity.objects.count() == 1
    assert there_and_back(Client(), provider)["Location"] == "/desk/"


def test_a_subject_is_bound_to_one_person(company: Cast) -> None:
    """Somebody else's subject cannot be bound, nor somebody else's account; who unbinds may bind another."""
    bind(company.lin_xiao)
    with pytest.raises(Refused, match=r"org\.subject_bound"):
        bind(company.zhao_qi)
    with pytest.raises(Refused, match=r"org\.staff_bound"):
        bind(company.lin_xiao, "u-2")
    for act in (
        BindIdentity(actor=company.zhao_qi.actor, staff_id=company.fang_ming.id, door="oidc", subject="u-3"),
        UnbindIdentity(actor=company.zhao_qi.actor, identity_id=Identity.objects.get().pk),
    ):
        with pytest.raises(Refused, match="not_permitted"):
            act.run()
    assert Identity.objects.count() == 1
    UnbindIdentity(actor=company.lin_xiao.actor, identity_id=Identity.objects.get().pk).run()
    bind(company.zhao_qi)


def test_a_door_that_is_not_there_is_not_found(company: Cast, client: Client, settings: SettingsWrapper) -> None:
    """Without settings there is no button and no address; an unknown door has none either."""
    settings.OIDC = {"issuer": "", "client": "", "secret": "", "label": ""}
    assert "/sign-in/with/" not in client.get("/sign-in").content.decode()
    assert [client.get(f"/sign-in/with/{door}").status_code for door in ("oidc", "other")] == [404, 404]
