"""DingTalk (钉钉): robots of groups, and work notices."""

from __future__ import annotations

from keguan.connectors.dingtalk.robot import DingTalkRobot
from keguan.connectors.dingtalk.work_notice import DingTalkWorkNotice

CHANNELS = (DingTalkWorkNotice(), DingTalkRobot())
