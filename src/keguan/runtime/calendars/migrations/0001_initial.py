"""The first tables of the company's calendar."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies: ClassVar = []

    operations: ClassVar = [
        migrations.CreateModel(
            name="CalendarYear",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("year", models.IntegerField(unique=True)),
                ("imported", models.BooleanField(default=False)),
                ("confirmed_at", models.DateTimeField(null=True)),
                ("confirmed_by", models.BigIntegerField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="CompanyCalendar",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.BigIntegerField(default=0)),
                ("stamp", models.CharField(default="", max_length=32)),
                ("week", models.JSONField(default=list)),
                ("trading_opens", models.CharField(default="", max_length=5)),
                ("national", models.CharField(default="", max_length=40)),
            ],
        ),
        migrations.CreateModel(
            name="CalendarDay",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField()),
                ("layer", models.CharField(choices=[("notice", "Notice"), ("company", "Company")], max_length=10)),
                ("working", models.BooleanField()),
                ("name", models.CharField(default="", max_length=60)),
                ("hours", models.CharField(default="", max_length=120)),
                ("trading", models.BooleanField(null=True)),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("day", "layer"), name="calendars_day_once")],
            },
        ),
    ]
