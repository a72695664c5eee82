import { copyFileSync, existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { recordFile } from "../../core/runs/keep_record.ts";
import { createCheckout } from "../runs/_checkout.ts";
import { fakeRecord, writeRecord } from "../runs/fake_record.ts";

describe("a run is repeated from its record", () => {
  test("elsewhere, to the same bits; what runs share counts once", async () => {
    const config = { priors: ["gaussian", "beta"] };
    const here = createCheckout({ config, hasOwnStages: true });
    await here.run(["train.epochs=3"]);
    const plan = await here.plan("train.epochs=3");
    const there = createCheckout({ hasOwnStages: true });
    const record = join(there.folder, "a-record.json");
    copyFileSync(recordFile(plan), record);

    const dry = await there.cli("run", "--from-record", record, "--dry");
    expect(dry.code).toBe(0);
    expect(dry.out).toContain(
      `The same keys as in the record of ${plan.id}: 10 of 10`,
    );
    expect(existsSync(join(there.outputs, "runs"))).toBe(false);

    const done = await there.cli("run", "--from-record", record);
    expect(done.err).toBe("");
    expect(done.code).toBe(0);
    expect(done.out).toContain("Bit for bit the recorded results: 10 of 10");
    expect(readdirSync(join(there.outputs, "runs"))).toEqual([plan.id]);

    const other = await there.cli(
      "run",
      "--from-record",
      record,
      "--dry",
      "--set",
      "train.epochs=4",
    );
    expect(other.code).toBe(1);
    expect(other.out).toMatch(
      /Other keys than in the record of tiny-\w{8}: 6 of 10 differ/,
    );
    expect(other.out).toMatch(/ {2}train\.epochs +3 -> 4/);
  });

  test("and says where results differ, with exit code 1", async () => {
    const here = createCheckout({ hasOwnStages: true });
    await here.run(["train.noise=1"]);
    const plan = await here.plan("train.noise=1");
    const record = join(here.folder, "a-record.json");
    copyFileSync(recordFile(plan), record);
    const before = readFileSync(record, "utf8");
    const { code, out } = await here.cli(
      "run",
      "--from-record",
      record,
      "--force",
      "train",
    );
    expect(code).toBe(1);
    expect(out).toContain("Other results than recorded: 1 of 6, train");
    expect(readFileSync(record, "utf8")).toBe(before);
  });

  test("unless flags say otherwise", async () => {
    const here = createCheckout();
    const record = writeRecord(here.outputs, fakeRecord());
    for (const flag of ["--config", "--preset"]) {
      const { code, err } = await here.cli(
        "run",
        "--from-record",
        record,
        flag,
        "x",
      );
      expect(code).toBe(2);
      expect(err).toContain(`Cannot use ${flag} with --from-record`);
    }
    const { code, err } = await here.cli("run", "--from-record", "nope.json");
    expect({ code, err }).toEqual({
      code: 2,
      err: 'error: Cannot read the record "nope.json": no such file\n',
    });
  });
});
