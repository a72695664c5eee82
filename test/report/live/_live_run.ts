/**
 * A run that stands still in its training, as one of another process would look:
 * its files grow when a test says so.
 *
 * @module
 */

import { appendFileSync, cpSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, onTestFinished, vi } from "vitest";
import type { Weights } from "../../../core/vae/model/artifacts.ts";
import { writeCheckpoint } from "../../../core/pipeline/execute/checkpoint_file.ts";
import { progressWriter } from "../../../core/pipeline/execute/progress_file.ts";
import { metricsText } from "../../../core/pipeline/execute/metrics_log.ts";
import { keepRecord } from "../../../core/runs/keep_record.ts";
import { startServer } from "../../../core/report/live/mod.ts";
import { type Checkout, createCheckout } from "../../runs/_checkout.ts";

/** A run under way. */
export interface LiveRun {
  readonly id: string;
  /** Logs an epoch with this reconstruction. */
  log(epoch: number, reconstruction: number): void;
  progress(done: number, total: number): void;
  /** Saves a model that makes every pixel 1 or 0, after one epoch and `steps`. */
  save(steps: number, pixels: 0 | 1): Promise<void>;
  /** The process that runs it is gone. */
  end(): Promise<void>;
}

/** Begins a run in a checkout that has done another one. */
export async function beginRun(here: Checkout): Promise<LiveRun> {
  const plan = await here.plan("train.epochs=5");
  const keeper = await keepRecord(plan, here.store);
  const node = [...plan.nodes.values()].find(({ stage }) =>
    stage.name === "train"
  )!;
  const address = { stage: "train", key: node.key };
  const lock = await here.store.tryLock(address);
  if (!lock.locked) throw new Error("the training runs already");
  const directory = await here.store.attemptDirectory(address);
  const file = join(directory, "metrics.jsonl");
  writeFileSync(file, "");
  return {
    id: plan.id,
    log: (epoch, reconstruction) =>
      appendFileSync(
        file,
        metricsText([{
          epoch,
          step: 10 * epoch,
          loss: reconstruction + 5,
          reconstruction,
          kl: 5,
          learningRate: 1e-3,
          klWeight: 1,
        }]),
      ),
    progress: (done, total) => progressWriter(directory)(done, total, {}),
    save: (steps, pixels) =>
      writeCheckpoint(directory, {
        ms: 1,
        records: [],
        warnings: [],
        value: {
          variables: weights(pixels === 1 ? 100 : -100),
          epochs: [{}],
          current: { steps },
        },
      }),
    end: async () => {
      await lock.release();
      await keeper.release();
    },
  };
}

/** Outputs with one run that is done: made once, for nobody looks into the making. */
let outputs: Promise<string> | undefined;
const removals: (() => void)[] = [];
afterAll(() => removals.forEach((remove) => remove()));

async function makeOutputs(): Promise<string> {
  const made = createCheckout({ dispose: (remove) => removals.push(remove) });
  await made.run();
  return made.outputs;
}

/** A checkout with one run that is done, and a server of its outputs. */
export async function serveCheckout() {
  const here = createCheckout();
  outputs ??= makeOutputs();
  cpSync(await outputs, here.outputs, {
    recursive: true,
    verbatimSymlinks: true,
    preserveTimestamps: true,
  });
  hurryPainters();
  const server = await startServer({
    baseDirectory: here.folder,
    outputDirectory: here.outputs,
    storeDirectory: here.store.location,
  });
  onTestFinished(() => server.close());
  const done = (await here.plan()).id;
  return { here, server, done };
}

/** Has painters take part as others do: where all cores are busy, the lowest priority is minutes. */
function hurryPainters(): void {
  const script = `import os from "node:os";
import { syncBuiltinESMExports } from "node:module";
os.setPriority = () => {};
syncBuiltinESMExports();`;
  const url = `data:text/javascript,${encodeURIComponent(script)}`;
  const options = process.env["NODE_OPTIONS"] ?? "";
  vi.stubEnv("NODE_OPTIONS", `${options} --import ${url}`);
  onTestFinished(() => void vi.unstubAllEnvs());
}

/** A decoder from 2 latent dimensions to 2 x 2 pixels, whose logits are all `logit`. */
function weights(logit: number): Weights {
  const filled = (shape: number[], value: number) => {
    const size = shape.reduce((product, side) => product * side, 1);
    return { shape, data: new Float32Array(size).fill(value) };
  };
  return {
    "decoder/0/kernel": filled([2, 3], 0),
    "decoder/0/bias": filled([3], 0),
    "output/kernel": filled([3, 4], 0),
    "output/bias": filled([4], logit),
    "adam/m/output/bias": filled([4], 0),
  };
}
