"""Commands that exchange files with people: form, collect, export, calendar."""

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
    files: Annotated[list[str], typer.Argument(help="Các tệp .xlsx gửi về.", metavar="TỆP")],
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


@app.command(
    "export",
    cls=Command,
    short_help="Chỉ tiêu, kết quả ra CSV, Excel.",
    help="Chỉ tiêu, kết quả ra CSV, Excel. Một kế hoạch ra Excel thì sửa được: nhận lại bằng bdg collect.",
)
def _export(
    plan: PlanOption = None,
    period: Annotated[
        Optional[list[str]], typer.Option(help="Kỳ của kết quả; bỏ trống là mọi kỳ có số liệu.", metavar="KỲ")
    ] = None,
    what: Annotated[
        Optional[str],
        typer.Option(help="targets hoặc results; bỏ trống: CSV là targets, Excel là cả hai.", metavar="BẢNG"),
    ] = None,
    form: Annotated[str, typer.Option("--format", help="csv hoặc xlsx.", metavar="DẠNG")] = "csv",
    repo: Repo = None,
    today: Today = None,
    out: Annotated[Optional[str], typer.Option("--output", "-o", help="Tệp ghi ra.", metavar="TỆP")] = None,
    force: Force = False,
) -> int:
    from bdg_cli.commands import export

    choices = export.Choices(repo, today, what, form, out, force)
    return export.run(tuple(plan or ()), tuple(period or ()), choices)


@app.command(
    "calendar",
    cls=Command,
    short_help="Lịch hạn báo cáo, nhiệm vụ, sự kiện.",
    help="Lịch hạn báo cáo (ngày làm việc cuối cùng), hạn nhiệm vụ, sự kiện, năm đạt chỉ tiêu: .ics hoặc Excel.",
)
def _calendar(
    plan: PlanOption = None,
    agency: Annotated[Optional[str], typer.Option(help="Chỉ việc của cơ quan này.", metavar="CƠ_QUAN")] = None,
    form: Annotated[str, typer.Option("--format", help="ics hoặc xlsx.", metavar="DẠNG")] = "ics",
    repo: Repo = None,
    today: Today = None,
    out: Annotated[
        Optional[str], typer.Option("--output", "-o", help="Tệp ghi ra; bỏ trống là build/lich.ics.", metavar="TỆP")
    ] = None,
    force: Force = False,
) -> int:
    from bdg_cli.commands import calendar

    return calendar.run(tuple(plan or ()), agency, calendar.Choices(repo, today, form, out, force))
