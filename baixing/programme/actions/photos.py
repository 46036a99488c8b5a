"""Photos of what was held."""

from __future__ import annotations

import hashlib
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from baixing.journal import actions as journal
from baixing.kernel.refusals import NotNow, Unfit
from baixing.people.models import Person
from baixing.programme.models import Activity, Photo
from baixing.programme.rules import LIFE, MOST_PHOTOS, Standing


@transaction.atomic
def add_photo(activity: Activity, file: bytes, words: str, *, agreed: bool, by: Person, at: datetime) -> Photo:
    if not agreed:
        raise Unfit(_("Ask first: everybody who can be recognised has to agree."), field="agreed")
    LIFE.move("tell_results", Standing(by, at), activity)
    if activity.photos.count() >= MOST_PHOTOS:
        raise NotNow(_("There are %(most)d photos already. Take one away first.") % {"most": MOST_PHOTOS})
    from baixing.programme.actions.pictures import drawn_anew  # with its library, which pages do without

    picture = drawn_anew(file)
    digest = hashlib.sha256(picture.image).hexdigest()
    if activity.photos.filter(digest=digest).exists():
        raise Unfit(_("This photo is here already."), field="photo")
    said = {"words": words, "agreed": agreed, "digest": digest, "made_by": by, "made_at": at}
    photo = Photo.objects.create(activity=activity, **vars(picture), **said)
    journal.write("add_photo", activity, by=by, at=at, photo=photo.pk)
    return photo


@transaction.atomic
def remove_photo(photo: Photo, *, by: Person, at: datetime) -> None:
    """It goes at once, with its bytes."""
    LIFE.move("tell_results", Standing(by, at), photo.activity)
    journal.write("remove_photo", photo.activity, by=by, at=at, photo=photo.pk)
    photo.delete()
