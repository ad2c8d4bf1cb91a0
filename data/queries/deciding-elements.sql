-- Which elements most often decide a claim alone: not met where every other element of the claim is met?
WITH decided AS (
    SELECT product, claim, any_value(element) FILTER (verdict <> 'met') AS element,
           any_value(verdict) FILTER (verdict <> 'met') AS verdict
    FROM 'verdicts.parquet'
    WHERE element IS NOT NULL
    GROUP BY product, claim
    HAVING count(*) FILTER (verdict <> 'met') = 1
)
SELECT claim, element, count(*) AS products
FROM decided
WHERE verdict = 'not met'
GROUP BY claim, element
ORDER BY products DESC, claim, element;
