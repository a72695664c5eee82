import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { openMetricsLog } from "../../core/pipeline/metrics_log.ts";

let file: string;

beforeEach(() => {
  const folder = mkdtempSync(join(tmpdir(), "metrics-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  file = join(folder, "metrics.jsonl");
});

function lines(): readonly string[] {
  return readFileSync(file, "utf8").split("\n").slice(0, -1);
}

describe("openMetricsLog()", () => {
  it("writes a line a record, numbers that JSON lacks as words", () => {
    const log = openMetricsLog(file, { resume: false });
    log.append({ step: 1, loss: 2.5 });
    log.append({ note: "x", loss: NaN });
    expect(lines()).toEqual([
      '{"step":1,"loss":2.5}',
      '{"note":"x","loss":"NaN"}',
    ]);
  });

  it("goes on where the checkpoint was, not where the attempt broke off", () => {
    writeFileSync(
      file,
      '{"step":1}\n{"epoch":1}\n{"step":2}\n{"step":3}\n{"ste',
    );
    const log = openMetricsLog(file, { resume: true });
    log.append({ step: 2, again: "yes" });
    log.append({ step: 3, again: "yes" });
    expect(lines()).toEqual([
      '{"step":1}',
      '{"epoch":1}',
      '{"step":2,"again":"yes"}',
      '{"step":3,"again":"yes"}',
    ]);
  });

  it("starts anew without a checkpoint", () => {
    writeFileSync(file, '{"step":1}\n');
    openMetricsLog(file, { resume: false }).append({ step: 7 });
    expect(lines()).toEqual(['{"step":7}']);
  });
});
