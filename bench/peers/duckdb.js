/** `node duckdb.js PACKAGES STATEMENTS FILE...`: prints each loss of each group, and the seconds without the start of Node. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const [packages, statements, ...files] = process.argv.slice(2);
const { DuckDBInstance } = createRequire(join(packages, 'of.js'))('@duckdb/node-api');
const started = performance.now();
const sql = readFileSync(statements, 'utf8').replace(/\bFILE(\d)/g, (_, k) => files[k - 1]);
const connection = await (await DuckDBInstance.create(':memory:')).connect();
const rows = (await connection.runAndReadAll(sql)).getRowObjectsJS();
for (const { slice, ...losses } of rows) {
  const group = slice === undefined || slice === null ? '' : `{region=${slice}}`;
  for (const [name, value] of Object.entries(losses)) console.log(`${name}${group} ${value}`);
}
console.error(`seconds ${(performance.now() - started) / 1000}`);
