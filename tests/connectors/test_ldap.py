"""Passwords checked by a directory: a real one (slapd), on a port and in a folder of its own."""

from __future__ import annotations

import shutil
import socket
import subprocess
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from keguan.connectors.ldap.directory import LdapDirectory
from keguan.runtime.ledger.actions import SYSTEM, Refused
from keguan.runtime.org.actions import SetActive, SetPassword, SignIn
from keguan.runtime.org.federation.binding import BindIdentity
from keguan.runtime.org.models import Session, Staff
from tests.cast import PASSWORD
from tests.runtime.org.signing.factor_world import NOBODY, enrol

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytest_django.fixtures import SettingsWrapper

    from tests.cast import Cast, Member

SLAPD = shutil.which("slapd", path="/usr/sbin:/usr/lib/openldap:/usr/local/libexec:/usr/bin")
ADD = shutil.which("slapadd", path="/usr/sbin:/usr/local/sbin:/usr/bin")
SCHEMAS = "/etc/ldap/schema"
ROOT, ROOT_PASSWORD = "cn=admin,dc=example,dc=com", "directory-root-9"
THERE = "Directory-ridge-77"

PEOPLE = """\
dn: dc=example,dc=com
objectClass: dcObject
objectClass: organization
dc: example
o: Example

dn: ou=江南,dc=example,dc=com
objectClass: organizationalUnit
ou: 江南

dn: uid=lin_xiao,ou=江南,dc=example,dc=com
objectClass: inetOrgPerson
uid: lin_xiao
cn: 林晓
sn: 林
userPassword: {THERE}

dn: uid=zhao*qi,ou=江南,dc=example,dc=com
objectClass: inetOrgPerson
uid: zhao*qi
cn: 赵启
sn: 赵
userPassword: {THERE}

dn: cn=one,ou=江南,dc=example,dc=com
objectClass: inetOrgPerson
uid: twins
cn: one
sn: one
userPassword: {THERE}

dn: cn=two,ou=江南,dc=example,dc=com
objectClass: inetOrgPerson
uid: twins
cn: two
sn: two
userPassword: {THERE}
""".replace("{THERE}", THERE)


@dataclass(frozen=True)
class Slapd:
    """A running directory."""

    port: int


