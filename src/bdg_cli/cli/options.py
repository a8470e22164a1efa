"""Options that several commands take, each with its Vietnamese help spelled once."""

from __future__ import annotations

from typing import Annotated, Optional

import typer

Repo = Annotated[
    Optional[str], typer.Option(help="Thư mục của kho (có bdg.yaml hoặc plans/bdg.yaml).", metavar="THƯ_MỤC")
]
Today = Annotated[Optional[str], typer.Option(help="Ngày được coi là hôm nay.", metavar="NGÀY")]
NoCache = Annotated[bool, typer.Option("--no-cache", help="Làm lại từ đầu, không dùng kết quả lần trước.")]
Out = Annotated[str, typer.Option("--output", "-o", help="Thư mục ghi văn bản.", metavar="THƯ_MỤC")]
Force = Annotated[bool, typer.Option("--force", help="Ghi đè cả tệp đã được sửa bằng tay.")]
DocumentFormat = Annotated[
    str, typer.Option("--format", help="docx (ghi tệp) hoặc text (in ra màn hình).", metavar="DẠNG")
]
Plans = Annotated[Optional[list[str]], typer.Argument(help="Mã kế hoạch; bỏ trống là tất cả.", metavar="KẾ_HOẠCH")]
PlanOption = Annotated[
    Optional[list[str]], typer.Option("--plan", help="Chỉ kế hoạch này (dùng nhiều lần được).", metavar="KẾ_HOẠCH")
]
Since = Annotated[
    Optional[str],
    typer.Option(
        "--since", help="Chỉ những gì thay đổi kể từ phiên bản git này, và hệ quả của nó.", metavar="PHIÊN_BẢN"
    ),
]
