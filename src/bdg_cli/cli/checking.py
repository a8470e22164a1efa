"""Commands that check: validate, accept, explain, checks, diff."""

from __future__ import annotations

from typing import Annotated, Optional

import typer

from bdg_cli.cli.app import Command, app
from bdg_cli.cli.options import NoCache, Out, PlanOption, Repo, Since, Today


@app.command(
    "validate",
    cls=Command,
    short_help="Kiểm tra cả kho.",
    help="Kiểm tra cả kho: mọi lỗi trong một lần chạy, không ghi gì vào kho.",
)
def _validate(
    paths: Annotated[
        Optional[list[str]],
        typer.Argument(help="Mã kế hoạch hoặc tệp cần xem; bỏ trống là tất cả.", metavar="ĐƯỜNG_DẪN"),
    ] = None,
    repo: Repo = None,
    today: Today = None,
    form: Annotated[
        str, typer.Option("--format", help="text, json, sarif, github, gitlab, junit.", metavar="DẠNG")
    ] = "text",
    no_cache: NoCache = False,
    no_baseline: Annotated[bool, typer.Option("--no-baseline", help="Hiện cả những lỗi đã chấp nhận.")] = False,
    fail_on: Annotated[
        str, typer.Option("--fail-on", help="Mức làm lệnh thất bại: error, warning, info, never.", metavar="MỨC")
    ] = "error",
    select: Annotated[Optional[str], typer.Option(help="Chỉ các mã này, như CC,PC101.", metavar="MÃ")] = None,
    ignore: Annotated[Optional[str], typer.Option(help="Bỏ các mã này.", metavar="MÃ")] = None,
    limit: Annotated[Optional[int], typer.Option(help="Hiện nhiều nhất bấy nhiêu mục.", metavar="SỐ", min=0)] = None,
    since: Since = None,
    statistics: Annotated[bool, typer.Option("--statistics", help="Chỉ đếm theo mã.")] = False,
    output: Annotated[Optional[str], typer.Option("--output", "-o", help="Ghi vào tệp.", metavar="TỆP")] = None,
) -> int:
    from bdg_cli.commands import validate

    return validate.run(
        tuple(paths or ()),
        repo=repo,
        today=today,
        form=form,
        cache=not no_cache,
        baseline=not no_baseline,
        fail_on=fail_on,
        select=select,
        ignore=ignore,
        limit=limit,
        since=since,
        statistics=statistics,
        output=output,
    )


@app.command(
    "accept",
    cls=Command,
    short_help="Chấp nhận lỗi đang mở, có lý do.",
    help="Chấp nhận lỗi đang mở: soạn mục cho baseline.yaml, ghi khi có --apply.",
)
def _accept(
    reason: Annotated[str, typer.Option(help="Vì sao chấp nhận.", metavar="LÝ_DO")],
    owner: Annotated[str, typer.Option(help="Ai chấp nhận.", metavar="NGƯỜI")],
    until: Annotated[str, typer.Option(help="Đến ngày nào, hoặc permanent (văn bản đã ban hành).", metavar="NGÀY")],
    paths: Annotated[
        Optional[list[str]], typer.Argument(help="Kế hoạch hoặc tệp; bỏ trống là cả kho.", metavar="ĐƯỜNG_DẪN")
    ] = None,
    select: Annotated[Optional[str], typer.Option(help="Chỉ các mã này, như CC,PC101.", metavar="MÃ")] = None,
    repo: Repo = None,
    today: Today = None,
    since: Since = None,
    apply: Annotated[bool, typer.Option("--apply", help="Ghi vào baseline.yaml.")] = False,
) -> int:
    from bdg_cli.commands import accept

    terms = accept.Terms(reason, owner, until)
    return accept.run(select, tuple(paths or ()), terms, repo=repo, today=today, since=since, write=apply)


@app.command(
    "explain",
    cls=Command,
    short_help="Giải thích một mã kiểm tra.",
    help="Giải thích một mã kiểm tra: vì sao, ví dụ sai và đúng, cách xử lý.",
)
def _explain(code: Annotated[str, typer.Argument(help="Mã, như CC101.", metavar="MÃ")]) -> int:
    from bdg_cli.commands import explain

    return explain.explain(code)


@app.command("checks", cls=Command, short_help="Danh sách mã kiểm tra.", help="Danh sách mã kiểm tra.")
def _checks() -> int:
    from bdg_cli.commands import explain

    return explain.list_checks()


@app.command(
    "diff",
    cls=Command,
    short_help="Kế hoạch thay đổi gì giữa hai phiên bản.",
    help="Kế hoạch thay đổi gì giữa hai phiên bản git, bằng lời; văn bản đã ban hành bị giảm nhẹ ở đâu.",
)
def _diff(
    revision: Annotated[str, typer.Argument(help="Phiên bản trước: main, v1, HEAD~1 …", metavar="PHIÊN_BẢN")],
    other: Annotated[
        Optional[str], typer.Argument(help="Phiên bản sau; bỏ trống là các tệp hiện có.", metavar="PHIÊN_BẢN_SAU")
    ] = None,
    plan: PlanOption = None,
    repo: Repo = None,
    today: Today = None,
    docx: Annotated[bool, typer.Option("--docx", help="Ghi thành văn bản Word thay vì in ra.")] = False,
    out: Out = "build",
) -> int:
    from bdg_cli.commands import diff

    return diff.run(revision, other, tuple(plan or ()), repo=repo, today=today, docx=docx, out=out)
