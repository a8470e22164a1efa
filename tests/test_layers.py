"""The direction of imports (design.md 1), held by reading every module: who may know whom, write, and be heavy."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from fnmatch import fnmatch
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

import bdg_cli

ROOT = Path(bdg_cli.__file__).parent

# The flow, first to last. A module may import from its own layer and from those above it here, and from no other.
# "" is the package itself (its version). A new module needs a line here: where it stands is a decision.
LAYERS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("words and places", ("", "findings", "dates", "workdays", "vietnamese", "layout", "screen", "emitter")),
    ("writing files, and what earlier runs found", ("edit", "cache", "acceptance")),
    ("files into nodes", ("nodes", "spelling")),
    ("changes to them, as edits", ("amend",)),
    ("the markup of texts", ("markup",)),
    ("models", ("models", "models.*")),
    ("the reader of prose", ("prose", "prose.*")),
    ("one registry, one plan", ("registry", "plan", "portion", "work", "issuing")),
    ("facts", ("facts",)),
    ("figures and verdicts", ("data", "data.*")),
    ("progress of a plan, and its days", ("progress", "agenda")),
    ("why it stands so, and what is owed", ("explain", "owed")),
    ("two versions of a plan", ("comparison",)),
    ("earlier revisions", ("history",)),
    ("from many repositories, and what a report has said", ("rollup", "freeze")),
    (
        "the document",
        (
            "documents",
            "documents.model",
            "documents.seal",
            "documents.advances",
            "documents.docx_xml",
            "documents.docx_chart",
            "documents.docx_styles",
            "documents.docx_package",
            "documents.archive",
        ),
    ),
    ("its words", ("documents.texts", "documents.frame", "documents.wording", "documents.template_check")),
    ("its tables", ("documents.task_table",)),
    (
        "its builders",
        (
            "documents.plan_document",
            "documents.report",
            "documents.changes",
            "documents.check_sheet",
            "documents.whereabouts",
            "documents.report.*",
            "documents.reminder",
            "documents.extract",
            "documents.assignment_annex",
            "documents.submission",
        ),
    ),
    ("its writers", ("documents.docx_writer", "documents.text_writer")),
    ("what became of it", ("documents.docx_looks", "documents.docx_reader", "documents.matching", "documents.compare")),
    ("workbooks that go out and come back", ("workbooks", "workbooks.*")),
    ("what a made file says of itself", ("provenance",)),
    ("reading the repository", ("load", "datafile")),
    ("checks", ("checks", "checks.*")),
    ("doing units", ("accounts", "workshop")),
    ("what came in from people", ("collecting", "collecting.*")),
    ("the run", ("validation",)),
    ("schemas of the files", ("schema",)),
    ("what outputs share", ("outputs", "outputs.lines", "outputs.for_machines")),
    ("outputs", ("outputs.*",)),
    (
        "what commands share",
        (
            "commands",
            "commands.terminal",
            "commands.period",
            "commands.selection",
            "commands.standing",
            "commands.office",
            "commands.bar",
            "commands.desk",
            "commands.included",
            "commands.bar",
        ),
    ),
    ("commands", ("commands.*",)),
    ("the command line", ("cli.app", "cli.options")),
    ("its commands", ("cli.*",)),
    ("the whole of it", ("cli",)),
    ("the entry", ("entry",)),
    ("python -m", ("__main__",)),
)

# Branches of the flow that must not know each other, although one stands above the other in the list.
APART = (
    ("checks*", "documents*"),
    ("checks*", "progress"),
    ("checks*", "explain"),
    ("load", "documents*"),
    ("load", "data*"),
    ("load", "facts"),
    ("workshop", "documents*"),
    ("accounts", "documents*"),
    ("datafile", "data*"),
    ("validation", "documents*"),
    ("outputs*", "documents*"),
    ("documents.docx_writer", "documents.plan_document"),
    ("documents.docx_writer", "documents.check_sheet"),
    ("documents.check_sheet", "plan"),
    ("documents.docx_writer", "documents.report*"),
    ("documents.docx_*", "plan"),
    ("documents.docx_*", "registry"),
    ("documents.text_writer", "plan"),
    ("data*", "facts"),
    ("data*", "edit"),
    ("workbooks*", "load"),
    ("workbooks*", "edit"),
    ("workbooks*", "checks*"),
    ("collecting*", "commands*"),
)

# Pure: between reading and writing nothing touches a file (design.md 1).
READERS = {
    "load": "the files of a repository",
    "cache": "digests of files, and its own file",
    "datafile": "the rows of data files, as they are asked for",
    "outputs.lines": "excerpts for findings",
    "documents.wording": "templates",
    "commands.office": "a document that is there already, before it is written over",
    "commands.comparing": "the Word file that somebody hands in",
    "commands.pdf": "the pages that LibreOffice made",
    "commands.desk": "workbooks that people send, and files that are there already, before they are written over",
}
WRITER = "edit"

LIGHT = {
    "", "findings", "layout", "edit", "cache", "acceptance", "validation", "outputs", "outputs.lines", "outputs.text",
    "screen", "commands", "commands.validate", "commands.terminal", "commands.selection", "commands.status",
    "outputs.standing", "entry",
}  # fmt: skip
HEAVY = {"typing", "re", "dataclasses", "pathlib", "json", "yaml", "pydantic", "hashlib", "datetime", "decimal", "enum"}


def name_of(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


@cache
def modules() -> dict[str, ast.Module]:
    return {
        name_of(path): ast.parse(path.read_text("utf-8"), str(path))
        for path in sorted(ROOT.rglob("*.py"))
        if "reference" not in path.parts and "templates" not in path.parts
    }


def layer_of(module: str) -> int | None:
    """A module named in full stands where it is named; else where a pattern covers it."""
    for index, (_, names) in enumerate(LAYERS):
        if module in names:
            return index
    for index, (_, names) in enumerate(LAYERS):
        if any("*" in name and fnmatch(module, name) for name in names):
            return index
    return None


def targets(node: ast.AST) -> Iterator[str]:
    """The bdg modules that an import statement asks for, without `bdg_cli.`."""
    if isinstance(node, ast.Import):
        for alias in node.names:
            if alias.name.split(".")[0] == "bdg_cli":
                yield alias.name.partition(".")[2]
    elif isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] == "bdg_cli":
        base = node.module.partition(".")[2]
        for alias in node.names:
            inner = f"{base}.{alias.name}".lstrip(".")
            yield inner if inner in modules() else base


def imports(module: str) -> Iterator[tuple[str, int]]:
    """Every bdg module that a module imports anywhere, inside functions too, with the line."""
    for node in ast.walk(modules()[module]):
        for target in targets(node):
            yield target, getattr(node, "lineno", 0)


def at_import(module: str) -> Iterator[ast.stmt]:
    """The statements that run when a module is imported; not functions, not what only type checkers see."""
    waiting: list[ast.stmt] = list(modules()[module].body)
    while waiting:
        statement = waiting.pop()
        if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        if isinstance(statement, ast.If) and "TYPE_CHECKING" in ast.unparse(statement.test):
            waiting += statement.orelse
            continue
        yield statement
        waiting += [child for child in ast.iter_child_nodes(statement) if isinstance(child, ast.stmt)]


def known(module: str) -> str:
    assert module in modules(), f"there is no module bdg_cli.{module} any more: take it out of tests/test_layers.py"
    return module


ALL = sorted(modules())


@pytest.mark.parametrize("module", ALL)
def test_every_module_has_its_place_in_the_flow(module: str) -> None:
    assert layer_of(module) is not None, (
        f"bdg_cli.{module} is new: give it a place in LAYERS of tests/test_layers.py, "
        "after everything it imports and before everything that imports it"
    )


@pytest.mark.parametrize("module", ALL)
def test_imports_go_along_the_flow(module: str) -> None:
    own = layer_of(module)
    assert own is not None
    wrong = []
    for target, line in imports(module):
        other = layer_of(target)
        if other is not None and other > own:
            wrong.append(f"line {line}: {module} ({LAYERS[own][0]}) imports {target} ({LAYERS[other][0]})")
    assert wrong == []


@pytest.mark.parametrize(("one", "other"), APART)
def test_branches_do_not_know_each_other(one: str, other: str) -> None:
    wrong = [
        f"{module}, line {line}: imports {target}"
        for module in ALL
        if fnmatch(module, one)
        for target, line in imports(module)
        if fnmatch(target, other)
    ]
    assert wrong == []


def test_no_two_modules_need_each_other() -> None:
    TopologicalSorter({module: {target for target, _ in imports(module)} - {module} for module in ALL}).prepare()


def test_every_layer_is_inhabited() -> None:
    missing = [
        name
        for _, names in LAYERS
        for name in names
        if not any(fnmatch(module, name) if "*" in name else module == name for module in ALL)
    ]
    assert missing == []


@pytest.mark.parametrize("module", ALL)
def test_imports_are_absolute_and_named(module: str) -> None:
    for node in ast.walk(modules()[module]):
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module}, line {node.lineno}: a relative import"
            assert [alias.name for alias in node.names] != ["*"], f"{module}, line {node.lineno}: import *"


# ------------------------------------------------------------------------------ files

WRITING = {
    "write_text", "write_bytes", "replace", "rename", "renames", "remove", "unlink", "rmdir", "mkdir", "makedirs",
    "rmtree", "copyfile", "copy2", "copytree", "move", "touch", "symlink_to", "link", "truncate", "removedirs",
    "NamedTemporaryFile", "mkstemp", "mkdtemp", "TemporaryFile", "TemporaryDirectory", "fdopen",
}  # fmt: skip
# Names that strings, dates and lists have too count only where they are asked of these.
OF_FILES = ("os", "shutil", "Path(*", "pathlib.Path(*")
SHARED_NAMES = {"replace", "remove", "copy", "move", "rename", "touch", "link", "truncate"}
READING = {"read_text", "read_bytes"}


def calls(module: str) -> Iterator[tuple[ast.Call, str, str]]:
    """Each call: the node, what is called, and what it is asked of (`os` in `os.replace()`, empty for `open()`)."""
    for node in ast.walk(modules()[module]):
        if isinstance(node, ast.Call):
            if isinstance(node.func, ast.Name):
                yield node, node.func.id, ""
            elif isinstance(node.func, ast.Attribute):
                yield node, node.func.attr, ast.unparse(node.func.value)


def mode_of(call: ast.Call, position: int) -> str:
    for keyword in call.keywords:
        if keyword.arg == "mode":
            return ast.unparse(keyword.value)
    return ast.unparse(call.args[position]) if len(call.args) > position else "'r'"


def opens(module: str) -> Iterator[tuple[int, str]]:
    """Line and mode of each place where a file is opened by `open`, `io.open` or `Path.open`."""
    for node, name, owner in calls(module):
        if name == "open" and owner not in {"os", "webbrowser", "zipfile", "gzip"}:
            yield node.lineno, mode_of(node, 1 if owner in {"", "io", "codecs"} else 0)


@pytest.mark.parametrize("module", [name for name in ALL if name != WRITER])
def test_files_are_written_in_one_module_only(module: str) -> None:
    wrong = [f"line {line}: open(…, {mode})" for line, mode in opens(module) if set(mode) & set("wax+")]
    for node, name, owner in calls(module):
        if name in WRITING and owner and (name not in SHARED_NAMES or any(fnmatch(owner, one) for one in OF_FILES)):
            wrong.append(f"line {node.lineno}: {owner}.{name}(…)")
    assert wrong == [], f"bdg_cli.{module} writes; only bdg_cli.{WRITER} may"


@pytest.mark.parametrize("module", ALL)
def test_files_are_read_in_few_modules_only(module: str) -> None:
    wrong = [f"line {line}: open(…)" for line, mode in opens(module) if not set(mode) & set("wax+")]
    wrong += [f"line {node.lineno}: {owner}.{name}()" for node, name, owner in calls(module) if name in READING]
    assert wrong == [] or module in READERS, f"bdg_cli.{module} reads files: {wrong}"


def test_the_listed_readers_exist() -> None:
    for module in READERS:
        known(module)


def test_the_writer_writes() -> None:
    """The test above would pass on a package where its own eyes are shut."""
    assert sorted(mode for _, mode in opens(known(WRITER))) == ["'a'", "'xb'"]
    assert ("os", "replace") in {(owner, name) for _, name, owner in calls(WRITER)}


# ------------------------------------------------------------------------------ light


@pytest.mark.parametrize("module", sorted(LIGHT))
def test_light_modules_stay_light(module: str) -> None:
    wrong = []
    for statement in at_import(known(module)):
        names: list[str] = []
        if isinstance(statement, ast.Import):
            names = [alias.name.split(".")[0] for alias in statement.names]
        elif isinstance(statement, ast.ImportFrom) and statement.module:
            names = [statement.module.split(".")[0]]
        wrong += [f"line {statement.lineno}: {name}" for name in names if name in HEAVY]
        wrong += [f"line {statement.lineno}: {target}" for target in targets(statement) if target not in LIGHT]
    assert wrong == [], f"bdg_cli.{module} stands on the path that answers from the cache"


@pytest.mark.parametrize("module", sorted(LIGHT - {"outputs", "commands"}))
def test_light_modules_do_not_evaluate_annotations(module: str) -> None:
    """Their types are imported for type checkers only, so annotations must stay text."""
    tree = modules()[known(module)]
    annotated = any(isinstance(node, ast.FunctionDef | ast.AnnAssign) for node in ast.walk(tree))
    future = any(isinstance(node, ast.ImportFrom) and node.module == "__future__" for node in tree.body)
    assert future or not annotated


def test_libraries_of_one_job_stay_in_their_room() -> None:
    """YAML is parsed in one module, Jinja serves templates alone, Word's package is opened by documents."""
    rooms = {
        "yaml": ("nodes",),
        "jinja2": ("documents.wording", "documents.template_check"),
        "docx": ("documents.docx_*", "importer*"),
        "typer": ("cli", "cli.*"),
        "csv": ("data.table", "data.ledger", "commands.*", "outputs.*"),
        "openpyxl": ("workbooks.reader", "workbooks.writer"),
    }
    wrong = []
    for module in ALL:
        for node in ast.walk(modules()[module]):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module] if isinstance(node, ast.ImportFrom) and node.module else []
            for library in {name.split(".")[0] for name in names} & rooms.keys():
                if not any(fnmatch(module, room) for room in rooms[library]):
                    wrong.append(f"{module} imports {library}")
    assert wrong == []
