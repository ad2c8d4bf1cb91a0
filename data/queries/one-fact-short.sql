-- Where does one unknown element stand between a product and a claim, all others being met? Worth finding out.
SELECT claim, any_value(element) FILTER (verdict = 'unknown') AS element, product
FROM 'verdicts.parquet'
WHERE element IS NOT NULL
GROUP BY product, claim
HAVING count(*) FILTER (verdict = 'unknown') = 1 AND count(*) FILTER (verdict NOT IN ('met', 'unknown')) = 0
ORDER BY claim, element, product;
