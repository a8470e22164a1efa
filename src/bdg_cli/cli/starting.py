"""Commands that set up: schema, init, templates."""

from __future__ import annotations

from typing import Annotated, Optional

import typer

from bdg_cli.cli.app import Command, Group, app
from bdg_cli.cli.options import Today

_templates = typer.Typer(
    cls=Group,
    help="Mẫu lời văn và kiểu trình bày của văn bản.",
    rich_markup_mode=None,
    no_args_is_help=True,
    context_settings={"help_option_names": ["--help", "-h"]},
)
app.add_typer(_templates, name="templates", short_help="Mẫu lời văn, kiểu trình bày.")


@app.command(
    "schema",
    cls=Command,
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
    cls=Command,
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


@_templates.command(
    "export",
    cls=Command,
    short_help="Chép mẫu vào một kho để sửa.",
    help="Chép mẫu lời văn, style.docx và settings.yaml vào thư mục templates/ của một kho; tệp đã có thì giữ nguyên.",
)
def _export(
    folder: Annotated[str, typer.Argument(help="Thư mục của kho.", metavar="THƯ_MỤC")] = ".",
    force: Annotated[bool, typer.Option("--force", help="Chép đè cả tệp đã có.")] = False,
) -> int:
    from bdg_cli.commands import templates

    return templates.export(folder, force=force)
