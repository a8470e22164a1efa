"""Commands about targets and figures: status."""

from __future__ import annotations

from typing import Annotated, Optional

import typer

from bdg_cli.cli.app import Command, app
from bdg_cli.cli.options import NoCache, PlanOption, Repo, Today


@app.command(
    "status",
    cls=Command,
    short_help="Chỉ tiêu đến đâu, ai còn nợ báo cáo.",
    help="Chỉ tiêu, cơ quan chịu trách nhiệm, kết quả, đánh giá; ai còn nợ báo cáo.",
)
def _status(
    plan: PlanOption = None,
    period: Annotated[Optional[str], typer.Option(help="Kỳ; bỏ trống là kỳ mới nhất có số liệu.", metavar="KỲ")] = None,
    repo: Repo = None,
    today: Today = None,
    form: Annotated[str, typer.Option("--format", help="text hoặc json.", metavar="DẠNG")] = "text",
    no_cache: NoCache = False,
) -> int:
    from bdg_cli.commands import status
    from bdg_cli.commands.office import Choices

    return status.run(tuple(plan or ()), period, Choices(repo, today, "build", "docx", False, not no_cache), form)
