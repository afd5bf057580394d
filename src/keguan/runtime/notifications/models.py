"""What people were told, how they want to be told, and what goes out: the outbox and its log.

A notification is always in the house. What goes out as well is a delivery, one row for each message through a channel;
its row is the truth about whether it was sent.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class Notification(models.Model):
    """One thing that one person was told. ``key`` makes it once for ever. ``planned`` says that its deliveries, if it
    has any, are written.
    """

    staff_id = models.BigIntegerField()
    kind = models.CharField(max_length=60)
    key = models.CharField(max_length=200, unique=True)
    subject = models.CharField(max_length=200)
    facts = models.JSONField(default=dict)
    case_id = models.BigIntegerField(null=True)
    duty_id = models.BigIntegerField(null=True)
    clause = models.CharField(max_length=160, default="")
    urgent = models.BooleanField(default=False)
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    planned = models.BooleanField(default=False)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["staff_id", "id"], name="notice_of_person"),
            models.Index(fields=["staff_id", "id"], name="notice_unread", condition=models.Q(read_at__isnull=True)),
            models.Index(fields=["id"], name="notice_unplanned", condition=models.Q(planned=False)),
        ]


class Digest(models.TextChoices):
    """How soon somebody wants to be told outside the house."""

    AT_ONCE = "at_once"
    HOURLY = "hourly"
    DAILY = "daily"


class Channel(models.Model):
    """One way out, as the administrator set it up. ``settings`` are open; ``secrets`` is sealed JSON text."""

    kind = models.CharField(max_length=40)
    label = models.CharField(max_length=80, unique=True)
    settings = models.JSONField(default=dict)
    secrets = models.BinaryField(null=True)
    enabled = models.BooleanField(default=True)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["enabled", "id"], name="channel_enabled")]


class ContactPoint(models.Model):
    """Where somebody is reached: their e-mail, mobile or id in another system. The address is sealed."""

    staff_id = models.BigIntegerField()
    address_kind = models.CharField(max_length=20)
    sealed = models.BinaryField()
    verified = models.BooleanField(default=False)
    changed_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["staff_id", "address_kind"], name="contact_point_once"),
        ]


class Preference(models.Model):
    """How somebody wants to be told of one group of kinds: by which channels, and how soon."""

    staff_id = models.BigIntegerField()
    group = models.CharField(max_length=20)
    channels = models.JSONField(default=list)
    digest = models.CharField(max_length=10, choices=Digest.choices, default=Digest.AT_ONCE)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["staff_id", "group"], name="preference_once"),
        ]


class QuietHours(models.Model):
    """When somebody wants nothing sent to them, on the company's clocks; ``since`` may be later than ``until``."""

    staff_id = models.BigIntegerField(unique=True)
    since = models.TimeField()
    until = models.TimeField()
    urgent_too = models.BooleanField(default=False)


class Purpose(models.TextChoices):
    """What a delivery is for."""

    NOTICE = "notice"  # its items: one notification, or a digest of several
    TRIAL = "trial"  # the administrator tries a channel
    CODE = "code"  # somebody shows that an address is theirs
    CUSTOMER = "customer"  # somebody outside the house is written to: ``about`` says of what


class DeliveryState(models.TextChoices):
    """How far a delivery is."""

    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"  # the receiver refused it for good
    UNCERTAIN = "uncertain"  # it may have arrived: never sent again by itself
    GIVEN_UP = "given_up"  # refused as often as it may be


class Delivery(models.Model):
    """One message through one channel, of one notification or of a digest. ``key`` goes out with it.

    ``begun_at`` is when it was first tried; ``maybe`` says that some attempt may have arrived. ``shown_to`` is the
    masked address it went to. ``provider_id`` is the receiver's own number for it. A message to a customer has no
    ``staff_id`` (0); ``about`` and ``about_id`` name what it is about, and whoever registered for that composes it.
    """

    key = models.CharField(max_length=120, unique=True)
    staff_id = models.BigIntegerField()
    channel = models.ForeignKey(Channel, models.PROTECT, related_name="deliveries")
    purpose = models.CharField(max_length=10, choices=Purpose.choices, default=Purpose.NOTICE)
    about = models.CharField(max_length=40, default="")
    about_id = models.BigIntegerField(null=True)
    state = models.CharField(max_length=10, choices=DeliveryState.choices, default=DeliveryState.WAITING)
    urgent = models.BooleanField(default=False)
    attempts = models.IntegerField(default=0)
    next_at = models.DateTimeField(null=True)
    made_at = models.DateTimeField()
    begun_at = models.DateTimeField(null=True)
    maybe = models.BooleanField(default=False)
    ended_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=300, default="")
    provider_id = models.CharField(max_length=120, default="")
    shown_to = models.CharField(max_length=120, default="")

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["channel", "next_at", "id"], name="delivery_due", condition=models.Q(next_at__isnull=False)
            ),
            models.Index(fields=["channel"], name="delivery_sending", condition=models.Q(state="sending")),
            models.Index(fields=["state", "id"], name="delivery_of_state"),
            models.Index(fields=["channel", "id"], name="delivery_of_channel"),
        ]


class DeliveryItem(models.Model):
    """One notification in a delivery. Each goes through a channel once."""

    delivery = models.ForeignKey(Delivery, models.PROTECT, related_name="items")
    notification = models.ForeignKey(Notification, models.PROTECT, related_name="items")
    channel = models.ForeignKey(Channel, models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["notification", "channel"], name="delivered_once"),
        ]
