import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { writeCheckpoint } from "../../../core/pipeline/execute/checkpoint_file.ts";
import { builtIns } from "../../../core/vae/plugin/built_in.ts";
import { priorKind } from "../../../core/vae/prior_axis.ts";
import { findRuns } from "../../../core/runs/find_runs.ts";
import type { RunRecord } from "../../../core/runs/record.ts";
import { paintRequest } from "../../../core/report/live/known/paint_request.ts";
import { lookAtRun } from "../../../core/report/live/known/run_view.ts";
import { paint } from "../../../core/report/live/painting/paint.ts";
import { beginRun, serveCheckout } from "./_live_run.ts";

function request(directory: string) {
  const { url } = builtIns(priorKind).find(({ name }) => name === "gaussian")!;
  return {
    key: "a",
    saved: 1,
    directory,
    prior: { module: url, digest: "another", options: {} },
    network: { module: url, digest: "another", options: {} },
    likelihood: { module: url, digest: "another", options: {} },
    latentDim: 2,
    seed: 1,
    count: 4,
    height: 2,
    width: 2,
    storeDirectory: directory,
  };
}

test("says why there is no picture", async () => {
  const directory = mkdtempSync(join(tmpdir(), "paint-"));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  const given = request(directory);
  const why = async () => {
    const painting = await paint(given);
    return painting.type === "none" ? painting.why : painting.type;
  };
  expect(await why()).toBe("there is no checkpoint");
  writeFileSync(join(directory, "checkpoint.bin"), "half of a chec");
  expect(await why()).toBe("the checkpoint is damaged");
  const save = (value: unknown) =>
    writeCheckpoint(directory, { ms: 1, records: [], warnings: [], value });
  await save({ weighed: 100 });
  expect(await why()).toBe("the checkpoint is no model's");
  const bias = { shape: [4], data: new Float32Array(4) };
  await save({ variables: { "output/bias": bias } });
  expect(await why()).toBe("the prior's source has changed since");
});

test("draws with the prior of what trains here, whatever a record names", async () => {
  const { here, done } = await serveCheckout();
  const run = await beginRun(here);
  onTestFinished(() => run.end());
  await run.save(1, 1);
  const { runs } = await findRuns(here.outputs, here.store);
  const found = runs.find(({ id }) => id === run.id)!;
  const sight = { store: here.store, logs: new Map() };
  const ask = async (record: RunRecord) => {
    const view = await lookAtRun({ ...found, record }, sight);
    return await paintRequest(view, view.trials[0]!, {
      store: here.store,
      base: here.folder,
    });
  };
  const train = found.record.stages.find(({ name }) => name === "train")!;
  const genuine = await ask(found.record);
  expect(genuine?.prior.digest).toBe(train.fields["prior.source"]);

  const [plugin, ...plugins] = found.record.plugins;
  const evil = {
    ...plugin!,
    module: `./outputs/runs/${done}/evil.ts`,
    digest: "e".repeat(64),
  };
  const named = await ask({ ...found.record, plugins: [evil, ...plugins] });
  // The painter compares it with the source.
  expect(named?.prior.digest).toBe(train.fields["prior.source"]);
  const stages = found.record.stages.map((stage) => ({
    ...stage,
    fields: { ...stage.fields, "prior.source": evil.digest },
  }));
  const forged = { ...found.record, plugins: [evil, ...plugins], stages };
  expect(await ask(forged)).toBeNull();
});
