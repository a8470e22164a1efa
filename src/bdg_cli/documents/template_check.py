"""Whether an office's own templates still fit: read before anything is rendered, held against the shipped ones.

The shipped template of the same name says what bdg gives to it: each name that it uses (a test holds it to all of
them). A template of short sentences is a chain `{% if say == "…" %}`; there each sentence has names of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bdg_cli.documents.wording import called, environment, shipped_folder, shipped_names, told
from bdg_cli.layout import WrongUse
from bdg_cli.vietnamese import listed, nearest

if TYPE_CHECKING:
    from jinja2 import nodes
    from jinja2.sandbox import SandboxedEnvironment

TEMPLATE = ".md.j2"
_CHOICE = "say"
WHOLE = ""  # the one sentence of a template without a chain


@dataclass(frozen=True, slots=True)
class Sentence:
    """What one sentence of a template uses: names, and the line on which each first stands."""

    line: int
    names: dict[str, int]


def check(repository: str, paths: Iterable[str]) -> list[str]:
    """What to tell of the templates of a repository (`paths`, relative to it) that can be used as they are.

    Raises WrongUse for one that cannot: it does not parse, uses a name that nothing gives, or lacks a sentence.
    """
    own = [path.removeprefix("templates/") for path in paths if path.endswith(TEMPLATE)]
    if not own:
        return []
    room = environment(repository)
    used = {reference for name in own for reference in _drawn_in(_parsed(room, name, repository))}
    said: list[str] = []
    for name in own:
        if (shipped_folder() / name).is_file():
            said += _held(name, sentences(repository, name), sentences(None, name), repository)
        elif name not in used:
            near = nearest(name, shipped())
            hint = f"; có phải “{near}”?" if near else ""
            said.append(f"mẫu {called(name, repository)} không được dùng: bdg không có mẫu tên ấy{hint}")
    return said


def shipped() -> tuple[str, ...]:
    """The names of the shipped templates of documents."""
    return tuple(name for name in shipped_names() if name.endswith(TEMPLATE))


def sentences(repository: str | None, name: str) -> dict[str, Sentence]:
    """Each sentence of a template with the names it uses."""
    from jinja2 import nodes

    room = environment(repository)
    tree = _parsed(room, name, repository)
    chain = next((node for node in tree.body if isinstance(node, nodes.If) and _chosen(node)), None)
    if chain is None:
        return {WHOLE: _sentence(room, tree.body, 1, repository)}
    around = [node for node in tree.body if node is not chain]
    return {
        choice: _sentence(room, [*around, *branch.body], branch.lineno, repository)
        for branch in (chain, *chain.elif_)
        for choice in _chosen(branch)
    }


def _sentence(room: SandboxedEnvironment, body: list[nodes.Node], line: int, repository: str | None) -> Sentence:
    """The names that a stretch of a template asks for, with those of the templates that it draws in."""
    from jinja2 import meta, nodes

    tree = nodes.Template(body, lineno=1)
    tree.set_environment(room)
    places: dict[str, int] = {}
    for found in tree.find_all(nodes.Name):
        places.setdefault(found.name, found.lineno)
    names = {name: places.get(name, line) for name in meta.find_undeclared_variables(tree) - {_CHOICE}}
    for reference in _drawn_in(tree):
        inner = meta.find_undeclared_variables(_parsed(room, reference, repository))
        names |= dict.fromkeys(inner - {_CHOICE} - names.keys(), line)
    return Sentence(line, names)


def _drawn_in(tree: nodes.Template) -> list[str]:
    """The templates that a template draws in by name."""
    from jinja2 import meta

    return [reference for reference in meta.find_referenced_templates(tree) if reference]


def _chosen(branch: nodes.If) -> tuple[str, ...]:
    """The sentences that a branch is: `say == "a"`, or `say in ("a", "b")`."""
    from jinja2 import nodes

    test = branch.test
    if not (isinstance(test, nodes.Compare) and isinstance(test.expr, nodes.Name) and test.expr.name == _CHOICE):
        return ()
    match test.ops[0].op, test.ops[0].expr:
        case "eq", nodes.Const(value=value):
            return (str(value),)
        case "in", nodes.Tuple(items=items) | nodes.List(items=items):
            return tuple(str(item.value) for item in items if isinstance(item, nodes.Const))
    return ()


def _parsed(room: SandboxedEnvironment, name: str, repository: str | None) -> nodes.Template:
    try:
        assert room.loader is not None
        return room.parse(room.loader.get_source(room, name)[0], name)
    except Exception as error:  # whatever is wrong with an office's own template, it is not a fault of bdg
        line = getattr(error, "lineno", None)
        where = called(name, repository) + (f":{line}" if line else "")
        raise WrongUse(f"mẫu {where} có lỗi: {told(error)}") from error


def _held(name: str, own: dict[str, Sentence], given: dict[str, Sentence], repository: str) -> Iterator[str]:
    """Faults raise; what may be meant is told."""
    where = called(name, repository)
    if WHOLE in own and WHOLE not in given:  # sentences chosen in a way that cannot be followed from outside
        return
    lacking = given.keys() - own.keys()
    if lacking:
        raise WrongUse(f"mẫu {where} có lỗi: thiếu câu {listed(f'“{one}”' for one in sorted(lacking))}")
    for choice, sentence in own.items():
        if choice not in given:
            near = nearest(choice, given)
            hint = f"; có phải “{near}”?" if near else ""
            yield f"mẫu {where}:{sentence.line}: câu “{choice}” không được dùng{hint}"
            continue
        yield from _names(where, choice, sentence, given[choice])


def _names(where: str, choice: str, sentence: Sentence, given: Sentence) -> Iterator[str]:
    about = f" ở câu “{choice}”" if choice else ""
    for name, line in sentence.names.items():
        if name not in given.names:
            near = nearest(name, given.names)
            known = ", ".join(sorted(given.names)) or "không có tên nào"
            hint = f"; có phải “{near}”?" if near else f"; các tên dùng được: {known}"
            raise WrongUse(f"mẫu {where}:{line} có lỗi: dùng tên “{name}”{about} mà văn bản này không có{hint}")
    unused = sorted(given.names.keys() - sentence.names.keys())
    if unused:
        yield f"mẫu {where}:{sentence.line}: không in {listed(f'“{one}”' for one in unused)}{about}"
