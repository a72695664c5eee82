/**
 * Prints the published figures with ours beside them, as far as they go:
 *
 * ```sh
 * node --import tsx test/bench/records/records.ts
 * ```
 *
 * @module
 */

import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { RunSummary } from "../../../core/mod.ts";
import { PUBLISHED } from "./published.ts";
import { recordsTable } from "./records_table.ts";

const configs = [...new Set(PUBLISHED.map(({ config }) => config))];
const summaries = configs.map((config) => [config, read(config)] as const);
console.log(recordsTable(Object.fromEntries(summaries), PUBLISHED));

function read(config: string): RunSummary | null {
  const file = fileURLToPath(
    new URL(
      `../../../outputs/records/${config}/latest/summary.json`,
      import.meta.url,
    ),
  );
  return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : null;
}
