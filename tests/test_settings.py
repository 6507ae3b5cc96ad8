"""What a deployment sets is checked at start, each with one clear sentence."""

import pytest

from clinic.settings import Misconfigured, from_environment

KEY = {"CLINIC_SECRET_KEY": "k" * 32}


def said(**environ: str) -> str:
    """Return the sentence; an empty text where all is well."""
    try:
        from_environment(KEY | environ)
    except Misconfigured as trouble:
        return str(trouble)
    return ""


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("https://clinic.example", ""),
        ("https://clinic.example:8443/", ""),
        ("http://[::1]:8000", ""),
        ("https://clinic.example:http", "a host or a port that cannot be"),
        ("https://clinic.example:99999", "a host or a port that cannot be"),
        ("https://clinic.example:0", "a host or a port that cannot be"),
        ("https://clinic.example:", "a host or a port that cannot be"),
        ("https://[::1", "a host or a port that cannot be"),
        ("https://kim:secret@clinic.example", "holds a name or a password"),
        ("https://clinic.example#desk", "has a ? or a # in it"),
        ("https://clinic.example?desk", "has a ? or a # in it"),
        ("https://clinic.example?", "has a ? or a # in it"),
        ("https://clinic .example", "has a space or a line break in it"),
        ("https://clinic.example\n", "has a space or a line break in it"),
        ("https://clinic.example/desk", "without a path"),
        ("clinic.example", "without a path"),
        ("http://clinic.example", "uses http"),
    ],
)
def test_the_address_people_type_is_one_or_is_refused_in_one_sentence(url: str, words: str) -> None:
    sentence = said(CLINIC_BASE_URL=url)

    assert (bool(sentence), words in sentence, "secret" in sentence, sentence.count("\n")) == (
        bool(words),
        True,
        False,
        0,
    )


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("sqlite:///clinic.sqlite", ""),
        ("sqlite:////srv/our clinic/clinic.sqlite", ""),
        ("postgresql://clinic:s#cret@db.example:5432/clinic?sslmode=require", ""),
        ("postgresql://clinic:@/clinic?host=/run/postgresql", ""),
        ("postgresql+psycopg://clinic@[::1]:5432/clinic", ""),
        ("mysql://clinic", "must start with"),
        ("sqlite:///", "names no file"),
        ("sqlite:///:memory:", "names no file"),
        ("sqlite:///clinic.sqlite ", "has a space or a line break in it"),
        ("postgresql://clinic:secret@db.example/ clinic", "has a space or a line break in it"),
        ("postgresql://clinic:secret@db.example:port/clinic", "a host or a port that cannot be"),
        ("postgresql://clinic:secret@db.example:99999/clinic", "a host or a port that cannot be"),
        ("postgresql://clinic:secret@[::1/clinic", "a host or a port that cannot be"),
        ("postgresql://clinic:secret@db.example/clinic#main", "ends in a # and more"),
        ("postgresql://clinic:secret@db.example", "names no database"),
        ("postgresql://clinic:secret@db.example/?sslmode=require", "names no database"),
    ],
)
def test_the_address_of_the_database_is_one_or_is_refused_in_one_sentence(url: str, words: str) -> None:
    sentence = said(CLINIC_DATABASE_URL=url)

    assert (bool(sentence), words in sentence, "secret" in sentence, sentence.count("\n")) == (
        bool(words),
        True,
        False,
        0,
    )
