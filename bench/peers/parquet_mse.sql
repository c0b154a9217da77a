SELECT avg((pred - target) * (pred - target)) AS mse FROM read_parquet('FILE1')
