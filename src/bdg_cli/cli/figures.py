"""Commands about targets and figures: status, why."""

from __future__ import annotations

from typing import Annotated, Optional

import typer

from bdg_cli.cli.app import Command, app
from bdg_cli.cli.options import NoCache, PlanOption, Repo, Today

_Period = Annotated[Optional[str], typer.Option(help="Kỳ; bỏ trống là kỳ mới nhất có số liệu.", metavar="KỲ")]


@app.command(
    "status",
    cls=Command,
    short_help="Chỉ tiêu đến đâu, ai còn nợ báo cáo.",
    help="Chỉ tiêu, cơ quan chịu trách nhiệm, kết quả, đánh giá, xu hướng; ai phải gửi báo cáo đến ngày nào. "
    "--agency MÃ kê mọi thứ một cơ quan được giao trong các kế hoạch.",
)
def _status(
    plan: PlanOption = None,
    period: _Period = None,
    agency: Annotated[
        Optional[str], typer.Option(help="Chỉ cơ quan này: chỉ tiêu, nhiệm vụ, báo cáo của nó.", metavar="MÃ")
    ] = None,
    verdict: Annotated[
        Optional[list[str]],
        typer.Option(help="Chỉ đánh giá này: missed hay “chưa đạt” (dùng nhiều lần được).", metavar="ĐÁNH_GIÁ"),
    ] = None,
    repo: Repo = None,
    today: Today = None,
    form: Annotated[str, typer.Option("--format", help="text, json hoặc csv.", metavar="DẠNG")] = "text",
    no_cache: NoCache = False,
) -> int:
    from bdg_cli.commands import status

    question = status.Question(tuple(plan or ()), period, agency, tuple(verdict or ()))
    return status.run(question, form, repo=repo, today=today, use_cache=not no_cache)


@app.command(
    "why",
    cls=Command,
    short_help="Vì sao một chỉ tiêu được đánh giá như vậy.",
    help="Phép tính của một đánh giá: từng con số với tệp và dòng, quy tắc so sánh, cách làm tròn, "
    "số bị bỏ qua và lý do.",
)
def _why(
    plan: Annotated[str, typer.Argument(help="Mã kế hoạch.", metavar="KẾ_HOẠCH")],
    target: Annotated[str, typer.Argument(help="Chỉ tiêu (2.1) hoặc số đo (3.2a).", metavar="CHỈ_TIÊU")],
    period: _Period = None,
    repo: Repo = None,
    today: Today = None,
    form: Annotated[str, typer.Option("--format", help="text hoặc json.", metavar="DẠNG")] = "text",
    no_cache: NoCache = False,
) -> int:
    from bdg_cli.commands import why

    return why.run(plan, target, period, form, repo=repo, today=today, use_cache=not no_cache)
