/**
 * Whether the intervals have the truth as often as they say, and tables are
 * wrong as seldom: `npm run coverage`.
 *
 * @module
 */

import { DESIGNS } from "./_designs.ts";
import { tryTables } from "./_tables.ts";

const TABLES = 1000;

console.log(
  `| ${TABLES} tables of | coverage of 95 % | tables with an error | differences told |`,
);
console.log("| --- | --- | --- | --- |");
for (const [seed, design] of DESIGNS.entries()) {
  const { coverage, errors, power } = await tryTables(design, {
    tables: TABLES,
    seed,
  });
  const percent = (share: number) =>
    Number.isNaN(share) ? "–" : `${(100 * share).toFixed(1)} %`;
  console.log(
    `| ${design.name} | ${percent(coverage)} | ${percent(errors)} | ${
      percent(power)
    } |`,
  );
}
