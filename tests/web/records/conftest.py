"""林晓's customers."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from keguan.runtime.access.viewer import viewer_for
from keguan.runtime.records.actions import Create
from tests.cast import Cast

PHONE = "13900005612"


@dataclass(frozen=True)
class Filed:
    """苏晴, a customer of 林晓's, with a contract of 8,600,000 that 许可 filed; and 顾明远, who only called."""

    su_qing: int
    contract: int
    gu_mingyuan: int


@pytest.fixture
def filed(company: Cast) -> Filed:
    """Two customers and a contract."""
    lin_xiao, xu_ke = viewer_for(company.lin_xiao.id), viewer_for(company.xu_ke.id)
    su_qing = Create(
        viewer=lin_xiao,
        record_type="customer",
        values={"name": "苏晴", "customer_kind": "个人", "phone": PHONE, "source": "来访"},
    ).run()
    gu_mingyuan = Create(
        viewer=lin_xiao,
        record_type="customer",
        values={"name": "顾明远", "customer_kind": "个人", "phone": "13900000002", "source": "来电"},
    ).run()
    contract = Create(
        viewer=xu_ke,
        record_type="purchase_contract",
        values={
            "contract_number": "GF-2026-0231",
            "customer": str(su_qing),
            "amount": "860万",
            "signed_on": "2026-05-19",
            "contract_status": "履行中",
            "property_kind": "公寓",
            "unit_sold": "3-0901",
            "discount": "98%",
        },
    ).run()
    return Filed(su_qing, contract, gu_mingyuan)
