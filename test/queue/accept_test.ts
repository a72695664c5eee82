import { expect, it } from "vitest";
import { sendGiven, taskOf } from "../../core/pipeline/execute/task_of.ts";
import { digestFile } from "../../core/pipeline/key/file_digest.ts";
import { digesterOf } from "../../core/pipeline/beside_store.ts";
import { describeEngine } from "../../core/engine/engine.ts";
import engineProvider, { giveEngine } from "../../core/vae/engine_provider.ts";
import { whyNot } from "../../core/queue/accept.ts";
import { packTask, unpackTask } from "../../core/queue/portable_task.ts";
import { keepRecord, recordFile } from "../../core/runs/keep_record.ts";
import { openStore } from "../../core/store/open.ts";
import { createEditableProject } from "../pipeline/_project.ts";

/** The task of the scale of Toy(1), and a worker that may do it. */
async function sweepOf(project = createEditableProject()) {
  const plan = await project.plan();
  const store = await openStore(plan.config.storeDirectory);
  await (await keepRecord(plan, store)).release();
  const node = [...plan.nodes.values()]
    .find(({ title }) => title === "scale Toy(1)")!;
  const task = taskOf(node, {}, { plan, store });
  const data = {
    title: node.title,
    reason: "new",
    forced: false,
    store: { location: store.location, run: plan.id, record: recordFile(plan) },
    after: [],
    before: [],
  };
  const worker = {
    store,
    baseDirectory: project.folder,
    digester: digesterOf(plan.config),
    digestFile,
  };
  return { project, task, data, worker };
}

it("a task is the same when it has travelled", async () => {
  const { task, project } = await sweepOf();
  const strange = {
    ...task,
    options: { a: [Infinity, -0, NaN], b: Float32Array.of(1, 2), c: null },
  };
  const travelled = JSON.parse(JSON.stringify(packTask(strange)));
  expect(travelled.module).toBe("config:scale.ts");
  expect(JSON.stringify(travelled)).not.toContain(project.folder);
  const site = { store: task.store, baseDirectory: task.baseDirectory };
  expect(unpackTask(travelled, site)).toStrictEqual(strange);
  const other = unpackTask(travelled, { ...site, baseDirectory: "/elsewhere" });
  expect(other.module).toBe("file:///elsewhere/scale.ts");
});

it("a worker takes what its own code, data, engine and store would make", async () => {
  const { task, data, worker } = await sweepOf();
  const ask = (given = task, of = worker) =>
    whyNot({ ...data, task: packTask(given) }, of);
  expect(await ask()).toBeNull();
  const engine = await describeEngine("wasm");
  const wasm = giveEngine(engine, { engine: "wasm", threads: 1 });
  const sources = engineProvider.sources(wasm.value);
  const digests = await worker.digester.digest([sources[0]!.module]);
  const withEngine = (fields: Readonly<Record<string, string>>) => ({
    ...task,
    given: [...task.given, sendGiven(wasm)],
    sources: [...task.sources, ...sources],
    fields: {
      ...task.fields,
      ...engineProvider.fields(wasm.value),
      "engine.source": [...digests.values()][0]!,
      ...fields,
    },
  });
  expect(await ask(withEngine({}))).toBeNull();
  expect(await ask(withEngine({ engine: "native" })))
    .toBe("its engine is wasm, the sweep wants native");
  expect(await ask(withEngine({ "engine.version": "2" })))
    .toBe(`its engine version is ${engine.version}, the sweep wants 2`);
  expect(await ask(withEngine({ "engine.cpu": "a wider one" })))
    .toBe("its engine cpu is not set, the sweep wants a wider one");
  expect(await ask(withEngine({ "engine.env.ONEDNN_MAX_CPU_ISA": "AVX2" })))
    .toBe("its variable ONEDNN_MAX_CPU_ISA is not set, the sweep wants AVX2");
  expect(await ask(withEngine({ "engine.source": "0".repeat(64) })))
    .toMatch(
      /^its version of the engine, core\/engine\/start\.ts, is another one/,
    );
  const moved = task.sources.map((source) => ({
    ...source,
    module: source.module.replace("scale", "sale"),
  }));
  expect(await ask({ ...task, sources: moved }))
    .toBe('it has no sale.ts, the module of stage "scale"');
});
