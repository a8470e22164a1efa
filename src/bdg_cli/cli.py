"""The commands as typer reads them: options, Vietnamese help, and Vietnamese words for wrong use."""

from __future__ import annotations

from typing import Annotated, Any, Optional

import typer
from typer.core import TyperCommand, TyperGroup

from bdg_cli import __version__
from bdg_cli.layout import WrongUse

_HELP_WORDS = (
    ("Usage:", "Cách dùng:"),
    ("Options:", "Tùy chọn:"),
    ("Arguments:", "Tham số:"),
    ("Commands:", "Lệnh:"),
    ("[OPTIONS]", "[TÙY_CHỌN]"),
    ("COMMAND [ARGS]...", "LỆNH [THAM_SỐ]..."),
    ("Show this message and exit.", "Hiện trợ giúp này."),
    ("[required]", "[bắt buộc]"),
    ("[default: ", "[mặc định: "),
    ("<list[str]>", ""),
)


def _in_vietnamese(text: str) -> str:
    for english, vietnamese in _HELP_WORDS:
        text = text.replace(english, vietnamese)
    return text


class _Command(TyperCommand):
    """A command whose help is Vietnamese throughout."""

    def get_help(self, ctx: Any) -> str:
        """The help text."""
        return _in_vietnamese(super().get_help(ctx))


class _Group(TyperGroup):
    """The group of commands, its help Vietnamese throughout."""

    def get_help(self, ctx: Any) -> str:
        """The help text."""
        return _in_vietnamese(super().get_help(ctx))


app = typer.Typer(
    cls=_Group,
    name="bdg",
    help="Kế hoạch bình đẳng giới dạng YAML: kiểm tra, lập văn bản Word, báo cáo.",
    rich_markup_mode=None,
    add_completion=False,
    pretty_exceptions_enable=False,
    no_args_is_help=True,
    context_settings={"help_option_names": ["--help", "-h"]},
)

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


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"bdg {__version__}")
        raise typer.Exit


@app.callback()
def _bdg(
    version: Annotated[
        bool, typer.Option("--version", help="Hiện phiên bản.", callback=_version, is_eager=True)
    ] = False,
) -> None:
    """Take the options before any command."""


@app.command(
    "validate",
    cls=_Command,
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
        statistics=statistics,
        output=output,
    )


@app.command(
    "accept",
    cls=_Command,
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
    apply: Annotated[bool, typer.Option("--apply", help="Ghi vào baseline.yaml.")] = False,
) -> int:
    from bdg_cli.commands import accept

    terms = accept.Terms(reason, owner, until)
    return accept.run(select, tuple(paths or ()), terms, repo=repo, today=today, write=apply)


@app.command(
    "explain",
    cls=_Command,
    short_help="Giải thích một mã kiểm tra.",
    help="Giải thích một mã kiểm tra: vì sao, ví dụ sai và đúng, cách xử lý.",
)
def _explain(code: Annotated[str, typer.Argument(help="Mã, như CC101.", metavar="MÃ")]) -> int:
    from bdg_cli.commands import explain

    return explain.explain(code)


@app.command("checks", cls=_Command, short_help="Danh sách mã kiểm tra.", help="Danh sách mã kiểm tra.")
def _checks() -> int:
    from bdg_cli.commands import explain

    return explain.list_checks()


@app.command(
    "render-plan",
    cls=_Command,
    short_help="Lập văn bản Word của kế hoạch.",
    help="Lập văn bản Word của kế hoạch, theo thể thức Nghị định 30/2020/NĐ-CP.",
)
def _render_plan(
    plans: Plans = None,
    repo: Repo = None,
    today: Today = None,
    out: Out = "build",
    form: DocumentFormat = "docx",
    force: Force = False,
    no_cache: NoCache = False,
) -> int:
    from bdg_cli.commands import render
    from bdg_cli.commands.office import Choices

    return render.run(tuple(plans or ()), Choices(repo, today, out, form, force, not no_cache))


