import { cpSync, readFileSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { recordFile } from "../../core/runs/keep_record.ts";
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
