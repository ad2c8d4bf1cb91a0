-- How often is each claim met, not met, unknown and conflicting in the whole portfolio?
PIVOT (SELECT claim, verdict FROM 'verdicts.parquet' WHERE element IS NULL)
ON verdict IN ('met', 'not met', 'unknown', 'conflicting')
USING count(*)
ORDER BY claim;
