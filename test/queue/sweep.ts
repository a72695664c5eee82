/**
 * The long proof that a sweep by the queue ends, whoever dies meanwhile, with
 * the bits of the local executor:
 *
 * ```sh
 * npm run sweep -- --seeds 6 --workers 4 --kills 12
 * AWS_ENDPOINT_URL=http://127.0.0.1:9000 npm run sweep -- --bucket test
 * ```
 *
 * Four priors in two dimensions with several seeds are trained on MNIST (of
 * `MNIST_DIR`), first by the local executor, then quietly by the queue, then
 * once more with trouble: workers are killed by SIGKILL at random moments and
 * replaced, the starter is killed and started again, Redis is killed and
 * started again, and the store is unreachable for a while. The store is a
 * folder, or with `--bucket` an S3-compatible server's, which is reached
 * through a proxy that can be cut; each worker has a cache of its own then.
 * At the end every byte of each store is verified. `--log FILE` keeps what the
 * workers printed, with times.
 *
 * `--through PROGRAM` starts each of them by `PROGRAM N words`, N counted from
 * 0 for the starter: as another user, say, or in a container, with SIGKILL for
 * all of it where the program gets one. What they share is writable for the
 * group of who starts this.
 *
 * @module
 */

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { setTimeout as delay } from "node:timers/promises";
import { scriptFlags } from "../script_flags.ts";
import { digestsOf, type Program } from "./_program.ts";
import { openSite } from "./_sweep_site.ts";
import {
  count,
  describe,
  isSame,
  type Sweep,
  timeline,
} from "./_sweep_report.ts";
import { openProxy } from "./_proxy.ts";
import { startRedis } from "./_redis.ts";

const values = scriptFlags({
  seeds: { type: "string", default: "6" },
  workers: { type: "string", default: "4" },
  kills: { type: "string", default: "12" },
  epochs: { type: "string", default: "20" },
  images: { type: "string", default: "20000" },
  lease: { type: "string", default: "10" },
  cut: { type: "string", default: "60" },
  engine: { type: "string", default: "native" },
  bucket: { type: "string" },
  through: { type: "string" },
  log: { type: "string" },
});
const folder = mkdtempSync(join(tmpdir(), "vae-sweep-"));
const redis = await startRedis();
const proxy = values.bucket === undefined
  ? null
  : await openProxy(process.env.AWS_ENDPOINT_URL!);
const site = openSite(folder, values, proxy?.url ?? null);
const seconds = (from: number) => (performance.now() - from) / 1000;
const log = (line: string) => console.error(line);

try {
  const local = await timed("local", (name) => site.start(name, null));
  const expected = digestsOf(join(folder, "local"));
  log(`local: ${local.seconds.toFixed(0)} s`);
  const quiet = await sweep("quiet", null);
  const trouble = await sweep("trouble", quiet.seconds);
  console.log(`${8 * Number(values.seeds)} trials, ${expected.size} stages`);
  console.log(`local executor, 2 at a time: ${local.seconds.toFixed(0)} s`);
  console.log(`queue, ${values.workers} workers: ${describe(quiet, expected)}`);
  console.log(`with trouble: ${describe(trouble, expected)}`);
  const isRight = [quiet, trouble].every(({ code, digests, done, verified }) =>
    code === 0 && isSame(digests, expected) && verified === 0 &&
    [...done.values()].every((count) => count === 1)
  );
  if (!isRight) process.exitCode = 1;
} finally {
  proxy?.close();
  await redis.close();
  rmSync(folder, { recursive: true, force: true });
}

/** Runs the sweep by the queue; in trouble where `length` says how long it takes without. */
async function sweep(name: string, length: number | null): Promise<Sweep> {
  const all: Program[] = [];
  const working: Program[] = [];
  const addWorker = () => {
    const worker = site.work(name, redis.url, all.length + 1);
    all.push(worker);
    working.push(worker);
  };
  for (let i = 0; i < Number(values.workers); i++) addWorker();
  const from = performance.now();
  let starter = site.start(name, redis.url);
  const troubles: string[] = [];
  const note = (what: string) => {
    troubles.push(what);
    log(`${seconds(from).toFixed(0)} s: ${what}`);
  };
  if (length !== null) await makeTrouble();
  const code = await starter.ended;
  const took = seconds(from);
  await Promise.all(working.map((worker) => worker.kill("SIGTERM")));
  if (code !== 0) log(starter.lines.slice(-20).join("\n"));
  const lines = all.flatMap((worker) => worker.lines);
  const verify = site.verify(name);
  const verified = await verify.ended;
  if (verified !== 0) log(verify.lines.join("\n"));
  if (values.log !== undefined) {
    writeFileSync(`${values.log}-${name}.txt`, timeline(all, from));
  }
  return {
    seconds: took,
    code,
    verified,
    digests: digestsOf(join(folder, name)),
    begun: count(lines, /^(.*): started \(/),
    done: count(lines, /^(.*): done in/),
    resumed: lines.filter((line) => /goes on .*after step/.test(line)).length,
    troubles,
  };

  async function makeTrouble(): Promise<void> {
    const kills = Number(values.kills);
    const step = 1000 * length! / (kills + 4);
    const after = (part: number) => Math.floor(part * kills);
    for (let kill = 0; kill < kills; kill++) {
      await delay(step * (0.5 + noise(kill)));
      if (starter.code() !== undefined) return note("it ended before all this");
      // Of a sweep that nobody watches any more the workers go on.
      if (kill === after(0.25)) {
        await starter.kill("SIGKILL");
        note("the starter is killed");
        await delay(step);
        starter = site.start(name, redis.url);
        note("it is started again");
      }
      if (kill === after(0.5)) {
        await redis.kill();
        note("Redis is killed");
        await delay(3000);
        await redis.start();
        note("it is started again");
      }
      if (kill === after(0.75) && proxy !== null) {
        proxy.cut(true);
        note("the store cannot be reached");
        await delay(1000 * Number(values.cut));
        proxy.cut(false);
        note("it can be reached again");
      }
      const index = Math.floor(noise(kills + kill) * working.length);
      const [victim] = working.splice(index, 1);
      await victim!.kill("SIGKILL");
      note("a worker is killed, and replaced");
      addWorker();
    }
  }
}

async function timed(name: string, run: (name: string) => Program) {
  const from = performance.now();
  const program = run(name);
  const code = await program.ended;
  if (code === 0) return { seconds: seconds(from) };
  throw new Error(program.lines.slice(-20).join("\n"));
}

/** In [0, 1), the same in every run. */
function noise(i: number): number {
  const x = Math.sin(12.9898 * (i + 1)) * 43758.5453;
  return x - Math.floor(x);
}
