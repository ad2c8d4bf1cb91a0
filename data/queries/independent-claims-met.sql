-- Which independent claims does each product meet? These are the ones to look at first.
WITH independent AS (
    SELECT claim
    FROM 'verdicts.parquet'
    WHERE element IS NOT NULL
    GROUP BY claim
    HAVING bool_and(starts_with(element, claim || '['))  -- it has no element of another claim
)
SELECT product, claim, reading
FROM 'verdicts.parquet'
WHERE element IS NULL AND verdict = 'met' AND claim IN (FROM independent)
ORDER BY claim, product;
