-- In which elements do sources disagree, and on how many products?
SELECT element, count(DISTINCT product) AS products, min(product) AS example
FROM 'verdicts.parquet'
WHERE verdict = 'conflicting' AND element IS NOT NULL
GROUP BY element
ORDER BY products DESC, element;
