"""What the network announces."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from baixing.kernel.news import News
from baixing.network.models import Post
from baixing.people.models import Person


@dataclass(frozen=True)
class PostEnded:
    """A person has left a post; what they were about needs somebody else."""

    post: Post
    successor: Person | None
    at: datetime
    by: Person | None


post_ended: News[PostEnded] = News()
