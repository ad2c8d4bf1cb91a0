-- Which parts do the terms of met claims read on, and how often?
SELECT claim, bound.key AS role, bound.value AS part, count(*) AS products
FROM (
    SELECT claim, unnest(map_entries(reading)) AS bound
    FROM 'verdicts.parquet'
    WHERE element IS NULL AND verdict = 'met'
)
GROUP BY claim, role, part
ORDER BY claim, role, products DESC, part;
