"""What stands around the text of every document: recipients in order, bodies by the names they bore on the day."""

from __future__ import annotations

from datetime import date

import pytest

from bdg_cli import load
from bdg_cli.documents import frame
from bdg_cli.documents.model import Paragraph
from bdg_cli.documents.wording import Wording
from bdg_cli.models.plan import Purpose, Recipient, Signature
from bdg_cli.models.registry import Acts, Agencies, Areas, Indicators
from bdg_cli.registry import Registry, gather

DAY = date(2024, 6, 1)


@pytest.fixture(scope="module")
def registry() -> Registry:
    """The shipped registry, and a department that bore another name until 2024."""
    agency = {
        "id": "so-mau", "name": "Sở Nội vụ tỉnh Mẫu", "abbreviations": ["Sở NV"],
        "former_names": [{"name": "Sở Tổ chức tỉnh Mẫu", "valid": {"to": "2024-12-31"}}],
    }  # fmt: skip
    shipped = load.shipped_registry()
    own = gather([Acts(), Agencies.model_validate({"agencies": [agency]}), Areas(), Indicators()])
    return Registry(
        acts=shipped.acts, agencies=shipped.agencies | own.agencies, groups=shipped.groups, kinds=shipped.kinds,
        areas=shipped.areas, indicators=shipped.indicators,
    )  # fmt: skip


def lines(registry: Registry, *recipients: Recipient, first: str = "", as_issued: bool = False) -> list[str]:
    signature = (Signature(posts=("CHỦ TỊCH",), name="Lê Văn Mẫu"),)
    closing = frame.closing(recipients, signature, registry, Wording(None), first, on=DAY, as_issued=as_issued)
    return ["".join(run.text for run in runs) for runs in closing.recipients]


FILED = Recipient(text="VT, KGVX", purpose=Purpose.FILE)
OTHER = Recipient(text="Bộ Nội vụ", purpose=Purpose.REPORT, note="b/c")


def test_the_archive_comes_last(registry: Registry) -> None:
    assert lines(registry, FILED, OTHER) == ["- Bộ Nội vụ (b/c);", "- Lưu: VT, KGVX."]
    assert lines(registry, FILED, OTHER, as_issued=True) == ["- Lưu: VT, KGVX;", "- Bộ Nội vụ (b/c)."]


def test_the_archive_is_never_forgotten(registry: Registry) -> None:
    assert lines(registry, OTHER, first="Như trên") == ["- Như trên;", "- Bộ Nội vụ (b/c);", "- Lưu: VT."]
    assert lines(registry, OTHER, as_issued=True) == ["- Bộ Nội vụ (b/c)."]
    assert lines(registry, Recipient(as_written="- Lưu VT, TH;")) == ["- Lưu VT, TH."]
    assert lines(registry) == []


def test_bodies_bear_the_name_of_the_day(registry: Registry) -> None:
    recipient = Recipient(agency="so-mau")
    assert lines(registry, recipient, FILED)[0] == "- Sở Tổ chức tỉnh Mẫu;"
    assert registry.short_name("so-mau", date(2025, 6, 1)) == registry.short_name("so-mau") == "Sở NV"
    for day, name in ((DAY, "Sở Tổ chức tỉnh Mẫu"), (date(2025, 6, 1), "Sở Nội vụ tỉnh Mẫu")):
        (only,) = frame.addressed((recipient,), registry, Wording(None), day)
        assert isinstance(only, Paragraph)
        assert "".join(run.text for run in only.runs) == f"Kính gửi: {name}"


@pytest.mark.parametrize(
    "number, shown",
    [("7", "Số: 07/KH"), ("12", "Số: 12/KH"), ("05a", "Số: 05a/KH"), (None, "Số: " + "\u00a0" * 8 + "/KH")],
)
def test_number(number: str | None, shown: str) -> None:
    assert frame.number_line(number, "KH", Wording(None)) == shown
