/** `node csv_parse.js FILE`: mse, mae and huber over the records of csv-parse. */
import { createReadStream } from 'node:fs';
import { parse } from 'csv-parse';

const [file] = process.argv.slice(2);
const started = performance.now();
const sums = { mse: 0, mae: 0, huber: 0 };
let rows = 0;
for await (const { target, pred } of createReadStream(file).pipe(parse({ columns: true }))) {
  const d = Math.abs(Number(pred) - Number(target));
  sums.mse += d * d;
  sums.mae += d;
  sums.huber += d <= 1 ? (d * d) / 2 : d - 0.5;
  rows++;
}
for (const [name, sum] of Object.entries(sums)) console.log(`${name} ${sum / rows}`);
console.error(`seconds ${(performance.now() - started) / 1000}`);
