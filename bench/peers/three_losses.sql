SELECT
  avg(d * d) AS mse,
  avg(abs(d)) AS mae,
  avg(CASE WHEN abs(d) <= 1 THEN d * d / 2 ELSE abs(d) - 0.5 END) AS huber
FROM (SELECT pred - target AS d FROM read_csv('FILE1'))
