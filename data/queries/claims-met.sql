-- How many claims does each product meet, fail, leave open or leave in conflict?
SELECT product,
       count(*) FILTER (verdict = 'met') AS met,
       count(*) FILTER (verdict = 'not met') AS not_met,
       count(*) FILTER (verdict = 'unknown') AS unknown,
       count(*) FILTER (verdict = 'conflicting') AS conflicting
FROM 'verdicts.parquet'
WHERE element IS NULL
GROUP BY product
ORDER BY met DESC, product;
