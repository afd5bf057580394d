"""WeCom (企业微信): messages of an application, and robots of groups."""

from __future__ import annotations

from keguan.connectors.wecom.application import WeComApplication
from keguan.connectors.wecom.robot import WeComRobot

CHANNELS = (WeComApplication(), WeComRobot())
