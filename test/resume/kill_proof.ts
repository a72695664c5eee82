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
      load_mnist: { source: "synthetic", trainLimit: 700, testLimit: 50 },
      networks: ["mlp", { hidden: [16] }],
      train: { epochs: 5, validation: 100, batchSize: 50 },
    };
    const job = { folder, config, seconds: 0 };
    // Of the 60 steps, each with a checkpoint: so that a training is cut short.
    const plan = { kills: 3, seed: 5, checkpoints: 36 };
    for await (const run of killedRuns(job, plan)) {
      expect(run.equal).toBe(true);
      expect(Math.max(...run.resumed.values()), run.victim)
        .toBeGreaterThanOrEqual(run.checkpoints);
    }
    const raised = await raisedRun(job);
    expect(raised.reason).toBe("train.epochs 4 -> 5, resumes from epoch 4");
    expect([...raised.resumed.values()]).toEqual([48, 48]);
    expect(raised.equal).toBe(true);
  },
);
