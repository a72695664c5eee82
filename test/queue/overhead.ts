/**
 * What the queue costs beside the local executor, in a sweep of trials that do
 * nothing:
 *
 * ```sh
 * npm run overhead -- --trials 1000 --workers 4
 * ```
 *
 * Needs redis-server or valkey-server.
 *
 * @module
 */

import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { fileURLToPath } from "node:url";
import { scriptFlags } from "../script_flags.ts";
import { copyProject } from "../pipeline/_copy_project.ts";
import { openProject } from "../pipeline/_open_project.ts";
import { startRedis } from "./_redis.ts";
import { runByQueue } from "./_sweep.ts";

const values = scriptFlags({
  trials: { type: "string", default: "1000" },
  workers: { type: "string", default: "4" },
});
const [trials, workers] = [Number(values.trials), Number(values.workers)];
const given = { factors: Array.from({ length: trials }, (_, i) => i) };
const redis = await startRedis();
try {
  const stages = 2 * trials + 1;
  const local = await withProject((project) =>
    timed(() => project.run(given, { concurrency: workers }))
  );
  const queue = await withProject(async (project) => {
    const script = fileURLToPath(
      new URL("./_worker_process.ts", import.meta.url),
    );
    const processes = Array.from(
      { length: workers },
      () =>
        spawn(process.execPath, [
          ...["--import", "tsx", script, project.folder, redis.url],
        ], { stdio: ["ignore", "ignore", "inherit"] }),
    );
    try {
      return await timed(() => runByQueue(project, redis.url, { given }));
    } finally {
      for (const one of processes) one.kill("SIGKILL");
    }
  });
  console.log(
    `${trials} trials, ${stages} stages that do nothing, ${workers} workers`,
  );
  for (const [name, ms] of [["local", local], ["bullmq", queue]] as const) {
    console.log(
      `${name.padEnd(7)} ${(ms / 1000).toFixed(1)} s, ${
        (ms / stages).toFixed(2)
      } ms a stage`,
    );
  }
} finally {
  await redis.close();
}

async function withProject<T>(
  work: (project: ReturnType<typeof openProject>) => Promise<T>,
): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), "vae-overhead-"));
  try {
    copyProject(folder);
    return await work(openProject(folder));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function timed(
  work: () => Promise<{ readonly status: string }>,
): Promise<number> {
  const from = performance.now();
  const { status } = await work();
  if (status !== "done") throw new Error(`The sweep is ${status}`);
  return performance.now() - from;
}
