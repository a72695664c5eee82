import { readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { surveyPlan } from "../../core/pipeline/survey.ts";
import { createCheckout } from "./_checkout.ts";

/** The smallest noise wins, after 1, 2 and 4 epochs. */
const SEARCH = { values: { "train.noise": [3, 0, 1, 2, 5] }, reduction: 2 };

const searching = () =>
  createCheckout({
    hasOwnStages: true,
    config: { train: { epochs: 4 }, search: SEARCH },
  });

it("is said before, while it goes on and after it, and repeated from its record", async () => {
  const checkout = searching();
  const said = "Search: rung 1 of 3, 5 settings with train.epochs=1";
  const json = JSON.parse(
    (await checkout.cli("run", "--dry", "--json")).out,
  );
  expect(json.search).toEqual({ next: 0, rungs: [1, 2, 4] });
  const before = await checkout.cli("status");
  expect(before.out).toContain(said);
  expect(before.code).toBe(1);
  expect((await checkout.cli("why", "train")).out).toContain(said);

  // What is asked for is looked at before anything runs.
  const refused = await checkout.cli("run", "--to", "evaluat");
  expect(refused.code).toBe(2);
  expect(refused.err).toContain('found no stage "evaluat"');
  expect(readdirSync(checkout.outputs)).not.toContain("runs");

  const ran = await checkout.cli("run", "--quiet");
  expect(ran.code).toBe(0);
  expect(ran.out).toMatch(/^Search +train\.noise +validation loss +cost$/m);
  expect(ran.out).toMatch(/^Gaussian\(0,1\) +0 +0\.00 +\d+ of 20 steps/m);
  expect(ran.out).toContain("5 settings, after 1 and 2 epochs one of 2 went");

  const after = await checkout.cli("status");
  expect(after.out).toContain("Search: noise=0 for Gaussian(0,1), found with");
  expect(after.code).toBe(0);
  const [run] = readdirSync(join(checkout.outputs, "runs"))
    .filter((name) => !name.includes("rung"));
  const folder = join(checkout.outputs, "runs", run!);
  const read = (file: string) => readFileSync(join(folder, file), "utf8");
  const summary = JSON.parse(read("summary.json"));
  expect(summary.trials[0]).toMatchObject({
    label: "Gaussian(0,1)",
    matrix: { "train.noise": 0 },
  });
  expect(summary.search.configurations[0].winner).toEqual({
    "train.noise": 0,
  });
  expect(read("report.html")).toContain("What was searched");
  expect(JSON.parse(read("record.json")).config.search)
    .toMatchObject(SEARCH);

  const again = await checkout.cli(
    "run",
    "--quiet",
    "--from-record",
    join(folder, "record.json"),
    "--trust",
  );
  expect(again.out).toContain("The same keys as in the record");
  expect(again.code).toBe(0);
});

it("keeps what it rests on, as long as the run is there", async () => {
  const checkout = searching();
  await checkout.run();
  const runs = join(checkout.outputs, "runs");
  for (const name of readdirSync(runs)) {
    if (name.includes("rung")) rmSync(join(runs, name), { recursive: true });
  }
  const collected = await checkout.cli("gc");
  expect(collected.code).toBe(0);
  const plan = await checkout.plan();
  expect(plan.searched!.next).toBeNull();
  const { findings } = await surveyPlan(plan);
  expect([...findings.values()].map(({ status }) => status))
    .toEqual([...plan.nodes].map(() => "cached"));
});
