-- Which claims fail by one element alone, all others being met? Nearest to a claim that reads.
SELECT product, claim, any_value(element) FILTER (verdict = 'not met') AS element
FROM 'verdicts.parquet'
WHERE element IS NOT NULL
GROUP BY product, claim
HAVING count(*) FILTER (verdict = 'not met') = 1 AND count(*) FILTER (verdict NOT IN ('met', 'not met')) = 0
ORDER BY claim, product;