@app.command(
    "report",
    cls=_Command,
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


@app.command(
    "status",
    cls=_Command,
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


@app.command(
    "schema",
    cls=_Command,
    short_help="Lược đồ JSON cho trình soạn thảo.",
    help="Lược đồ JSON của các loại tệp, để trình soạn thảo gợi ý và báo lỗi khi gõ.",
)
def _schema(
    name: Annotated[
        Optional[str], typer.Argument(help="Một loại tệp (plan, targets …); bỏ trống là tất cả.", metavar="LOẠI")
    ] = None,
    out: Annotated[
        Optional[str], typer.Option("--output", "-o", help="Tệp, hoặc thư mục khi ghi tất cả.", metavar="NƠI_GHI")
    ] = None,
) -> int:
    from bdg_cli.commands import schema

    return schema.run(name, out)


@app.command(
    "init",
    cls=_Command,
    short_help="Tạo một kho mới.",
    help="Tạo một kho mới: sổ cơ quan của địa bàn, một kế hoạch đầu tiên, hướng dẫn.",
)
def _init(
    folder: Annotated[str, typer.Argument(help="Thư mục mới (hoặc đang trống).", metavar="THƯ_MỤC")],
    yes: Annotated[bool, typer.Option("--yes", help="Không hỏi gì, dùng giá trị mặc định cho điều chưa nói.")] = False,
    area: Annotated[Optional[str], typer.Option(help="Mã địa bàn cấp tỉnh, như vinh-long.", metavar="ĐỊA_BÀN")] = None,
    commune: Annotated[
        Optional[str], typer.Option(help="Tên xã, phường, nếu là kho của cấp xã: “xã An Bình”.", metavar="TÊN")
    ] = None,
    office: Annotated[Optional[str], typer.Option(help="Loại cơ quan thường trực: so-noi-vu …", metavar="LOẠI")] = None,
    period: Annotated[
        Optional[str], typer.Option(help="Kỳ của kế hoạch đầu tiên: 2026, 2026-2030.", metavar="KỲ")
    ] = None,
    today: Today = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Chỉ liệt kê các tệp sẽ ghi.")] = False,
) -> int:
    from bdg_cli.commands import init

    return init.run(folder, init.Answers(area, commune, office, period), ask=not yes, today=today, dry_run=dry_run)


def run(arguments: list[str]) -> int:
    """Run one command; the exit code. Wrong use raises WrongUse with a Vietnamese sentence.

    Invoked without typer's own `main`, which would turn Ctrl-C and a closed pipe into exit codes of its own.
    """
    command = typer.main.get_command(app)
    try:
        with command.make_context("bdg", _options_last(arguments)) as context:
            code = command.invoke(context)
    except Exception as fault:
        kind = type(fault).__name__
        if kind == "Exit":  # --help and --version end so
            return int(getattr(fault, "exit_code", 0))
        if kind == "NoArgsIsHelpError":
            typer.echo(_in_vietnamese(str(getattr(fault, "message", ""))))
            return 2
        if kind == "Abort":
            raise KeyboardInterrupt from None
        sentence = _wrong_use(fault)
        if sentence is None:
            raise
        raise WrongUse(sentence) from None
    return code if isinstance(code, int) else 0


def _options_last(arguments: list[str]) -> list[str]:
    """`bdg --repo X validate` is `bdg validate --repo X`: the options of all commands may stand before the command."""
    moved: list[str] = []
    rest = list(arguments)
    while len(rest) > 1 and rest[0] in {"--repo", "--today"}:
        moved += rest[:2]
        rest = rest[2:]
    return [*rest, *moved]


def _wrong_use(fault: Exception) -> str | None:
    """What typer's parser complains of, in Vietnamese. By name: typer carries its own copy of click, or uses click."""
    names = {kind.__name__ for kind in type(fault).__mro__}
    if "UsageError" not in names:
        return None
    see = "; xem bdg --help"
    if "NoSuchOption" in names:
        near = (getattr(fault, "possibilities", None) or [None])[0]
        return f"không có tùy chọn {getattr(fault, 'option_name', '')}" + (f"; có phải {near}?" if near else see)
    if "MissingParameter" in names:
        parameter: Any = getattr(fault, "param", None)
        name = max(parameter.opts, key=len) if parameter is not None and parameter.param_type_name == "option" else (
            getattr(parameter, "metavar", None) or getattr(parameter, "name", "")
        )  # fmt: skip
        return f"thiếu {name}{see}"
    if "BadOptionUsage" in names:
        return f"tùy chọn {getattr(fault, 'option_name', '')} dùng không đúng: cần một giá trị đi sau"
    message = str(getattr(fault, "message", ""))
    if message.startswith("No such command"):
        return f"không có lệnh {message.split(chr(39))[1]}{see}"
    if "unexpected extra argument" in message:
        return f"thừa tham số {message[message.find('(') + 1 : message.rfind(')')]}{see}"
    return f"không hiểu lệnh “{message}”{see}" if not message.isascii() else f"lệnh viết chưa đúng{see}"
