/**
 * `metrics.jsonl`: one JSON object a line, over all attempts at a stage.
 *
 * @module
 */

import {
  appendFileSync,
  existsSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from "node:fs";

/** A record of `context.log`. */
export type MetricsRecord = Readonly<Record<string, number | string>>;

/** Appends records. */
export interface MetricsLog {
  append(record: MetricsRecord): void;
}

/**
 * Opens the log at `file`. With `resume`, lines of an earlier attempt stay, up
 * to where this attempt takes over: where records carry `step`, those from the
 * first new `step` on are written anew.
 */
export function openMetricsLog(
  file: string,
  options: { readonly resume: boolean },
): MetricsLog {
  const earlier = options.resume ? readRecords(file) : [];
  let started = false;
  return {
    append: (record) => {
      if (!started) {
        started = true;
        const { step } = record;
        const kept = earlier.filter((one) =>
          typeof step !== "number" || typeof one.step !== "number" ||
          one.step < step
        );
        // By a rename: an attempt that ends here must not lose them.
        writeFileSync(`${file}.draft`, kept.map(line).join(""));
        renameSync(`${file}.draft`, file);
      }
      appendFileSync(file, line(record));
    },
  };
}

function readRecords(file: string): readonly MetricsRecord[] {
  if (!existsSync(file)) return [];
  return readFileSync(file, "utf8").split("\n").flatMap((text) => {
    try {
      return text === "" ? [] : [JSON.parse(text) as MetricsRecord];
    } catch {
      // The attempt ended in the middle of a line.
      return [];
    }
  });
}

function line(record: MetricsRecord): string {
  const text = JSON.stringify(
    record,
    (_, value) =>
      typeof value === "number" && !Number.isFinite(value)
        ? String(value)
        : value,
  );
  return `${text}\n`;
}
