import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it, onTestFinished, vi } from "vitest";
import {
  forgetTrainings,
  type Job,
  runTrainings,
  trainedDigests,
} from "./_job.ts";

/** A job whose training aborts its worker; a checkpoint follows its first step. */
function createJob(): Job {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "vae-death-")));
  onTestFinished(() => {
    rmSync(folder, { recursive: true, force: true });
    vi.unstubAllEnvs();
  });
  const config = {
    priors: [fileURLToPath(new URL("./_fatal_prior.ts", import.meta.url))],
    latentDim: 4,
    engine: "wasm",
    load_mnist: { source: "synthetic", trainLimit: 1000, testLimit: 100 },
    networks: ["mlp", { hidden: [32] }],
    train: { epochs: 8, validation: 200, batchSize: 50 },
  };
  return { folder, config, seconds: 0 };
}

it(
  "a training whose worker aborts ends with the same bits, and says so",
  async () => {
    const job = createJob();
    const mark = join(job.folder, "aborted");
    vi.stubEnv("FATAL_MARK", mark);
    const disturbed = await runTrainings(job, { workers: 1 });
    expect(disturbed.code, disturbed.output).toBe(0);
    expect(disturbed.resumed.get("train Fatal")).toBeGreaterThan(0);
    const lines = disturbed.output.split("\n")
      .filter((line) => line.includes("SIGABRT"));
    // While it runs, and with the other warnings at the end.
    const said =
      "warning: train Fatal: tried again, from its last checkpoint if it had one, after its worker process ended by signal SIGABRT";
    expect(lines).toEqual([said, said]);
    const digests = trainedDigests(job);
    forgetTrainings(job);
    const quiet = await runTrainings(job, { workers: 1 });
    expect(quiet.code, quiet.output).toBe(0);
    expect(quiet.output).not.toContain("tried again");
    expect(trainedDigests(job)).toEqual(digests);
  },
);

it(
  "a training that aborts each worker fails, with its last words",
  async () => {
    vi.stubEnv("FATAL_MARK", "");
    const { code, output } = await runTrainings(createJob(), { workers: 1 });
    expect(code).toBe(1);
    expect(output).toContain(
      'error: Error: Cannot run stage "train" for Fatal: the worker process ended by signal SIGABRT, twice:\n',
    );
    expect(output.match(/^train Fatal: started/gm)).toHaveLength(1);
  },
);
