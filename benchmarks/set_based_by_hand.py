"""The grading of the property developer's policy as a careful engineer writes it in SQL, for each engine."""

from __future__ import annotations

from dataclasses import dataclass

FACTS = (
    "total_purchase",
    "purchases",
    "owns_villa",
    "owns_similar",
    "attendances",
    "active_in_events",
    "influential",
    "notable",
)
OUTCOME = ("customer_grade_rule", "grade", "card")
INPUTS = (
    "total_purchase",
    "purchases",
    "owns_villa",
    "owns_similar",
    "influential",
    "leads_others",
    "notable",
    "intends",
    "active_in_events",
)


@dataclass(frozen=True)
class ByHand:
    """The select and the steps of its write-back."""

    select: str
    write_back: list[str]
    outcome: str
    """Facts, rule and outcome of every customer, with what is stored of them now (``w1`` … ``w8``, ``was_…``)."""


def by_hand(distinct: str, equal: str, parameter: str) -> ByHand:
    """``distinct`` and ``equal`` are how the engine compares nulls; ``parameter`` is the place of the bound figure."""
    graded = f"""
        SELECT f.*, CASE
            WHEN total_purchase >= 5000000000 THEN 1
            WHEN owns_villa AND influential THEN 2
            WHEN owns_similar AND leads_others THEN 3
            WHEN owns_similar THEN 4
            WHEN total_purchase >= 800000000 THEN 5
            WHEN purchases > 0 AND notable THEN 6
            WHEN purchases > 0 THEN 7
            WHEN intends THEN 8
            WHEN active_in_events THEN 9
            ELSE 10 END AS customer_grade_rule
        FROM (
            SELECT r.id, p.total AS total_purchase, coalesce(p.number, 0) AS purchases,
                coalesce(p.villas, 0) > 0 AS owns_villa, coalesce(p.similars, 0) > 0 AS owns_similar,
                coalesce(a.number, 0) AS attendances, coalesce(a.number, 0) >= {parameter} AS active_in_events,
                r.field_influence {equal} '重大' OR r.company_influence {equal} '有一定影响' AS influential,
                r.public_office {equal} TRUE OR r.field_influence {equal} '重大' OR r.field_influence {equal} '较大'
                    AS notable,
                r.leads_others, r.intends,
                r.total_purchase AS w1, r.purchases AS w2, r.owns_villa AS w3, r.owns_similar AS w4,
                r.attendances AS w5, r.active_in_events AS w6, r.influential AS w7, r.notable AS w8,
                r.customer_grade_rule AS was_rule, r.grade AS was_grade, r.card AS was_card
            FROM rec_customer r
            LEFT JOIN (
                SELECT customer_id, sum(amount) AS total, count(*) AS number,
                    count(*) FILTER (WHERE property_kind = '独立别墅') AS villas,
                    count(*) FILTER (WHERE property_kind IN ('独立别墅', '同类型物业')) AS similars
                FROM rec_purchase_contract WHERE contract_status {distinct} '已解除' GROUP BY customer_id
            ) p ON p.customer_id = r.id
            LEFT JOIN (
                SELECT customer_id, count(*) AS number FROM rec_attendance GROUP BY customer_id
            ) a ON a.customer_id = r.id
        ) f"""
    outcome = f"""
        SELECT g.*,
            CASE WHEN customer_grade_rule <= 3 THEN 'A' WHEN customer_grade_rule <= 6 THEN 'B'
                WHEN customer_grade_rule = 7 THEN 'C' WHEN customer_grade_rule <= 9 THEN 'D' ELSE 'E' END AS grade,
            CASE WHEN customer_grade_rule <= 3 THEN '钻石卡' WHEN customer_grade_rule <= 6 THEN '铂金卡'
                WHEN customer_grade_rule = 7 THEN '金卡' END AS card
        FROM ({graded}) g"""
    inputs = ", ".join(f"{name} AS in_{position}" for position, name in enumerate(INPUTS))
    select = f"SELECT id, {', '.join(FACTS)}, {inputs}, {', '.join(OUTCOME)} FROM ({outcome}) o"
    was = ("w1", "w2", "w3", "w4", "w5", "w6", "w7", "w8", "was_rule", "was_grade", "was_card")
    computed = (*FACTS, *OUTCOME)
    changed = " OR ".join(f"{new} {distinct} {old}" for new, old in zip(computed, was, strict=True))
    stage = f"""CREATE TEMPORARY TABLE changed AS
        SELECT id, {", ".join(FACTS)}, leads_others, intends, {", ".join(OUTCOME)}, was_rule, was_grade, was_card
        FROM ({outcome}) o WHERE {changed}"""
    columns = ", ".join(f"in_{position}" for position in range(len(INPUTS)))
    history = f"""INSERT INTO his_customer_grade (record_id, decided_at, decided_on, publication_id, rule,
            out_grade, out_card, was_grade, was_card, {columns})
        SELECT id, %(decided_at)s, %(decided_on)s, %(publication_id)s, customer_grade_rule,
            grade, card, was_grade, was_card, {", ".join(INPUTS)}
        FROM changed WHERE customer_grade_rule {distinct} was_rule OR grade {distinct} was_grade
            OR card {distinct} was_card"""
    values = ", ".join(f"{name} = changed.{name}" for name in computed)
    update = f"UPDATE rec_customer SET {values} FROM changed WHERE changed.id = rec_customer.id"
    return ByHand(select, [stage, history, update, "DROP TABLE changed"], outcome)


HAND = {
    "sqlite": by_hand("IS NOT", "IS", "%(active)s"),
    "postgresql": by_hand("IS DISTINCT FROM", "IS NOT DISTINCT FROM", "%(active)s"),
    "duckdb": by_hand("IS DISTINCT FROM", "IS NOT DISTINCT FROM", "%(active)s"),
}
