/**
 * The long proof that a killed training resumes exactly:
 *
 * ```sh
 * npm run resume -- --kills 10 --epochs 3 --engine native --threads 1
 * ```
 *
 * Two priors are trained on MNIST (of `MNIST_DIR` or `datasets/mnist`), killed
 * by SIGKILL at random moments after a checkpoint, everybody or only the runner
 * or a worker, with one worker or two, and run again. Then a finished training
 * gets another epoch.
 *
 * @module
 */

import { formatColumns } from "../../core/lib/columns.ts";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { scriptFlags } from "../script_flags.ts";
import { killedRuns, raisedRun } from "./_kill.ts";

const values = scriptFlags({
  kills: { type: "string", default: "10" },
  epochs: { type: "string", default: "3" },
  engine: { type: "string", default: "native" },
  threads: { type: "string", default: "1" },
  seed: { type: "string", default: "1" },
});
const folder = mkdtempSync(join(tmpdir(), "vae-resume-"));
const config = {
  priors: ["gaussian", "beta"],
  engine: values.engine,
  threads: Number(values.threads),
  load_mnist: { source: "files" },
  train: { epochs: Number(values.epochs), validation: 5000 },
};
const rows = [
  ["killed", "checkpoints", "workers", "equal bits", "goes on after step"],
];
let wrong = 0;
try {
  const job = { folder, config, seconds: 0.5 };
  const options = { kills: Number(values.kills), seed: Number(values.seed) };
  for await (const run of killedRuns(job, options)) {
    const steps = [...run.resumed].map(([title, step]) => `${title}: ${step}`);
    rows.push([
      run.victim,
      String(run.checkpoints),
      String(run.workers),
      run.equal ? "yes" : "NO",
      steps.join(", ") || "all was done",
    ]);
    if (!run.equal) wrong++;
    console.error(`${rows.length - 1} of ${options.kills}`);
  }
  const raised = await raisedRun(job);
  const steps = [...raised.resumed].map(([title, step]) => `${title}: ${step}`);
  rows.push([
    "nobody",
    raised.reason,
    "1",
    raised.equal ? "yes" : "NO",
    steps.join(", "),
  ]);
  if (!raised.equal) wrong++;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
console.log(formatColumns(rows).join("\n"));
console.log(
  wrong === 0 ? "All digests are equal" : `${wrong} runs ended with other bits`,
);
process.exitCode = wrong === 0 ? 0 : 1;
