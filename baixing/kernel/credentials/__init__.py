"""Credentials that anybody verifies without us: Open Badges 3.0, as Verifiable Credentials 2.0 with a proof in them.

`badges` builds and reads them, `proofs` signs and checks, `canon` says which bytes are signed, `issuers` says whose
keys they are. PyLD and the lxml behind it are 20 MB and a tenth of a second: `canon` is imported by what needs it,
when it needs it.
"""

from __future__ import annotations
