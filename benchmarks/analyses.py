"""Goal 7: analyses over millions of records against GROUP BY of the whole table without an index."""

from collections.abc import Iterator
from datetime import date

from benchmarks.measure import Row, speedup
from crm_desktop.controllers import Office
from crm_desktop.controllers.analyses.answering import Answering, Question
from crm_desktop.controllers.analyses.groups import folded, groups
from crm_desktop.models import ENTITIES
from crm_desktop.models.analysis import ANALYSES
from crm_desktop.models.periods import Span

WHERE = " FROM {table} t NOT INDEXED WHERE t.deleted_at IS NULL AND t.date BETWEEN ? AND ?"
BY_FIELD = "SELECT {field}, t.satisfaction, count(*)" + WHERE + " GROUP BY 1, 2"
TOP = "SELECT t.customer, count(*)" + WHERE + " GROUP BY 1 ORDER BY 2 DESC LIMIT 10"
LENGTHS = (
    "SELECT t.type, CAST(julianday(substr(t.handled_at, 1, 10)) - julianday(t.date) AS INTEGER), count(*)"
    + WHERE + " AND t.handled_at IS NOT NULL GROUP BY 1, 2"
)  # fmt: skip
FIELDS = {
    "month": "substr(t.date, 1, 7)", "type": "t.type", "handler": "t.handler",
    "region": "(SELECT c.region FROM customers c WHERE c.id = t.customer)",
    "level": "(SELECT c.level FROM customers c WHERE c.id = t.customer)",
}  # fmt: skip
ROUNDS = 3


def analyses(office: Office, key: str = "feedback_satisfaction") -> Iterator[Row]:
    """The figures alone over everything, then whole answers (with top customers and handling time) over a year."""
    analysis = ANALYSES[key]
    first, last = office.db.query(f"SELECT min(date), max(date) FROM {analysis.entity}")[0]
    count = office.db.value(f"SELECT count(*) FROM {analysis.entity}")
    everything, year = (first, last), (f"{last[:4]}-01-01", last)

    def figures(group_by: str) -> None:
        made = groups(office.db, ENTITIES[analysis.entity], analysis.dimension(group_by), span(everything))
        question = Question(analysis, analysis.dimension(group_by), span(everything), ())
        answering = Answering(office.context)
        chosen = answering.select(question.entity, question.conditions)
        folded(answering.counts(chosen, [made.value, "t.satisfaction"], [made.grouping, "t.satisfaction"]), made)

    def grouped(group_by: str, days: tuple[str, str], *others: str) -> None:
        for sql in (BY_FIELD, *others):
            office.db.query(sql.format(table=analysis.entity, field=FIELDS[group_by]), days)

    yield speedup("7", f"satisfaction by month of {count:,}", lambda: figures("month"),
                  lambda: grouped("month", everything), 15, ROUNDS)  # fmt: skip
    for group_by in FIELDS:
        yield speedup("7", f"one year by {group_by}, all charts",
                      lambda by=group_by: office.analyses.run(key, *year, by).charts(),
                      lambda by=group_by: grouped(by, year, TOP, LENGTHS), 1.5, ROUNDS)  # fmt: skip


def span(days: tuple[str, str]) -> Span:
    return Span(*map(date.fromisoformat, days))
