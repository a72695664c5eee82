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
    // After each step: most of the time then is one where there is a checkpoint.
    const job = { folder, config, seconds: 0 };
    const runs = killedRuns(job, { kills: 3, seed: 5 });
    let resumed = 0;
    for await (const run of runs) {
      expect(run.equal).toBe(true);
      resumed += [...run.resumed.values()].filter((step) => step > 0).length;
    }
    expect(resumed).toBeGreaterThan(0);
    const raised = await raisedRun(job, 4);
    expect(raised.reason).toBe("train.epochs 3 -> 4, goes on after epoch 3");
    expect([...raised.resumed.values()]).toEqual([108, 108]);
    expect(raised.equal).toBe(true);
  },
  600_000,
);
