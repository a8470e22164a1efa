"""Commands that make Word documents: render-plan, report, remind."""

from __future__ import annotations

from typing import Annotated, Optional

import typer

from bdg_cli.cli.app import Command, app
from bdg_cli.cli.options import DocumentFormat, Force, NoCache, Out, PlanOption, Plans, Repo, Today


@app.command(
    "render-plan",
    cls=Command,
    short_help="Lập văn bản Word của kế hoạch.",
    help="Lập văn bản Word của kế hoạch, theo thể thức Nghị định 30/2020/NĐ-CP; hoặc bản trích, phụ lục, tờ trình.",
)
def _render_plan(
    plans: Plans = None,
    agency: Annotated[
        Optional[str],
        typer.Option(help="Bản trích cho một cơ quan; với --submission: cơ quan trình.", metavar="CƠ_QUAN"),
    ] = None,
    annex: Annotated[bool, typer.Option("--annex", help="Phụ lục phân công thực hiện, sáu cột.")] = False,
    submission: Annotated[bool, typer.Option("--submission", help="Tờ trình ban hành kế hoạch.")] = False,
    as_pdf: Annotated[bool, typer.Option("--pdf", help="Thêm tệp PDF bên cạnh, nhờ LibreOffice.")] = False,
    repo: Repo = None,
    today: Today = None,
    out: Out = "build",
    form: DocumentFormat = "docx",
    force: Force = False,
    no_cache: NoCache = False,
) -> int:
    from bdg_cli.commands import render
    from bdg_cli.commands.office import Choices

    kind = render.kind_of(agency, annex=annex, submission=submission)
    choices = Choices(repo, today, out, form, force, not no_cache)
    return render.run(tuple(plans or ()), kind, agency or "", choices, as_pdf=as_pdf)


@app.command(
    "report",
    cls=Command,
    short_help="Lập báo cáo định kỳ.",
    help="Lập báo cáo định kỳ kèm phụ lục kết quả theo chỉ tiêu.",
)
def _report(
    period: Annotated[str, typer.Option(help="Kỳ báo cáo: 2024H1, 2024, 2024-9M, 2024Q3 …", metavar="KỲ")],
    plan: PlanOption = None,
    repo: Repo = None,
    today: Today = None,
    out: Out = "build",
    form: DocumentFormat = "docx",
    force: Force = False,
    freeze: Annotated[
        bool,
        typer.Option("--freeze", help="Khóa số liệu của báo cáo đã có số, ngày; khóa lại số khác thì thêm --force."),
    ] = False,
    include: Annotated[
        Optional[list[str]],
        typer.Option(help="Kho của đơn vị trực thuộc, để cộng số liệu (dùng nhiều lần được).", metavar="THƯ_MỤC"),
    ] = None,
    no_cache: NoCache = False,
) -> int:
    from bdg_cli.commands import report
    from bdg_cli.commands.office import Choices

    choices = Choices(repo, today, out, form, force, not no_cache)
    return report.run(tuple(plan or ()), period, choices, freeze=freeze, include=tuple(include or ()))


@app.command(
    "remind",
    cls=Command,
    short_help="Lập công văn đôn đốc báo cáo.",
    help="Lập công văn đôn đốc các cơ quan chưa gửi báo cáo của kỳ, mỗi kế hoạch một công văn.",
)
def _remind(
    period: Annotated[str, typer.Option(help="Kỳ báo cáo: 2024H1, 2024, 2024-9M, 2024Q3 …", metavar="KỲ")],
    plan: PlanOption = None,
    repo: Repo = None,
    today: Today = None,
    out: Out = "build",
    form: DocumentFormat = "docx",
    force: Force = False,
    no_cache: NoCache = False,
) -> int:
    from bdg_cli.commands import remind
    from bdg_cli.commands.office import Choices

    return remind.run(tuple(plan or ()), period, Choices(repo, today, out, form, force, not no_cache))
