"""Who signed which words, and what was added to them later."""

from clinic.care.signatures.clinician import Clinician, clinician
from clinic.care.signatures.models import Addendum, Signature
from clinic.care.signatures.queries import addenda_of, cosigned, signatures_of
from clinic.care.signatures.sign import (
    AUTHOR,
    COSIGNER,
    KINDS,
    AlreadySigned,
    NotForYou,
    add,
    hash_of,
    put_signature,
)
from clinic.care.signatures.words import check_words, is_exact

__all__ = [
    "AUTHOR",
    "COSIGNER",
    "KINDS",
    "Addendum",
    "AlreadySigned",
    "Clinician",
    "NotForYou",
    "Signature",
    "add",
    "addenda_of",
    "check_words",
    "clinician",
    "cosigned",
    "hash_of",
    "is_exact",
    "put_signature",
    "signatures_of",
]
