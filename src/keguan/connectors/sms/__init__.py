"""SMS: Alibaba Cloud, and any gateway that takes signed JSON."""

from __future__ import annotations

from keguan.connectors.sms.aliyun import AliyunSms
from keguan.connectors.sms.gateway import SmsGateway

CHANNELS = (AliyunSms(), SmsGateway())
