COPY (SELECT * FROM read_csv('FILE1', columns = {'target': 'DOUBLE', 'pred': 'DOUBLE'})) TO 'FILE2' (FORMAT parquet)
