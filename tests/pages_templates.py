"""docs/templates.md: how an office changes wording, looks and settings, with every sentence and name there is."""

from __future__ import annotations

import re
from pathlib import Path

from bdg_cli.documents import template_check
from bdg_cli.models.settings import SettingsFile

SHIPPED = Path(__file__).parents[1] / "templates" / "settings.yaml"
_DEFAULT = re.compile(r"^# (?P<key>[a-z_]+): (?P<value>\{.*?\}|\S+)", re.MULTILINE)

_INTRODUCTION = """\
# Lời văn và kiểu trình bày

<!-- Sinh từ mã nguồn bằng `python tasks.py docs`; không sửa tay. -->

Mọi văn bản bdg lập ra đều từ ba thứ, nằm ở `templates/` của bdg. Muốn đổi thì chép vào kho rồi sửa bản chép:

```sh
bdg templates export plans    # chép vào plans/templates/; tệp đã có thì giữ nguyên, --force mới chép đè
```

- `*.md.j2`: lời văn. Tệp nào của kho có thì thay tệp cùng tên của bdg; chỉ cần giữ những tệp có sửa.
- `style.docx`: kiểu trình bày. Mở bằng Word, sửa kiểu (Home, Styles): “VB Thân bài”, “VB Căn cứ”, “heading 1” …; khổ
  giấy, lề, số trang cũng lấy ở đó. Giữ tên các kiểu.
- `settings.yaml`: những điều Nghị định 30/2020/NĐ-CP để cơ quan tự chọn. Dòng nào bỏ dấu `#` thì thay điều ấy của
  `style.docx`; dòng còn dấu `#` thì theo `style.docx`.

Tệp trong `templates/` của kho được tính vào dấu của đầu vào (`bdg-inputs`) ghi trong văn bản.

## settings.yaml

| khóa | nghĩa | bdg đang làm |
|---|---|---|
"""

_WORDING = """
## Lời văn

Mẫu viết theo Jinja2: `{{ tên }}` in ra một giá trị, `{% if … %}`, `{% for … %}` chọn và lặp. Giá trị in ra nguyên như
đã ghi: dấu `*`, `-`, `#`, `{{` trong giá trị chỉ là chữ. Đánh dấu của chính mẫu thì có nghĩa: đoạn cách nhau một dòng
trống, `- ` là ý gạch đầu dòng, `# ` đến `### ` là đề mục I., 1., a) do bdg đánh số, `**đậm**`, `*nghiêng*`.

Tệp `words.md.j2` gồm các câu ngắn, bdg gọi từng câu theo tên: `{% elif say == "filed" -%}`. Trước khi lập văn bản, bdg
đọc hết mẫu của kho: dùng tên không có, thiếu câu, sai cú pháp thì dừng, chỉ rõ tệp và dòng; tên không in ra, câu không
ai gọi thì nhắc.

| mẫu | câu | các tên dùng được |
|---|---|---|
"""


def manual() -> str:
    """The whole page."""
    return f"{_INTRODUCTION}{''.join(_settings())}{_WORDING}{''.join(_sentences())}"


def _settings() -> list[str]:
    shown = {match["key"]: match["value"] for match in _DEFAULT.finditer(SHIPPED.read_text("utf-8"))}
    return [f"| `{key}` | {SettingsFile.term(key)} | `{value}` |\n" for key, value in shown.items()]


def _sentences() -> list[str]:
    rows = []
    for name in template_check.shipped():
        for choice, sentence in template_check.sentences(None, name).items():
            names = ", ".join(f"`{one}`" for one in sorted(sentence.names))
            rows.append(f"| `{name}` | {f'`{choice}`' if choice else 'cả mẫu'} | {names} |\n")
    return rows