@pytest.fixture(scope="session")
def slapd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Slapd]:
    """Debian's slapd with a few people in it; the test is skipped where it is not installed."""
    if SLAPD is None or ADD is None:
        pytest.skip("needs slapd: apt-get install slapd")
    folder = tmp_path_factory.mktemp("slapd")
    port = _free_port()
    configuration = folder / "slapd.conf"
    configuration.write_text(_configured(folder), "utf-8")
    subprocess.run([ADD, "-f", str(configuration)], input=PEOPLE.encode(), check=True, capture_output=True)
    process = subprocess.Popen(
        [SLAPD, "-f", str(configuration), "-h", f"ldap://127.0.0.1:{port}/", "-d", "0"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _until_it_answers(port)
        yield Slapd(port)
    finally:
        process.terminate()
        process.wait(10)


def _configured(folder: Path) -> str:
    (folder / "data").mkdir()
    schemas = "\n".join(f"include {SCHEMAS}/{name}.schema" for name in ("core", "cosine", "inetorgperson"))
    return (
        f"{schemas}\nmodulepath /usr/lib/ldap\nmoduleload back_mdb\npidfile {folder}/pid\n"
        f'database mdb\nsuffix "dc=example,dc=com"\nrootdn "{ROOT}"\nrootpw {ROOT_PASSWORD}\n'
        f"directory {folder}/data\naccess to attrs=userPassword by anonymous auth by * none\naccess to * by * read\n"
    )


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _until_it_answers(port: int) -> None:
    for _ in range(100):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    pytest.fail("slapd does not answer")


@pytest.fixture
def directory(slapd: Slapd, settings: SettingsWrapper) -> LdapDirectory:
    """The door to it."""
    settings.LDAP = {
        "url": f"ldap://127.0.0.1:{slapd.port}",
        "base": "dc=example,dc=com",
        "bind": ROOT,
        "password": ROOT_PASSWORD,
        "name": "uid",
        "subject": "entryUUID",
        "certificates": "",
    }
    return LdapDirectory()


def bind(member: Member, directory: LdapDirectory) -> str:
    """Bind one of the cast to the entry of the same name."""
    subject = directory.subject(member.username, THERE)
    assert subject is not None
    BindIdentity(actor=SYSTEM, staff_id=member.id, door="ldap", subject=subject).run()
    return subject


def attempt(username: str, password: str) -> str:
    """``in``, ``pending`` or the refusal's code."""
    try:
        return "pending" if SignIn(actor=NOBODY, username=username, password=password).run().pending else "in"
    except Refused as refusal:
        return refusal.code


def test_the_directory_knows_its_people(directory: LdapDirectory) -> None:
    """The right password gives the entry's id, the same each time; a wrong one and an unknown name give nothing."""
    found = directory.subject("lin_xiao", THERE)
    assert found is not None
    assert len(found) == 36
    assert directory.subject("lin_xiao", THERE) == found
    assert directory.subject("lin_xiao", "wrong") is None
    assert directory.subject("nobody", THERE) is None


@pytest.mark.parametrize("password", ["", "\0", "x" * 257])
def test_an_empty_password_is_never_asked(directory: LdapDirectory, password: str) -> None:
    """A directory would take it for an anonymous bind and say yes; overlong ones and NUL are not sent either."""
    assert directory.subject("lin_xiao", password) is None


@pytest.mark.parametrize(
    "username",
    ["*", "lin*", "lin_xiao)(uid=*", "*)(|(uid=*", "lin_xiao)(!(uid=x)", "\\2a", "lin_xiao\0", "(uid=lin_xiao)"],
)
def test_nothing_is_injected_into_the_filter(directory: LdapDirectory, username: str) -> None:
    """Stars, brackets, backslashes and NUL are characters of a name, and nobody has that name."""
    assert directory.subject(username, THERE) is None


def test_a_star_in_a_name_is_a_star(directory: LdapDirectory) -> None:
    """Somebody who really is called that is found, and she alone."""
    assert directory.subject("zhao*qi", THERE) is not None
    assert directory.subject("zhao_qi", THERE) is None


def test_two_of_one_name_are_nobody(directory: LdapDirectory) -> None:
    """Which of the two it is cannot be told, so neither is."""
    assert directory.subject("twins", THERE) is None


def test_a_directory_that_is_away_lets_nobody_in(directory: LdapDirectory, settings: SettingsWrapper) -> None:
    """No answer, and a service account that is refused: nobody, and no error page."""
    settings.LDAP = {**settings.LDAP, "password": "wrong"}
    assert directory.subject("lin_xiao", THERE) is None
    settings.LDAP = {**settings.LDAP, "url": f"ldap://127.0.0.1:{_free_port()}"}
    assert directory.subject("lin_xiao", THERE) is None


def test_who_is_bound_signs_in_with_the_directorys_password(cast: Cast, directory: LdapDirectory) -> None:
    """The directory's password opens, the old one here does not any more, and nobody else is touched."""
    bind(cast.lin_xiao, directory)
    assert attempt("lin_xiao", THERE) == "in"
    assert Session.objects.get().means == "ldap"
    assert attempt("lin_xiao", PASSWORD) == "org.sign_in"
    assert attempt("zhao_qi", PASSWORD) == "in"
    assert attempt("zhao_qi", THERE) == "org.sign_in"


def test_an_entry_made_anew_under_her_name_is_not_hers(cast: Cast, directory: LdapDirectory) -> None:
    """The binding is to the entry's id: another entry of the same name opens nothing."""
    BindIdentity(
        actor=SYSTEM, staff_id=cast.lin_xiao.id, door="ldap", subject="00000000-0000-0000-0000-000000000000"
    ).run()
    assert attempt("lin_xiao", THERE) == "org.sign_in"
    assert Session.objects.count() == 0


def test_failures_lock_here_too(cast: Cast, directory: LdapDirectory) -> None:
    """Five wrong passwords lock the account here, whatever the directory counts."""
    bind(cast.lin_xiao, directory)
    for _ in range(5):
        assert attempt("lin_xiao", "wrong") == "org.sign_in"
    assert attempt("lin_xiao", THERE) == "org.sign_in"
    assert Staff.objects.get(pk=cast.lin_xiao.id).locked_until is not None


def test_who_has_left_here_stays_out_whatever_the_directory_says(cast: Cast, directory: LdapDirectory) -> None:
    """The directory still has her; the account here is closed."""
    bind(cast.lin_xiao, directory)
    SetActive(actor=SYSTEM, staff_id=cast.lin_xiao.id, active=False).run()
    assert attempt("lin_xiao", THERE) == "org.sign_in"
    assert Session.objects.count() == 0


def test_a_second_factor_here_is_asked_for(cast: Cast, directory: LdapDirectory) -> None:
    """The directory's password is one factor."""
    bind(cast.lin_xiao, directory)
    enrol(cast.lin_xiao)
    assert attempt("lin_xiao", THERE) == "pending"


def test_the_directorys_password_is_not_changed_here(cast: Cast, directory: LdapDirectory) -> None:
    """The sentence says where; the hash here stays as it was."""
    bind(cast.lin_xiao, directory)
    before = Staff.objects.get(pk=cast.lin_xiao.id).password
    with pytest.raises(Refused, match=r"org\.directory_password"):
        SetPassword(actor=cast.lin_xiao.actor, staff_id=cast.lin_xiao.id, password="chosen-ridge-2026").run()
    assert Staff.objects.get(pk=cast.lin_xiao.id).password == before
