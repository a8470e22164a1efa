"""Commands that exchange files with people: form, collect."""

from __future__ import annotations

from typing import Annotated, Optional

import typer

from bdg_cli.cli.app import Command, app
from bdg_cli.cli.options import Force, Out, PlanOption, Repo, Today

PeriodOption = Annotated[str, typer.Option("--period", help="Kỳ: 2024H1, 2024, 2024-9M, 2024Q3 …", metavar="KỲ")]


@app.command(
    "form",
    cls=Command,
    short_help="Biểu Excel để cơ quan điền.",
    help="Biểu Excel để cơ quan điền: chỉ tiêu, nhiệm vụ của riêng cơ quan ấy; nhận lại bằng bdg collect.",
)
def _form(
    period: PeriodOption,
    agency: Annotated[Optional[str], typer.Argument(help="Mã cơ quan hoặc nhóm cơ quan.", metavar="CƠ_QUAN")] = None,
    everybody: Annotated[bool, typer.Option("--all", help="Mọi cơ quan có chỉ tiêu, nhiệm vụ ở kỳ ấy.")] = False,
    plan: PlanOption = None,
    repo: Repo = None,
    today: Today = None,
    out: Out = "build",
    force: Force = False,
) -> int:
    from bdg_cli.commands import form

    return form.run(agency, everybody, period, tuple(plan or ()), form.Choices(repo, today, out, force))


@app.command(
    "collect",
    cls=Command,
    short_help="Nhận lại biểu Excel đã điền.",
    help="Nhận lại biểu Excel đã điền, kế hoạch sửa bằng Excel: cho xem sẽ thêm, đổi, từ chối gì; ghi khi có --apply.",
)
def _collect(
    files: Annotated[list[str], typer.Argument(help="Các tệp .xlsx gửi về.", metavar="TỆP…")],
    repo: Repo = None,
    today: Today = None,
    period: Annotated[Optional[str], typer.Option(help="Chỉ nhận biểu của kỳ này.", metavar="KỲ")] = None,
    received: Annotated[
        Optional[str], typer.Option(help="Ngày nhận được biểu; bỏ trống là hôm nay.", metavar="NGÀY")
    ] = None,
    form: Annotated[str, typer.Option("--format", help="text hoặc json.", metavar="DẠNG")] = "text",
    apply: Annotated[bool, typer.Option("--apply", help="Ghi vào kho.")] = False,
) -> int:
    from bdg_cli.commands import collect

    return collect.run(tuple(files), collect.Choices(repo, today, period, received, apply, form))
