"""Directed graphs of names: the cycles, and what lies at or below a name. No meaning of their own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping


def cycles(edges: Mapping[str, Iterable[str]]) -> list[list[str]]:
    """Every strongly connected set of names that holds a cycle, its members in alphabetical order (Tarjan 1972,
    without recursion). Edges to unknown names are passed over."""
    index: dict[str, int] = {}
    low: dict[str, int] = {}
    stack: list[str] = []
    on_stack: set[str] = set()
    found: list[list[str]] = []
    graph = {name: [t for t in targets if t in edges] for name, targets in edges.items()}
    for root in sorted(graph):
        if root in index:
            continue
        work = [(root, iter(graph[root]))]
        index[root] = low[root] = len(index)
        stack.append(root)
        on_stack.add(root)
        while work:
            name, targets = work[-1]
            for target in targets:
                if target not in index:
                    index[target] = low[target] = len(index)
                    stack.append(target)
                    on_stack.add(target)
                    work.append((target, iter(graph[target])))
                    break
                if target in on_stack:
                    low[name] = min(low[name], index[target])
            else:
                work.pop()
                if work:
                    low[work[-1][0]] = min(low[work[-1][0]], low[name])
                if low[name] == index[name]:
                    members = []
                    while True:
                        member = stack.pop()
                        on_stack.discard(member)
                        members.append(member)
                        if member == name:
                            break
                    if len(members) > 1 or name in graph[name]:
                        found.append(sorted(members))
    return sorted(found)


def reachable(edges: Mapping[str, Iterable[str]], start: str) -> frozenset[str]:
    """`start` and every name that can be reached from it."""
    seen = {start}
    todo = [start]
    while todo:
        for target in edges.get(todo.pop(), ()):
            if target not in seen:
                seen.add(target)
                todo.append(target)
    return frozenset(seen)


def at_or_below(parents: Mapping[str, Iterable[str]]) -> dict[str, frozenset[str]]:
    """For each name, itself and everything under it; `parents` maps a name to those it is directly under."""
    children: dict[str, list[str]] = {name: [] for name in parents}
    for name, above in parents.items():
        for parent in above:
            if parent in children:
                children[parent].append(name)
    return {name: reachable(children, name) for name in parents}
