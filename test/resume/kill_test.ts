import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { killedRuns, raisedRun } from "./_kill.ts";

// Windows knows no process groups.
it.runIf(process.platform !== "win32")(
  "trainings that are killed or get another epoch end with the same bits",
  async () => {
    const folder = realpathSync(mkdtempSync(join(tmpdir(), "vae-resume-")));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const config = {
      priors: ["gaussian", "beta"],
      latentDim: 4,
      engine: "wasm",
      load_mnist: { source: "synthetic", trainLimit: 2000, testLimit: 100 },
      build_encoder: { hidden: [32] },
      train: { epochs: 10, validation: 200, batchSize: 50 },
    };
    const job = { folder, config, seconds: 0 };
    // Of the 360 steps, each with a checkpoint: so that a training is cut short.
    const plan = { kills: 3, seed: 5, checkpoints: 200 };
    for await (const run of killedRuns(job, plan)) {
      expect(run.equal).toBe(true);
      expect(Math.max(...run.resumed.values()), run.victim)
        .toBeGreaterThanOrEqual(run.checkpoints);
    }
    const raised = await raisedRun(job, 4);
    expect(raised.reason).toBe("train.epochs 3 -> 4, goes on after epoch 3");
    expect([...raised.resumed.values()]).toEqual([108, 108]);
    expect(raised.equal).toBe(true);
  },
);
