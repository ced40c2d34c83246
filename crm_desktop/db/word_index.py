"""Asks the index of pairs which records have a word, and where in the order of names those of a frequent one begin."""

import re
from collections import Counter
from collections.abc import Sequence
from functools import cached_property
from math import isqrt
from typing import NamedTuple

from crm_desktop.db.connection import Connections
from crm_desktop.db.few import Ids, limited
from crm_desktop.db.search_index import DEPTHS, first_syllables, grams, head
from crm_desktop.db.statements import Clause, quote
from crm_desktop.models import Entity

PROBE_LIMIT = 2000
FEWEST_PROBED = 500
HITS_A_ROOT = 2.6
"""Of N records an ordered scan passes 50 N / n until it has a page of n hits, each for an eighth of what it costs to
look up and sort one hit: from n = 2.6 √N on the scan is quicker."""
COMMON = 5
REACH = 1000
REACH_BY_INITIALS = 300
REACH_OF_ONE = 10_000
"""So many names are looked at to see whether a scan soon has a page; initials are not in the index of the order, and
of a single character the index of pairs is asked but slowly."""
PROMISING = 8
FURTHER = 6
"""Of 100,000 names a word that is worth a scan has so many hits in the first thousand, and a page in the first six,
when it stands anywhere in the order."""
PAGE = 50
SAMPLED = 40
SAMPLE_STEP = 37
"""Hits are looked at whose id is a multiple of it, so that they are not all of one import."""
MOST_HEADS = 4
"""Beginnings are looked at that have their part of half the sampled names; without any the hits are everywhere."""

SOON = """SELECT count(*) FROM (SELECT 1 FROM (SELECT {columns} FROM {search} ORDER BY name_sort, id LIMIT {reach}) s
 WHERE {predicate} LIMIT {page})"""
SAMPLE = """SELECT s.name_sort FROM (SELECT rowid AS id FROM {index} WHERE {index} MATCH ? LIMIT {hits}) h
 CROSS JOIN {search} s ON s.id = h.id WHERE h.id % {step} = 0 LIMIT {sampled}"""


DIGITS = re.compile("[0-9]{2}")


class Beginning(NamedTuple):
    """No record with the word stands before ``name_sort`` in the order of names, but for the few of ``before``."""

    name_sort: str
    before: Ids


def common_heads(names: Sequence[str], depth: int) -> dict[str, str]:
    """How most of the names begin: the indexed word of each such beginning, and one of its names."""
    begun = {head(name, depth): name for name in names}
    seen = Counter(head(name, depth) for name in names)
    fewest = len(names) / (2 * MOST_HEADS)
    return {token: name for token, name in begun.items() if token and seen[token] >= fewest}


class WordIndex:
    """The index of an entity's names and initials."""

    def __init__(self, database: Connections, entity: Entity) -> None:
        self._database = database
        self._search = quote(f"{entity.key}_search")
        self._pairs = quote(f"{entity.key}_bigrams")

    @cached_property
    def most(self) -> int:
        """Hits that are worth reading and sorting; it depends on how many records there are."""
        records = self._database.value(f"SELECT max(id) FROM {self._search}") or 0
        return min(PROBE_LIMIT, max(FEWEST_PROBED, int(HITS_A_ROOT * isqrt(records))))

    def probe(self, match: str) -> Ids | None:
        """Ids of the records that may have what ``match`` says; None when there are too many."""
        return limited(self._database, self._matching(match), self.most)

    def match(self, word: str) -> str:
        """The word as FTS5 is asked for it; nothing for what is not indexed.

        With a rare pair the frequent ones are not asked for: going through all that have them takes longer than a
        look at those that have the rare one. A single character is the beginning of pairs.
        """
        if len(word) == 1 and word.isalnum() and not word.isascii():
            return f'"{word}" *'
        pairs = grams(word).split()
        if any(len(each) == 3 for each in pairs):  # three digits hold the pairs, of which there are but a hundred
            pairs = [each for each in pairs if len(each) == 3 or not DIGITS.fullmatch(each)]
        if len(pairs) > 1:
            pairs = self._rarest(pairs)
        return " ".join(f'"{pair}"' for pair in pairs)

    def _rarest(self, pairs: Sequence[str]) -> list[str]:
        """Those with few hits; when there are none, those that not every fifth record has, or the rarest.

        Going through what has a common pair takes long and leaves little out. It has had its hits after a few records.
        """
        reached = f"(SELECT max(rowid) FROM ({self._matching('?').sql} LIMIT 1 OFFSET {PROBE_LIMIT}))"
        after = self._database.query(f"SELECT {', '.join([reached] * len(pairs))}", [f'"{pair}"' for pair in pairs])[0]
        few = [pair for pair, record in zip(pairs, after, strict=True) if record is None]
        if few:
            return few
        worthwhile = min(COMMON * PROBE_LIMIT, max(after))
        return [pair for pair, record in zip(pairs, after, strict=True) if record >= worthwhile]

    def _matching(self, match: str) -> Clause:
        return Clause(f"SELECT rowid FROM {self._pairs} WHERE {self._pairs} MATCH ?", (match,))

    def begin(self, match: str) -> Beginning | None:
        """Where an ordered scan may begin that would else pass all the names before a place or a family name.

        None when the hits are too many and too scattered to tell.
        """
        names = self._sample(match)
        for depth in reversed(DEPTHS):
            heads = common_heads(names, depth)
            if heads:
                others = f'({match}) NOT ({" OR ".join(heads)})'
                before = limited(self._database, self._matching(others), PROBE_LIMIT)
                if before is not None:
                    return Beginning(min(" ".join(first_syllables(name, depth)) for name in heads.values()), before)
        return None

    def _sample(self, match: str) -> list[str]:
        sql = SAMPLE.format(
            index=self._pairs, search=self._search, hits=PROBE_LIMIT + 1, step=SAMPLE_STEP, sampled=SAMPLED
        )
        return [row[0] for row in self._database.query(sql, (match,))]

    def has_page_soon(self, predicate: Clause, reach: int = 0) -> bool:
        """Whether an ordered scan soon has a page of what it looks for; where there is something, further on, too."""
        by_initials = "s.initials" in predicate.sql
        reach = reach or (REACH_BY_INITIALS if by_initials else REACH)
        columns = "text, initials" if by_initials else "text"
        found = self._found(predicate, columns, reach)
        if PROMISING <= found < PAGE:
            found = self._found(predicate, columns, FURTHER * reach)
        return found == PAGE

    def _found(self, predicate: Clause, columns: str, reach: int) -> int:
        """Hits among the first names, up to a page."""
        sql = SOON.format(columns=columns, search=self._search, reach=reach, predicate=predicate.sql, page=PAGE)
        return int(self._database.value(sql, predicate.parameters))
