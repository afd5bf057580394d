"""Policy versions as they were published, and publications: which versions are in force together from which day."""

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
