"""Policy versions as they were published, which are in force together from which day, drafts, and who has read."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class PolicyVersion(models.Model):
    """One version of one pack, with its text exactly as published. Never changed, never deleted."""

    pack = models.CharField(max_length=80)
    version = models.CharField(max_length=40)
    title = models.CharField(max_length=200)
    effective = models.DateField()
    files = models.JSONField()  # relative path → Markdown
    digest = models.CharField(max_length=64)  # SHA-256 of the text without its version line
    published_at = models.DateTimeField()
    published_by = models.CharField(max_length=150)
    to_confirm = models.BooleanField(default=False)  # a person signed it: staff confirm that they have read it

    class Meta:
        """A version is published once."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["pack", "version"], name="policies_version_once")]

    def __str__(self) -> str:
        return f"{self.pack} {self.version}"


class Publication(models.Model):
    """The policy versions in force together from a day on.

    In force on a day is the publication with the latest effective day not after it, and among those of one day the
    one published last. ``digest`` names the texts: two publications with one digest have one model.
    """

    effective = models.DateField()
    at = models.DateTimeField()
    digest = models.CharField(max_length=64)
    versions: models.ManyToManyField[PolicyVersion, models.Model] = models.ManyToManyField(
        PolicyVersion, related_name="publications"
    )

    class Meta:
        """What is in force is found by this index alone."""

        indexes: ClassVar = [models.Index(fields=["effective", "id"], name="policies_in_force")]

    def __str__(self) -> str:
        return f"{self.pk} {self.effective}"


class Draft(models.Model):
    """A version being written. ``revision`` counts the times it was saved: who saves names the one they started from.

    ``base`` is the version of the pack that it goes out from, empty for a new pack; ``editors`` are the ids of all who
    have written in it.
    """

    pack = models.CharField(max_length=80)
    title = models.CharField(max_length=200)
    files = models.JSONField()  # relative path → Markdown
    base = models.CharField(max_length=40)
    state = models.CharField(max_length=12)
    revision = models.IntegerField()
    editors = models.JSONField()
    author_id = models.BigIntegerField(null=True)
    author_name = models.CharField(max_length=150)
    started_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    changed_by = models.CharField(max_length=150)
    reviewer_id = models.BigIntegerField(null=True)
    signed = models.ForeignKey(PolicyVersion, models.PROTECT, null=True)
    brought = models.JSONField(null=True)  # what became of the paper that it was made from, never the paper itself

    class Meta:
        """Drafts are listed by pack and state."""

        indexes: ClassVar = [models.Index(fields=["state", "pack"], name="policies_draft_state")]


class DraftMove(models.Model):
    """One step that a draft took, with the opinion given. Never changed."""

    draft = models.ForeignKey(Draft, models.PROTECT, related_name="moves")
    step = models.CharField(max_length=12)
    revision = models.IntegerField()
    by_id = models.BigIntegerField(null=True)
    by_name = models.CharField(max_length=150)
    at = models.DateTimeField()
    opinion = models.TextField()


class Confirmation(models.Model):
    """Somebody confirmed having read a version."""

    version = models.ForeignKey(PolicyVersion, models.PROTECT, related_name="confirmations")
    staff_id = models.BigIntegerField()
    at = models.DateTimeField()

    class Meta:
        """One confirms a version once."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["version", "staff_id"], name="policies_confirmed_once")
        ]
