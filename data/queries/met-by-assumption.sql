-- Which claims are met only by what the world assumes? open.parquet holds the same products under --world open.
SELECT assumed.product, assumed.claim, stated.verdict AS verdict_if_nothing_is_assumed
FROM 'verdicts.parquet' AS assumed
JOIN 'open.parquet' AS stated USING (product, claim)
WHERE assumed.element IS NULL AND stated.element IS NULL
  AND assumed.verdict = 'met' AND stated.verdict <> 'met'
ORDER BY assumed.claim, assumed.product;
