import { expect, it } from "vitest";
import { taskOf } from "../../core/pipeline/execute/task_of.ts";
import { digestFile } from "../../core/pipeline/key/file_digest.ts";
import { digesterOf, storeDirectory } from "../../core/pipeline/plan.ts";
import { engineSurroundings } from "../../core/engine/surroundings.ts";
import { whyNot } from "../../core/queue/accept.ts";
import { packTask, unpackTask } from "../../core/queue/portable_task.ts";
import { keepRecord, recordFile } from "../../core/runs/keep_record.ts";
import { openStore } from "../../core/store/store.ts";
import { createProject } from "../pipeline/_project.ts";

/** The task of the scale of Toy(1), and a worker that may do it. */
async function sweepOf(project = createProject()) {
  const plan = await project.plan();
  const store = openStore(storeDirectory(plan.config));
  await (await keepRecord(plan, store)).release();
  const node = [...plan.nodes.values()]
    .find(({ title }) => title === "scale Toy(1)")!;
  const task = taskOf(node, {}, { plan, store, threads: 1 });
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
    engine: plan.engine,
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
  const native = { name: "native" as const, version: "1" };
  const surroundings = Object.fromEntries(
    Object.entries(engineSurroundings("native", 1))
      .map(([name, value]) => [`engine.${name}`, value]),
  );
  const engineSource = (await worker.digester.digest([
    new URL("../../core/engine/start.ts", import.meta.url).href,
  ])).values().next().value!;
  const withEngine = (fields: Readonly<Record<string, string>>) => ({
    ...task,
    fields: {
      ...task.fields,
      engine: "native",
      "engine.version": "1",
      "engine.source": engineSource,
      ...surroundings,
      ...fields,
    },
  });
  const mine = { ...worker, engine: native };
  expect(await ask(withEngine({}), mine)).toBeNull();
  expect(await ask(withEngine({}), worker))
    .toBe("its engine is cpu, the sweep wants native");
  expect(await ask(withEngine({ "engine.version": "2" }), mine))
    .toBe("its engine version is 1, the sweep wants 2");
  expect(await ask(withEngine({ "engine.cpu": "a wider one" }), mine))
    .toMatch(/^its engine cpu is .+, the sweep wants a wider one$/);
  expect(
    await ask(withEngine({ "engine.env.ONEDNN_MAX_CPU_ISA": "AVX2" }), mine),
  ).toBe(
    "its variable ONEDNN_MAX_CPU_ISA is not set, the sweep wants AVX2",
  );
  expect(await ask(withEngine({ "engine.source": "0".repeat(64) }), mine))
    .toMatch(/^its version of the engine's kernels is another one/);
  expect(
    await ask({ ...task, module: task.module.replace("scale", "sale") }),
  ).toBe('it has no sale.ts, the module of stage "scale"');
});
