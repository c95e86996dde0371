"""Rooms, floors and arrows of the package: ``python tests/benchmarks/rooms.py``.

A room is a folder of the package or a module loose at its top. An arrow leads from a room to one
that it imports from, wherever in a module the import stands. A room's floor is one above the
highest that it imports from.
"""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import readaloud

ROOT = Path(readaloud.__file__).parent


def room_of(name: str) -> str:
    """The room that a dotted name below the package lies in."""
    first = name.split(".")[1] if "." in name else ""
    known = (ROOT / first).is_dir() or (ROOT / f"{first}.py").is_file()
    return first if first and known else "__init__"


def imported(tree: ast.AST) -> Iterator[str]:
    """Dotted names of ours that a module imports."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            if node.module == "readaloud":
                yield from (f"readaloud.{alias.name}" for alias in node.names)
            elif node.module.startswith("readaloud."):
                yield node.module
        elif isinstance(node, ast.Import):
            yield from (a.name for a in node.names if a.name.split(".")[0] == "readaloud")


def arrows() -> dict[str, set[str]]:
    """Room -> the rooms that it imports from."""
    found: dict[str, set[str]] = defaultdict(set)
    for path in sorted(ROOT.rglob("*.py")):
        parts = path.relative_to(ROOT).parts
        room = parts[0] if len(parts) > 1 else path.stem
        names = imported(ast.parse(path.read_text("utf-8")))
        found[room] |= {room_of(name) for name in names} - {room}
    return found


def floors(graph: dict[str, set[str]]) -> dict[str, int]:
    """Room -> floor, from 1; a room that is part of a circle is left out."""
    placed: dict[str, int] = {}
    while ready := [r for r in graph if r not in placed and graph[r] <= placed.keys()]:
        placed |= {r: 1 + max((placed[below] for below in graph[r]), default=0) for r in ready}
    return placed


def main() -> None:
    """Print the figures, then the floors from the top."""
    graph = arrows()
    for below in set().union(*graph.values()) - graph.keys():
        graph[below] = set()
    placed = floors(graph)
    loose = [room for room in graph if (ROOT / f"{room}.py").is_file()]
    print(
        f"rooms {len(graph)}, loose modules {len(loose)}, floors {max(placed.values())}, ", end=""
    )
    circles = sorted(graph.keys() - placed.keys())
    print(f"arrows {sum(map(len, graph.values()))}, rooms in or above a circle {len(circles)}")
    for floor in range(max(placed.values()), 0, -1):
        for room in sorted(r for r, f in placed.items() if f == floor):
            print(f"{floor}  {room}: {', '.join(sorted(graph[room]))}")


if __name__ == "__main__":
    main()
