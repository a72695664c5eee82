import {
  chmodSync,
  existsSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { findRun } from "../../core/runs/find_runs.ts";
import { keepRecord, recordFile } from "../../core/runs/keep_record.ts";
import { outputOf } from "../processes/child.ts";
import { createCheckout } from "./_checkout.ts";

test("a run keeps all that it takes to repeat it", async () => {
  const here = createCheckout({
    config: { presets: { more: { train: { epochs: 3 } } } },
  });
  const plan = await here.plan("train.epochs=5");
  await here.run(["train.epochs=5"]);
  const record = await here.record("train.epochs=5");
  expect(record).toMatchObject({
    format: "vae-priors-run",
    version: 3,
    run: plan.id,
    status: "done",
    config: {
      name: "tiny",
      priors: [["gaussian", {
        mean: 0,
        variance: 1,
        covariance: "diagonal",
      }]],
      latentDim: 2,
      seed: 0,
      engine: "cpu",
      threads: 1,
      train: { epochs: 5, fails: false, waits: false, noise: 0 },
    },
    laid: {
      configFile: "pipeline.config.json",
      preset: null,
      overrides: [{ path: ["train", "epochs"], value: 5 }],
    },
    places: {
      base: basename(here.folder),
      outputs: "outputs",
      store: "outputs/store",
    },
    environment: {
      node: process.versions.node,
      engine: { wanted: "cpu", name: "cpu", threads: 1, fallbackReason: null },
    },
    data: { digits: "drawn 4" },
    git: null,
    trials: [{
      prior: "gaussian",
      latentDim: 2,
      seed: 0,
      figures: { elbo: { value: -95, error: 0.3 } },
    }],
  });
  expect((record.config.stages as string[])[0]).toMatch(/^\.\/stages\//);
  expect(Date.parse(record.ended!)).toBeGreaterThanOrEqual(
    Date.parse(record.started),
  );
  expect(record.plugins.map(({ kind, name, module }) => [kind, name, module]))
    .toContainEqual(["prior", "gaussian", "gaussian"]);
  expect(record.plugins.every(({ digest }) => /^[0-9a-f]{64}$/.test(digest)))
    .toBe(true);
  expect(record.stages.map(({ name, status }) => [name, status])).toEqual(
    [...plan.nodes.values()].map(({ stage }) => [stage.name, "done"]),
  );
  for (const { key, fields, digest, bytes } of record.stages) {
    expect(fields).toEqual(plan.nodes.get(key)!.fields);
    expect(digest).toMatch(/^[0-9a-f]{64}$/);
    expect(bytes).toBeGreaterThan(0);
  }
});

test("options of any length are whole in the record, and short in every name", async () => {
  const here = createCheckout({ config: { priors: [] } });
  const definition = `{
    name: "wide", version: "1.0.0", apiVersion: 1, module: import.meta.url,
    description: "Has many numbers",
    options: v.strictObject({ weights: v.array(v.number()) }),
    head: () => ({}), create: () => ({}),
  }`;
  const valibot = fileURLToPath(import.meta.resolve("valibot"));
  writeFileSync(
    join(here.folder, "wide.mjs"),
    `import * as v from ${JSON.stringify(valibot)};
const definition = ${definition};
export default Object.assign(
  (options) => ({ kind: "prior", definition, options }),
  { kind: "prior", definition },
);
`,
  );
  const weights = Array.from({ length: 60 }, (_, i) => i + 0.1234);
  const priors = [1, 2].map((end) => ["./wide.mjs", {
    weights: [...weights, end],
  }]);
  const set = [`priors=${JSON.stringify(priors)}`];
  const { result, report } = await here.run(set);
  expect(result.status).toBe("done");
  const { trials } = await here.record(...set);
  expect(trials.map(({ options }) => options)).toEqual(
    priors.map(([, options]) => options),
  );
  for (const { id } of trials) {
    expect(id.length).toBeLessThan(50);
    expect(existsSync(join(report.directory, id, "samples.png"))).toBe(true);
  }
  expect(new Set(trials.map(({ label }) => label)).size).toBe(2);
});

test("the state of the project in git is kept", async () => {
  const here = createCheckout();
  const who = ["-c", "user.name=T", "-c", "user.email=t@example.org"];
  const git = (...words: string[]) =>
    outputOf(["git", ...who, ...words], { cwd: here.folder });
  await git("init", "-q", "-b", "topic");
  await git("add", "stages", "pipeline.config.json");
  await git("commit", "-q", "-m", "one");
  await here.run();
  const { git: state } = await here.record();
  expect(state).toMatchObject({
    commit: (await git("rev-parse", "HEAD")).trim(),
    branch: "topic",
  });
});

test("a failed run and an interrupted one keep records, too", async () => {
  const here = createCheckout();
  await here.run(["train.fails=true"]);
  const failed = await here.record("train.fails=true");
  expect(failed.status).toBe("failed");
  expect(failed.trials[0]!.figures).toEqual({});
  expect(Object.fromEntries(
    failed.stages.map(({ name, status }) => [name, status]),
  )).toMatchObject({ train: "failed", sample: "skipped", load_mnist: "done" });
  expect(failed.stages.find(({ name }) => name === "train")!.error)
    .toContain("it was to fail");

  const stop = new AbortController();
  await here.run(["train.waits=true"], {
    signal: stop.signal,
    onEvent: ({ type }) => {
      if (type === "progress") stop.abort(new DOMException("x", "AbortError"));
    },
  });
  const stopped = await here.record("train.waits=true");
  expect(stopped.status).toBe("interrupted");
});

test("a run that was killed has the beginning of its record", async () => {
  const here = createCheckout();
  const plan = await here.plan();
  const keeper = await keepRecord(plan, here.store);
  const running = await findRun(plan.id, here.outputs, here.store);
  expect(running.record.status).toBe("running");
  expect(running.record.stages[0]!.status).toBe("pending");
  // As if its process had died: nobody is at work on it.
  await keeper.release();
  const killed = await findRun(plan.id, here.outputs, here.store);
  expect(killed.record.status).toBe("interrupted");
  expect((await here.run()).result.status).toBe("done");
  expect((await here.record()).status).toBe("done");
});

test("a run with nothing to do writes neither record nor reference", async () => {
  const here = createCheckout();
  await here.run();
  const file = recordFile(await here.plan());
  const references = join(here.store.location, ".references");
  const [name] = readdirSync(references).filter((one) => one.endsWith(".json"));
  const before = [file, join(references, name!)].map((path) =>
    readFileSync(path, "utf8")
  );
  const { ino } = statSync(file);
  await here.run();
  expect(statSync(file).ino).toBe(ino);
  expect(
    [file, join(references, name!)].map((path) => readFileSync(path, "utf8")),
  ).toEqual(before);
});

test("a report that is written anew keeps the record of the making", async () => {
  const here = createCheckout();
  await here.run();
  const made = await here.record();
  rmSync(join(recordFile(await here.plan()), "..", "report.html"));
  const { report } = await here.run();
  expect(report.written).toBe(true);
  expect(await here.record()).toEqual(made);
  await here.run([], { force: ["evaluate"] });
  expect(await here.record()).not.toEqual(made);
});

test.runIf(process.getuid?.() !== 0)(
  "outputs that cannot be written are refused before anything runs",
  async () => {
    const here = createCheckout({ config: { store: "elsewhere" } });
    const { outputDirectory } = (await here.plan()).config;
    const { mkdirSync } = await import("node:fs");
    mkdirSync(outputDirectory, { recursive: true });
    chmodSync(outputDirectory, 0o500);
    await expect(here.run()).rejects.toThrow("Cannot keep the record");
    expect(existsSync(join(here.folder, "elsewhere", "train"))).toBe(false);
    chmodSync(outputDirectory, 0o700);
  },
);
