"""Commands that check: validate, fix, accept, check-docx, explain, checks, diff."""

from __future__ import annotations

from typing import Annotated, Optional

import typer

from bdg_cli.cli.app import Command, app
from bdg_cli.cli.options import Force, NoCache, Out, PlanOption, Repo, Since, Today


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
    output: Annotated[
        Optional[str],
        typer.Option("--output", "-o", help="Ghi vào tệp; với --docx là thư mục (mặc định build).", metavar="TỆP"),
    ] = None,
    docx: Annotated[
        Optional[str],
        typer.Option(help="Phiếu kiểm tra của một kế hoạch, một hai trang Word cho người ký.", metavar="KẾ_HOẠCH"),
    ] = None,
    force: Force = False,
) -> int:
    if docx is not None:
        return _check_sheet(
            docx, form, [*(paths or ()), select, ignore, limit, statistics, no_baseline],
            repo=repo, today=today, output=output, force=force, no_cache=no_cache, fail_on=fail_on,
        )  # fmt: skip
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


def _check_sheet(
    plan: str, form: str, others: list[object], *, repo: str | None, today: str | None, output: str | None,
    force: bool, no_cache: bool, fail_on: str,
) -> int:  # fmt: skip
    from bdg_cli.commands import check_sheet
    from bdg_cli.commands.office import Choices
    from bdg_cli.commands.validate import known_level
    from bdg_cli.layout import WrongUse

    if form != "text" or any(other not in (None, False) for other in others):
        raise WrongUse("--docx in cả phiếu của một kế hoạch; chỉ đi với --repo, --today, -o, --force, --fail-on")
    choices = Choices(repo, today, output or "build", "docx", force, not no_cache)
    return check_sheet.run(plan, choices, known_level(fail_on))


@app.command(
    "fix",
    cls=Command,
    short_help="Sửa những lỗi sửa tự động được.",
    help="Những lỗi sửa tự động được, dưới dạng bản so sánh; ghi khi có --apply. Văn bản đã ban hành, tệp có lỗi YAML "
    "không bao giờ bị sửa. Mã thoát 1: còn chỗ sửa được mà chưa ghi.",
)
def _fix(
    paths: Annotated[
        Optional[list[str]], typer.Argument(help="Kế hoạch hoặc tệp; bỏ trống là cả kho.", metavar="ĐƯỜNG_DẪN")
    ] = None,
    select: Annotated[Optional[str], typer.Option(help="Chỉ các mã này, như TP008,SL101.", metavar="MÃ")] = None,
    repo: Repo = None,
    today: Today = None,
    apply: Annotated[bool, typer.Option("--apply", help="Ghi vào các tệp.")] = False,
) -> int:
    from bdg_cli.commands import fix

    return fix.run(select, tuple(paths or ()), repo=repo, today=today, write=apply)


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
    from bdg_cli.findings import Terms

    terms = Terms(reason, owner, until)
    return accept.run(select, tuple(paths or ()), terms, repo=repo, today=today, since=since, write=apply)


@app.command(
    "check-docx",
    cls=Command,
    short_help="Tệp Word còn đúng như kho không.",
    help="So một tệp Word bdg đã lập với kho: ai sửa gì trong Word, kho đã đổi gì, mỗi chỗ kèm nơi nó đến từ YAML.",
)
def _check_docx(
    file: Annotated[str, typer.Argument(help="Tệp .docx bdg đã lập.", metavar="TỆP")],
    repo: Repo = None,
    today: Today = None,
    form: Annotated[str, typer.Option("--format", help="text hoặc json.", metavar="DẠNG")] = "text",
    no_cache: NoCache = False,
) -> int:
    from bdg_cli.commands import check_docx
    from bdg_cli.commands.office import Choices

    return check_docx.run(file, Choices(repo, today, "build", "docx", False, not no_cache), form)


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
