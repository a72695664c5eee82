import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, describe, expect, it, onTestFinished } from "vitest";
import {
  createMetricsLog,
  parseMetrics,
} from "../../../core/pipeline/execute/metrics_log.ts";

let file: string;

beforeEach(() => {
  const folder = mkdtempSync(join(tmpdir(), "metrics-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  file = join(folder, "metrics.jsonl");
});

function lines(): readonly string[] {
  return readFileSync(file, "utf8").split("\n").slice(0, -1);
}

describe("createMetricsLog()", () => {
  it("writes a line a record, numbers that JSON lacks as words", () => {
    const log = createMetricsLog(file);
    log.append({ step: 1, loss: 2.5 });
    log.append({ note: "x", loss: NaN });
    expect(lines()).toEqual([
      '{"step":1,"loss":2.5}',
      '{"note":"x","loss":"NaN"}',
    ]);
  });

  it("goes back to where the checkpoint was", () => {
    writeFileSync(file, '{"step":1}\n{"epoch":1}\n{"step":2}\n{"ste');
    const log = createMetricsLog(file);
    log.restore([{ step: 1 }, { epoch: 1 }]);
    log.append({ step: 2, again: "yes" });
    expect(lines()).toEqual([
      '{"step":1}',
      '{"epoch":1}',
      '{"step":2,"again":"yes"}',
    ]);
    expect(log.records).toHaveLength(3);
  });

  it("starts anew without a checkpoint", () => {
    writeFileSync(file, '{"step":1}\n');
    createMetricsLog(file).append({ step: 7 });
    expect(lines()).toEqual(['{"step":7}']);
  });

  it("keeps its records from others who write to the file", () => {
    const log = createMetricsLog(file);
    log.append({ step: 1 });
    writeFileSync(file, '{"step":5}\n');
    log.append({ step: 2 });
    expect(log.records).toEqual([{ step: 1 }, { step: 2 }]);
  });
});

describe("parseMetrics()", () => {
  it("reads what was written, but for a line that is not whole yet", () => {
    const log = createMetricsLog(file);
    log.append({ step: 1, loss: 2.5 });
    log.append({ step: 2, loss: Infinity });
    const text = `${readFileSync(file, "utf8")}{"step":3,"lo`;
    expect(parseMetrics(text)).toEqual([
      { step: 1, loss: 2.5 },
      { step: 2, loss: "Infinity" },
    ]);
    expect(parseMetrics("")).toEqual([]);
  });
});
