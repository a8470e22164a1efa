"""Commands that make Word documents: render-plan, report."""

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
    no_cache: NoCache = False,
) -> int:
    from bdg_cli.commands import report
    from bdg_cli.commands.office import Choices

    return report.run(tuple(plan or ()), period, Choices(repo, today, out, form, force, not no_cache))
