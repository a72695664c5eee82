/**
 * Prints the table of core/math/README.md: the largest error of every special
 * function on every engine that is here, against test/fixtures/math.
 *
 *     npm run accuracy
 *
 * @module
 */

import { ENGINES } from "../engine/backends.ts";
import { accuracyRows, measureAccuracy } from "./measure_accuracy.ts";

const engines = ENGINES.filter(({ missing }) => !missing);
const measured = [];
for (const engine of engines) measured.push(await measureAccuracy(engine));
const names = engines.map(({ name }) => name);
const head = [
  "function",
  ...names,
  ...names.map((name) => `gradients, ${name}`),
];
const rows = [head, head.map(() => "---"), ...accuracyRows(measured)];
process.stdout.write(rows.map((row) => `| ${row.join(" | ")} |\n`).join(""));
