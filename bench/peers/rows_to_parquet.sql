COPY (SELECT * FROM read_csv('FILE1', columns = {'target': 'DOUBLE', 'pred': 'DOUBLE', 'var': 'DOUBLE', 'region': 'VARCHAR'}))
TO 'FILE2' (FORMAT parquet)
