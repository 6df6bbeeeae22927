"""A scheme's outcome as a decision diagram over a person's symbols: what still matters, and what would open it.

A node asks for one symbol and has a child for each answer, `unknown` among them; a leaf is an outcome. Equal nodes are
shared and a node whose children are all the same is left out, so what stands in the diagram is exactly what matters.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import reduce

from rules.lawbook import Version
from rules.readings import UNKNOWN, Reading
from rules.schema import Row
from rules.tables import regions

OUTCOMES = ("not_eligible", "unknown", "assess", "eligible")
_CLOSED, _NEUTRAL = -1, len(OUTCOMES)
_CHANGE = 1000
_RANK = {"unmet": 0, "unknown": 1, "assess": 2, "met": 3, "note": _NEUTRAL, "not_applicable": _NEUTRAL}

Node = int  # inner nodes count from 0; leaves are negative
Nodes = Sequence[tuple[int, tuple[Node, ...]]]  # a level and its children, which come before it; the root is last


def _leaf(rank: int) -> Node:
    return rank - 100


def _rank(leaf: Node) -> int:
    return leaf + 100


def _floor(leaf: Node) -> Node:
    """A scheme without an open route is ruled out like one whose conditions fail."""
    return max(leaf, _leaf(0))


def settle(nodes: Nodes, root: Node, known: Mapping[int, int]) -> Nodes:
    """What is left of a diagram when at these levels it is known which child to take."""
    left: dict[tuple[int, tuple[Node, ...]], Node] = {}
    done: dict[Node, Node] = {}

    def walk(node: Node) -> Node:
        if node < 0:
            return _floor(node)
        if node not in done:
            level, children = nodes[node]
            if level in known:
                done[node] = walk(children[known[level]])
            else:
                rest = tuple([walk(child) for child in children])
                same = rest.count(rest[0]) == len(rest)
                done[node] = rest[0] if same else left.setdefault((level, rest), len(left))
        return done[node]

    walk(root)
    return tuple(left)


class Diagram:
    """The outcome of one version of a scheme as a function of its readings' symbols."""

    def __init__(self, version: Version, readings: Mapping[str, Reading]) -> None:
        self.signs = version.reads
        self._level = {name: level for level, name in enumerate(self.signs)}
        self._symbols = [(*readings[name].symbols, UNKNOWN) for name in self.signs]
        self._nodes: list[tuple[int, tuple[Node, ...]]] = []
        self._unique: dict[tuple[int, tuple[Node, ...]], Node] = {}
        self._minima: dict[tuple[Node, Node], Node] = {}
        self._maxima: dict[tuple[Node, Node], Node] = {}
        self.root = self._scheme(version)

    def _node(self, level: int, children: tuple[Node, ...]) -> Node:
        if len(set(children)) == 1:
            return children[0]
        key = (level, children)
        if key not in self._unique:
            self._unique[key] = len(self._nodes)
            self._nodes.append(key)
        return self._unique[key]

    def _scheme(self, version: Version) -> Node:
        conditions = [self._table(c.rows, _RANK) for c in version.conditions]
        best = _leaf(_CLOSED)
        for route in version.routes:
            indexes = version.on_route(route.id)
            groups: dict[str, list[Node]] = {}
            for i in indexes:
                if version.conditions[i].alternative_to is not None:
                    continue
                groups.setdefault(version.conditions[i].group or f"#{i}", []).append(conditions[i])
            outcome = reduce(self._min, (reduce(self._max, members) for members in groups.values()), _leaf(_NEUTRAL))
            opening = self._table(route.rows, {"open": _NEUTRAL, "closed": _CLOSED})
            best = self._max(best, self._min(opening, outcome))
        return best

    def _table(self, rows: tuple[Row, ...], ranks: Mapping[str, int]) -> Node:
        names = dict.fromkeys(name for row in rows for name in row.tests)
        symbols = {name: frozenset(self._symbols[self._level[name]]) for name in names}
        boxes = [(region.box, ranks[rows[region.row].then]) for region in regions(rows, symbols)]
        order = sorted(self._level[name] for name in names)

        def build(depth: int, left: list[tuple[Mapping[str, frozenset[str]], int]]) -> Node:
            if depth == len(order):
                return _leaf(left[0][1])
            level = order[depth]
            name = self.signs[level]
            return self._node(
                level,
                tuple(
                    build(depth + 1, [part for part in left if name not in part[0] or symbol in part[0][name]])
                    for symbol in self._symbols[level]
                ),
            )

        return build(0, boxes)

    def _min(self, one: Node, other: Node) -> Node:
        return self._combine(min, self._minima, one, other)

    def _max(self, one: Node, other: Node) -> Node:
        return self._combine(max, self._maxima, one, other)

    def _combine(
        self, pick: Callable[[int, int], int], done: dict[tuple[Node, Node], Node], one: Node, other: Node
    ) -> Node:
        if one < 0 and other < 0:
            return _leaf(pick(_rank(one), _rank(other)))
        key = (one, other) if one <= other else (other, one)
        if key not in done:
            level = min(self._nodes[node][0] for node in key if node >= 0)
            pairs = zip(*(self._children(node, level) for node in key), strict=True)
            done[key] = self._node(level, tuple(self._combine(pick, done, a, b) for a, b in pairs))
        return done[key]

    def _children(self, node: Node, level: int) -> tuple[Node, ...]:
        if node >= 0 and self._nodes[node][0] == level:
            return self._nodes[node][1]
        return (node,) * len(self._symbols[level])

    def outcome(self, signs: Mapping[str, str]) -> str:
        """The outcome for a symbol of every reading."""
        node = self.root
        while node >= 0:
            level, children = self._nodes[node]
            node = children[self._symbols[level].index(signs[self.signs[level]])]
        return OUTCOMES[max(_rank(node), 0)]

    @property
    def symbols(self) -> Mapping[str, Sequence[str]]:
        """The symbols of each reading, in the order of the levels and of a node's children."""
        return dict(zip(self.signs, self._symbols, strict=True))

    def rest(self, settled: Mapping[str, str]) -> Nodes:
        """What is left of the diagram when these symbols are settled."""
        known = {self._level[name]: self._symbols[self._level[name]].index(symbol) for name, symbol in settled.items()}
        return settle(self._nodes, self.root, known)

    def matters(self, settled: Mapping[str, str]) -> frozenset[str]:
        """The readings that can still change the outcome when these symbols are settled."""
        return frozenset(self.signs[level] for level, _ in self.rest(settled))

    def openings(self, signs: Mapping[str, str]) -> Mapping[str, str] | None:
        """The smallest set of symbols to change so that the scheme is no longer ruled out.

        None when nothing would do; empty when it is not ruled out. A symbol not known yet stays unknown at no cost.
        """
        here = [symbols.index(signs[name]) for name, symbols in zip(self.signs, self._symbols, strict=True)]
        # The last symbol of each reading is `unknown`; nobody is told to become less certain.
        done: dict[tuple[Node, int], tuple[int, int] | None] = {}

        def cheapest(node: Node, changes: int) -> tuple[int, int] | None:
            """The cost of the best way from a node with at most so many changes, and the answer it takes there."""
            if node < 0:
                return (0, 0) if _rank(node) > 0 else None
            if (node, changes) not in done:
                level, children = self._nodes[node]
                stay = cheapest(children[here[level]], changes)
                ways = [] if stay is None else [(stay[0], here[level])]
                if changes:
                    for place in range(len(children) - 1):
                        way = None if place == here[level] else cheapest(children[place], changes - 1)
                        # Of changes that do as well, the one of a plain yes or no is easier to tell than one of many.
                        if way is not None:
                            ways.append((way[0] + _CHANGE + len(children), place))
                done[node, changes] = min(ways, default=None)
            return done[node, changes]

        # Most people are one answer away, so few changes are tried first.
        changes = next((n for n in range(len(here) + 1) if cheapest(self.root, n) is not None), None)
        if changes is None:
            return None
        found: dict[str, str] = {}
        node = self.root
        while node >= 0:
            level, children = self._nodes[node]
            way = cheapest(node, changes)
            assert way is not None
            if way[1] != here[level]:
                found[self.signs[level]] = self._symbols[level][way[1]]
                changes -= 1
            node = children[way[1]]
        return found
