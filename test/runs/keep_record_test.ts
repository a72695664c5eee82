import {
  chmodSync,
  existsSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { hostname } from "node:os";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test, vi } from "vitest";
import { findRun } from "../../core/runs/find_runs.ts";
import { keepRecord, recordFile } from "../../core/runs/keep_record.ts";
import { self } from "../../core/lib/owner.ts";
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
    version: 2,
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
    members: [{
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
  const { members: trials } = await here.record(...set);
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
  expect(failed.members[0]!.figures).toEqual({});
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

test("the store is told what a run needs, for as long as it needs it", async () => {
  const here = createCheckout();
  const plan = await here.plan();
  const during: unknown[] = [];
  await here.run([], {
    onEvent: ({ type }) => {
      if (type === "start") during.push(here.store.admin.references.list());
    },
  });
  const [first] = (await Promise.all(during)) as {
    working: boolean;
    owner: unknown;
  }[][];
  expect(first).toMatchObject([{ working: true, owner: { pid: process.pid } }]);
  const references = await here.store.admin.references.list();
  expect(references).toMatchObject([{
    run: plan.id,
    record: recordFile(plan),
    host: hostname(),
    owner: null,
    working: false,
    holds: true,
  }]);
  expect(references[0]!.artifacts).toHaveLength(plan.nodes.size);
  renameSync(join(here.outputs, "runs"), join(here.outputs, "gone"));
  expect((await here.store.admin.references.list())[0]!.holds).toBe(false);
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

test("what the store cannot be told any more is no failure of a run", async () => {
  const here = createCheckout();
  const plan = await here.plan();
  const { admin } = here.store;
  const put = vi.fn<typeof admin.references.put>()
    .mockResolvedValueOnce()
    .mockRejectedValue(Object.assign(new Error("EPROTO"), { code: "EPROTO" }));
  const references = { ...admin.references, put };
  const store = { ...here.store, admin: { ...admin, references } };
  const first = await keepRecord(plan, store);
  first.work();
  await first.release();

  // And of one that is taken up again: it is told when the first stage runs.
  const has = () => Promise.resolve(true);
  const again = await keepRecord(plan, {
    ...store,
    admin: { ...admin, references: { ...references, has } },
  });
  again.work();
  await again.release();
  expect(put).toHaveBeenCalledTimes(3);
});

test("a run of which the store cannot be told warns that nothing protects it", async () => {
  const one = createCheckout();
  const store = join(one.folder, "shared");
  await one.run([`store=${store}`]);
  const references = join(store, ".references");
  rmSync(references, { recursive: true });
  writeFileSync(references, "in the way");
  const two = createCheckout();
  const { report } = await two.run([`store=${store}`]);
  expect(report.warnings).toEqual([
    expect.stringMatching(
      /^Another user's gc may remove what this run needs, for ".*shared" cannot be told of it: .* has that name.*; the README says/,
    ),
  ]);
});

test("a run shows that it goes on, for those who cannot judge its process", async () => {
  const here = createCheckout();
  const plan = await here.plan();
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
  onTestFinished(() => void vi.useRealTimers());
  const touch = vi.fn(() => Promise.resolve());
  const { admin } = here.store;
  const references = { ...admin.references, touch };
  const store = { ...here.store, admin: { ...admin, references } };
  const keeper = await keepRecord(plan, store);
  vi.advanceTimersByTime(10 * 60_000);
  expect(touch).toHaveBeenCalledTimes(10);
  await keeper.release();
  expect(vi.getTimerCount()).toBe(0);
});

test("a run in another container goes on while it shows so", async () => {
  const { store } = createCheckout();
  const { references } = store.admin;
  const record = join(store.location, "nowhere", "record.json");
  const owner = { ...self(), pid: 2 ** 30, space: "1a2b3c4d-0-7" };
  const reference = {
    run: "r",
    record,
    host: hostname(),
    artifacts: [],
    owner,
  };
  await references.put(reference);
  const [found] = await references.list();
  expect(found).toMatchObject({ working: true });
  const long = new Date(Date.now() - 2 * 60 * 60 * 1000);
  utimesSync(
    join(store.location, ".references", `${found!.id}.json`),
    long,
    long,
  );
  expect(await references.list())
    .toMatchObject([{ working: false, holds: false }]);
});

test("two checkouts share a store: the second one finds everything", async () => {
  const one = createCheckout();
  const store = join(one.folder, "shared");
  await one.run([`store=${store}`]);
  const two = createCheckout();
  const { result, report } = await two.run([`store=${store}`]);
  const statuses = result.trials.flatMap(({ stages }) =>
    stages.map(({ status }) => status)
  );
  expect(new Set(statuses)).toEqual(new Set(["cached"]));
  expect(report.directory.startsWith(two.outputs)).toBe(true);
  expect(existsSync(report.html)).toBe(true);
  expect(existsSync(join(two.outputs, "store"))).toBe(false);
  const references = await createCheckout().store.admin.references.list();
  expect(references).toEqual([]);
});
