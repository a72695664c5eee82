import { cpSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { checkRecord, describeMismatch } from "../../core/runs/check_record.ts";
import { recordFile } from "../../core/runs/keep_record.ts";
import type { RunRecord } from "../../core/runs/record.ts";
import { verifyStore } from "../../core/runs/verify.ts";
import { createCheckout } from "./_checkout.ts";

test("a report of what its record does not have says so, until it is right again", async () => {
  const here = createCheckout();
  await here.run();
  const plan = await here.plan();
  const { key } = [...plan.nodes.values()].find(({ stage }) =>
    stage.name === "evaluate"
  )!;
  const address = { stage: "evaluate", key };
  const [folder, aside] = [
    here.store.directory(address),
    join(here.folder, "aside"),
  ];
  cpSync(folder, aside, { recursive: true });
  const value = await here.store.read(address);
  const { fields } = JSON.parse(
    readFileSync(join(folder, "manifest.json"), "utf8"),
  );
  const draft = await here.store.draft(address);
  const { evaluation } = value as { evaluation: { elbo: object } };
  const elbo = { ...evaluation.elbo, mean: -1 };
  await draft.commit(
    { evaluation: { ...evaluation, elbo } },
    { fields, ms: 1, warnings: [] },
  );
  rmSync(join(dirname(recordFile(plan)), "report.html"));
  const said = expect.stringMatching(
    /another artifact than its record: evaluate .*digest [0-9a-f]{8}, recorded/,
  );
  // Of no look at it but the first it would be said, were the report kept.
  for (let look = 0; look < 2; look++) {
    const { report, summary } = await here.run();
    expect(report.warnings).toEqual([said]);
    expect(summary).toMatchObject({ trials: [{ test: { elbo: -1 } }] });
  }
  rmSync(folder, { recursive: true });
  cpSync(aside, folder, { recursive: true });
  const { report, summary } = await here.run();
  expect(report.warnings).toEqual([]);
  expect(summary).toMatchObject({ trials: [{ test: { elbo: -98 } }] });
  expect((await here.run()).report.written).toBe(false);
});

test("what a record's artifact lacks in size is said, and in verify once", async () => {
  const here = createCheckout();
  await here.run();
  const plan = await here.plan();
  const record: RunRecord = JSON.parse(
    readFileSync(recordFile(plan), "utf8"),
  );
  expect(await checkRecord(record, here.store)).toEqual([]);
  const { key } = record.stages.find(({ name }) => name === "evaluate")!;
  const address = { stage: "evaluate", key };
  const file = join(here.store.directory(address), "value.json");
  writeFileSync(file, `${readFileSync(file, "utf8")} `);
  const [mismatch, ...more] = await checkRecord(record, here.store);
  expect(more).toEqual([]);
  expect(mismatch).toMatchObject(address);
  expect(describeMismatch(mismatch!)).toMatch(
    /^evaluate .*: it is damaged: value\.json .*bytes/,
  );
  const verified = await verifyStore(here.store, { records: [record] });
  expect(verified.damaged).toMatchObject([address]);
  expect(verified.mismatches).toEqual([]);
});
