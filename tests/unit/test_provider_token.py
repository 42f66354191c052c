"""A token of the identity provider, and every way in which it is not good; groups as a file."""

import time

import jwt
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from pejl.base.errors import UserError
from pejl_hub.accounts.provider.groups import place_of, read_groups
from pejl_hub.accounts.provider.token import NotBelieved, believed

ISSUER, PEJL = "https://login.example", "pejl"


@pytest.fixture(scope="module")
def key():
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


@pytest.fixture(scope="module")
def keys(key):
    public = jwt.algorithms.RSAAlgorithm.to_jwk(key.public_key(), as_dict=True)
    return [public | {"kid": "one", "use": "sig", "alg": "RS256"}]


def claims(**changes):
    """What a token says; times are seconds from now."""
    now = int(time.time())
    changes = {name: now + said if type(said) is int else said for name, said in changes.items()}
    good = {"iss": ISSUER, "aud": PEJL, "sub": "7", "iat": now, "exp": now + 300, "nonce": "n"}
    return {name: said for name, said in (good | changes).items() if said is not None}


def read(token, keys, nonce="n"):
    return believed(token, keys=keys, issuer=ISSUER, client_id=PEJL, nonce=nonce)


def signed(key, changes, kid="one", algorithm="RS256"):
    return jwt.encode(claims(**changes), key, algorithm=algorithm, headers={"kid": kid})


@pytest.mark.parametrize(
    "good",
    [{}, {"aud": [PEJL]}, {"aud": [PEJL, "x"], "azp": PEJL}, {"exp": -5}],
)
def test_a_good_token_is_believed(key, keys, good):
    assert read(signed(key, good), keys)["sub"] == "7"


@pytest.mark.parametrize(
    "bad",
    [
        {"iss": "https://ond.example"},
        {"iss": None},
        {"aud": "another"},
        {"aud": None},
        {"aud": [PEJL, "another"]},  # for several, and says not for whom
        {"azp": "another"},
        {"exp": -120},
        {"exp": None},
        {"iat": 600},
        {"sub": None},
        {"nonce": "another"},
        {"nonce": None},
        {"nonce": ""},
    ],
)
def test_a_token_that_says_something_else_is_not(key, keys, bad):
    with pytest.raises(NotBelieved):
        read(signed(key, bad), keys)


def test_an_empty_nonce_is_never_enough(key, keys):
    with pytest.raises(NotBelieved):
        read(signed(key, {"nonce": ""}), keys, nonce="")


def test_a_token_signed_by_somebody_else_is_not(key, keys):
    stranger = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    with pytest.raises(NotBelieved):
        read(signed(stranger, {}), keys)
    with pytest.raises(NotBelieved):
        read(signed(key, {}, kid="two"), keys)


def test_a_token_signed_by_nobody_or_with_the_public_key_as_a_secret_is_not(key, keys):
    with pytest.raises(NotBelieved):
        read(signed(None, {}, algorithm="none"), keys)
    head = jwt.utils.base64url_encode(b'{"alg":"HS256","kid":"one"}')
    body = signed(key, {}).split(".")[1].encode()
    pem = key.public_key().public_bytes(
        serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
    )
    hmac = jwt.algorithms.HMACAlgorithm(jwt.algorithms.HMACAlgorithm.SHA256)
    signature = hmac.sign(head + b"." + body, pem)
    forged = b".".join([head, body, jwt.utils.base64url_encode(signature)]).decode()
    with pytest.raises(NotBelieved):
        read(forged, keys)


@pytest.mark.parametrize("rubbish", ["", "a.b.c", "e30.e30."])
def test_rubbish_is_not(keys, rubbish):
    with pytest.raises(NotBelieved):
        read(rubbish, keys)


FILE = """
[[group]]
name = "Controllere"
role = "controller"
[[group]]
name = "Ballerup"
role = "municipality_reader"
municipality = "151"
[[group]]
name = "K-{municipality}-laes"
role = "municipality_reader"
[[group]]
name = "Kommuner"
role = "municipality_reader"
"""


@pytest.mark.parametrize(
    ("groups", "claimed", "given"),
    [
        (["Controllere"], "", ("controller", "")),
        (["Ballerup", "Controllere"], "", ("controller", "")),
        (["Ballerup"], "101", ("municipality_reader", "151")),
        (["K-147-laes"], "", ("municipality_reader", "147")),
        (["Kommuner"], "165", ("municipality_reader", "165")),
        (["Kommuner"], "", None),
        (["Kommuner"], "16", None),
        (["Kommuner"], "751", None),  # Aarhus is another hub's
        (["K-751-laes"], "", None),
        (["K-999-laes", "K-147-laes"], "", ("municipality_reader", "147")),
        (["K-14-laes"], "", None),
        (["xK-147-laes"], "", None),
        (["K-147-laesx"], "", None),
        (["controllere"], "", None),
        ([], "165", None),
    ],
)
def test_the_first_line_that_fits_gives_role_and_municipality(tmp_path, groups, claimed, given):
    file = tmp_path / "groups.toml"
    file.write_text(FILE, encoding="utf-8")
    found = place_of(read_groups(file), groups, claimed)
    assert (found and (found.role, found.municipality)) == given


@pytest.mark.parametrize(
    "wrong",
    [
        "",
        "[[group]]",
        '[[group]]\nname = "A"\nrole = "king"',
        '[[group]]\nrole = "board"',
        '[[group]]\nname = "A"\nrole = "board"\nmunicipality = "151"',
        '[[group]]\nname = "A-{municipality}"\nrole = "board"',
        '[[group]]\nname = "A"\nrole = "municipality_reader"\nmunicipality = "Ballerup"',
        '[[group]]\nname = "A"\nrole = "board"\nextra = 1',
        'x = 1\n[[group]]\nname = "A"\nrole = "board"',
        "[[group",
    ],
)
def test_a_file_that_nobody_understands_is_refused(tmp_path, wrong):
    file = tmp_path / "groups.toml"
    file.write_text(wrong, encoding="utf-8")
    with pytest.raises(UserError, match=r"groups\.toml"):
        read_groups(file)
