"""Feishu (飞书): robots of groups."""

from __future__ import annotations

from keguan.connectors.feishu.robot import FeishuRobot

CHANNELS = (FeishuRobot(),)
