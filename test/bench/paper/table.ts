/**
 * Prints the paper's table from a run's summary:
 *
 * ```sh
 * node --import tsx test/bench/paper/table.ts [outputs/paper/latest/summary.json]
 * ```
 *
 * @module
 */

import { readFileSync } from "node:fs";
import process from "node:process";
import { fileURLToPath } from "node:url";
import type { RunSummary } from "../../../core/mod.ts";
import { paperTable } from "./paper_table.ts";

const file = process.argv[2] ??
  fileURLToPath(
    new URL("../../../outputs/paper/latest/summary.json", import.meta.url),
  );

console.log(paperTable(JSON.parse(readFileSync(file, "utf8")) as RunSummary));
