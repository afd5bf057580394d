"""What customers submitted, and how often somebody outside has knocked.

Neither who they are nor what they wrote stands here: that is in the record and the case. Of the query code and of the
form's one-time mark only hashes are kept.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class Submission(models.Model):
    """One case begun on the portal. ``mark`` is the hash of the form's one-time mark, so that a form sent twice begins
    one case; ``content`` that of what was written in it. ``number`` is the case's, in capitals.
    """

    mark = models.CharField(max_length=64, unique=True)
    content = models.CharField(max_length=64)
    code = models.CharField(max_length=64)
    process = models.CharField(max_length=80)
    number = models.CharField(max_length=80)
    case_id = models.BigIntegerField(null=True, unique=True)  # None only while its transaction runs
    submitted_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["number"], name="submission_number")]


class Knock(models.Model):
    """How often, since a moment, somebody has come from one address, with one telephone or about one number (``key``, a
    keyed hash) for one ``purpose``.
    """

    purpose = models.CharField(max_length=30)
    key = models.BigIntegerField()
    since = models.DateTimeField()
    count = models.IntegerField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["purpose", "key"], name="intake_knock_once"),
        ]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["purpose", "since"], name="intake_knock_since")]
