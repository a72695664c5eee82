/**
 * `metrics.jsonl`: one JSON object a line, over all attempts at a stage.
 *
 * @module
 */

import { appendFileSync, writeFileSync } from "node:fs";

/** Its name, in an attempt's folder and in an artifact. */
export const METRICS_FILE = "metrics.jsonl";

/** A record of `context.log`. */
export type MetricsRecord = Readonly<Record<string, number | string>>;

/** Keeps records, and writes each to a file that one can watch. */
export interface MetricsLog {
  readonly records: readonly MetricsRecord[];
  append(record: MetricsRecord): void;
  /** Goes back to where an earlier attempt was. */
  restore(records: readonly MetricsRecord[]): void;
}

/**
 * A new log, beginning `file` anew at its first record. What counts are its
 * records: the worker of a run that was killed may still write to the file.
 */
export function createMetricsLog(file: string): MetricsLog {
  const records: MetricsRecord[] = [];
  const rewrite = () => writeFileSync(file, metricsText(records));
  return {
    records,
    append: (record) => {
      records.push({ ...record });
      if (records.length === 1) rewrite();
      else appendFileSync(file, metricsText([record]));
    },
    restore: (earlier) => {
      records.splice(0, records.length, ...earlier);
      if (records.length > 0) rewrite();
    },
  };
}

/**
 * The records of such lines. The last line may be half written: what is no
 * record is left out.
 */
export function parseMetrics(text: string): readonly MetricsRecord[] {
  return text.split("\n").flatMap((line) => {
    try {
      const record: unknown = JSON.parse(line);
      return typeof record === "object" && record !== null
        ? [record as MetricsRecord]
        : [];
    } catch {
      return [];
    }
  });
}

/** The lines of records; numbers that JSON lacks as words. */
export function metricsText(records: readonly MetricsRecord[]): string {
  return records.map((record) => {
    const text = JSON.stringify(
      record,
      (_, value) =>
        typeof value === "number" && !Number.isFinite(value)
          ? String(value)
          : value,
    );
    return `${text}\n`;
  }).join("");
}
