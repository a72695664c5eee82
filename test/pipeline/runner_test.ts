import { deriveSeed } from "../../core/engine/seed.ts";
import {
  existsSync,
  readdirSync,
  readFileSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it, onTestFinished } from "vitest";
import { UserError } from "../../core/lib/errors.ts";
import { runPlan } from "../../core/pipeline/runner.ts";
import { surveyPlan } from "../../core/pipeline/survey.ts";
import type { PipelineEvent } from "../../core/pipeline/types.ts";
import { isAlive, markOf } from "../../core/lib/owner.ts";
import { openStore } from "../../core/store/open.ts";
import { type Child, startChild } from "../processes/child.ts";
import { type Project, type ProjectConfig, summary } from "./_open_project.ts";
import { createEditableProject, createProject } from "./_project.ts";

const ALL = [
  "numbers",
  "scale Toy(1)",
  "scale Toy(2)",
  "total Toy(1)",
  "total Toy(2)",
];

/** Runs the project in a process of its own. */
function startProcess(project: Project, given: ProjectConfig): Child {
  const script = fileURLToPath(new URL("./_run_project.ts", import.meta.url));
  const words = [script, project.folder, JSON.stringify(given)];
  const child = startChild([process.execPath, "--import", "tsx", ...words]);
  onTestFinished(() => child.kill());
  return child;
}

function artifact(project: Project, title: string, file: string) {
  return project.plan().then(async (plan) => {
    const node = [...plan.nodes.values()].find((one) => one.title === title)!;
    const store = await openStore(plan.config.storeDirectory);
    return join(
      store.directory({ stage: node.stage.name, key: node.key }),
      file,
    );
  });
}

/** The files of every artifact, by its key. */
async function digests(project: Project, given: ProjectConfig) {
  const plan = await project.plan(given);
  const store = await openStore(plan.config.storeDirectory);
  const nodes = [...plan.nodes.values()];
  return await Promise.all(nodes.map(async ({ stage, key }) => {
    const found = await store.inspect({ stage: stage.name, key });
    return [key, found.status === "hit" && found.manifest.files];
  }));
}

describe("runPlan()", () => {
  it("runs every stage once, and nothing the second time", async () => {
    const project = createProject();
    const first = await project.run({}, { concurrency: 2 });
    expect(first.status).toBe("done");
    expect(Object.values(summary(first))).toEqual(ALL.map(() => "done: new"));
    expect(project.calls()).toEqual(ALL);
    expect(first.warnings).toEqual(["These are test numbers"]);

    const events: PipelineEvent[] = [];
    const second = await project.run({}, {
      onEvent: (event) => events.push(event),
    });
    expect(project.calls()).toEqual([]);
    expect(Object.values(summary(second)))
      .toEqual(ALL.map(() => "cached: unchanged"));
    expect(second.warnings).toEqual(["These are test numbers"]);
    expect(events.map(({ type, node }) => `${type} ${node.title}`).sort())
      .toEqual(ALL.map((title) => `end ${title}`));
  });

  it("gives the stages' results, files and metrics", async () => {
    const project = createProject();
    const plan = await project.plan({ factors: [2] });
    const { trials } = await runPlan(plan);
    const [, , total] = trials[0]!.stages;
    const store = await openStore(plan.config.storeDirectory);
    const seed = deriveSeed(0, "numbers");
    expect(await store.read({ stage: "total", key: total!.key }))
      .toEqual({ total: { total: 4 * (3 * seed + 3) } });
    expect(
      readFileSync(join(trials[0]!.stages[1]!.directory!, "note.txt"), "utf8"),
    )
      .toBe("Toy(2)");
    const lines = readFileSync(
      join(total!.directory!, "metrics.jsonl"),
      "utf8",
    );
    expect(lines.trim().split("\n").map((line) => JSON.parse(line).step))
      .toEqual([1, 2, 3]);
    expect(total!.ms).toBeGreaterThan(0);
  });

  it("runs again what a changed option, source or input changes", async () => {
    const project = createEditableProject();
    await project.run();
    project.calls();

    const offset = { options: { scale: { offset: 1 } } };
    expect(summary(await project.run(offset))).toMatchObject({
      "numbers": "cached: unchanged",
      "scale Toy(1)": "done: scale.offset 0 -> 1",
      "total Toy(1)": "done: scale changed",
    });
    expect(project.calls()).toEqual(ALL.slice(1));

    project.edit("helper.ts", "A comment that a test edits", "Another comment");
    expect((await project.run(offset)).status).toBe("done");
    expect(project.calls()).toEqual([]);

    project.edit("helper.ts", "a * b", "a * b * 10");
    expect(summary(await project.run(offset))).toMatchObject({
      "numbers": "cached: unchanged",
      "scale Toy(2)": "done: prior toy: helper helper.ts changed: +2 -2",
    });
    expect(project.calls()).toEqual(ALL.slice(1));

    writeFileSync(join(project.folder, "outside.txt"), "data");
    expect(summary(await project.run(offset))).toMatchObject({
      "numbers": "done: input outside none -> data",
      "scale Toy(2)": "done: numbers changed",
    });
    expect(project.calls()).toEqual(ALL);

    const wider = { ...offset, factors: [1, 2, 3] };
    expect(summary(await project.run(wider))).toMatchObject({
      "scale Toy(2)": "cached: unchanged",
      "scale Toy(3)": "done: new",
    });
    expect(project.calls()).toEqual(["scale Toy(3)", "total Toy(3)"]);
  });

  it("forces, starts and stops where it is told", async () => {
    const project = createProject();
    expect(summary(await project.run({}, { to: "scale" }))).toMatchObject({
      "scale Toy(1)": "done: new",
      "total Toy(1)": "skipped: not asked for",
    });
    expect(project.calls()).toEqual(ALL.slice(0, 3));
    await project.run({}, { only: "total" });
    expect(project.calls()).toEqual(ALL.slice(3));
    await project.run({}, { force: ["scale"], to: "scale" });
    expect(project.calls()).toEqual(ALL.slice(1, 3));
    expect(summary(await project.run({}, { from: "scale" }))).toMatchObject({
      "numbers": "cached: unchanged",
      "scale Toy(1)": "done: forced",
      "total Toy(1)": "done: forced",
    });
    expect(project.calls()).toEqual(ALL.slice(1));
    await project.run({}, { force: true });
    expect(project.calls()).toEqual(ALL);
  });

  it("refuses a selection that makes no sense, before anything runs", async () => {
    const project = createProject();
    const refusals = [
      [
        { only: "total" },
        'Cannot run only "total": total Toy(1) needs "scaled" of scale Toy(1), which is not in the store',
      ],
      [
        { from: "trian" },
        'Cannot run with --from trian: found no stage "trian", want one of "numbers", "scale", "total"',
      ],
      [
        { from: "total", to: "scale" },
        'Cannot run from "total" to "scale": "scale" does not need "total"',
      ],
      [
        { only: "scale", to: "total" },
        "Cannot run with --only scale and --to: want one of them",
      ],
      [
        { trials: ["Toy(1)", "toy-3"] },
        'Cannot choose --run toy-3: found no run "toy-3", want one of "toy-1" (Toy(1)), "toy-2" (Toy(2))',
      ],
    ] as const;
    for (const [options, message] of refusals) {
      const error = await project.run({}, options).catch((error) => error);
      expect(error).toBeInstanceOf(UserError);
      expect(error.message).toBe(message);
    }
    const slip = await project.run({}, { trials: ["Toy[1)"] })
      .catch((error) => error);
    expect(slip.hint).toBe('Did you mean "Toy(1)"?');
    expect(project.calls()).toEqual([]);
  });

  it("keeps a run's failure from the other runs", async () => {
    const project = createProject();
    const options = {
      scale: {},
      total: { misbehave: "throw", victim: "Toy(1)" },
    };
    const result = await project.run({ options });
    expect(result.status).toBe("failed");
    expect(summary(result)).toMatchObject({
      "total Toy(1)": "failed: new",
      "total Toy(2)": "done: new",
    });
    const { error } = result.trials[0]!.stages[2]!;
    expect(error?.message)
      .toBe('Cannot run stage "total" for Toy(1): no sum today');
    expect((error?.cause as Error).name).toBe("RangeError");
    expect((error?.cause as Error).stack).toContain("total.ts");
  });

  it("takes up just what failed, the next time", async () => {
    const project = createEditableProject();
    const victim = { misbehave: "throw", victim: "Toy(1)" };
    const given = { options: { total: victim } };
    await project.run(given);
    project.calls();
    expect((await project.run(given)).status).toBe("failed");
    expect(project.calls()).toEqual(["total Toy(1)"]);
    project.edit("total.ts", "no sum today", "no sum tomorrow");
    project.edit("total.ts", "throw new RangeError", "return new RangeError");
    const mended = summary(await project.run(given));
    expect(mended).toMatchObject({
      "numbers": "cached: unchanged",
      "scale Toy(1)": "cached: unchanged",
      "total Toy(1)": "done: new",
      "total Toy(2)": "done: stage total: total.ts changed: +1 -1",
    });
  });

  it("runs the runs that it is told", async () => {
    const project = createProject();
    const given = { factors: [1, 2, 3] };
    const some = await project.run(given, { trials: ["toy-2", "Toy(3)"] });
    expect(project.calls()).toEqual([
      "numbers",
      "scale Toy(2)",
      "scale Toy(3)",
      "total Toy(2)",
      "total Toy(3)",
    ]);
    expect(some.status).toBe("done");
    expect(summary(some)["total Toy(1)"]).toBe("skipped: not asked for");

    const options = { trials: ["toy-2"], from: "scale", to: "scale" };
    expect(summary(await project.run(given, options))).toMatchObject({
      "numbers": "cached: unchanged",
      "scale Toy(1)": "skipped: not asked for",
      "scale Toy(2)": "done: forced",
      "scale Toy(3)": "cached: unchanged",
      "total Toy(2)": "cached: unchanged",
    });
    expect(project.calls()).toEqual(["scale Toy(2)"]);

    await project.run(given, { trials: ["toy-1"], only: "scale" });
    expect(project.calls()).toEqual(["scale Toy(1)"]);
    await project.run(given, { trials: ["toy-1", "toy-3"], force: ["total"] });
    expect(project.calls()).toEqual(["total Toy(1)", "total Toy(3)"]);
  });

  it("skips what needs a failed stage", async () => {
    const project = createEditableProject();
    project.edit("numbers.ts", "context.warn(", "throw new Error(");
    const result = await project.run({ factors: [1] });
    expect(summary(result)).toEqual({
      "numbers": "failed: new",
      "scale Toy(1)": "skipped: needs numbers, which failed",
      "total Toy(1)": "skipped: needs scale Toy(1), which was skipped",
    });
  });

  it.each([
    [
      "user error",
      'Cannot run stage "total" for Toy(1): Cannot add: found apples',
    ],
    [
      "exit",
      'Cannot run stage "total" for Toy(1): the worker process ended with exit code 7, twice',
    ],
    [
      "die",
      'Cannot run stage "total" for Toy(1): the worker process ended by signal SIGKILL, twice',
    ],
    [
      "speak and die",
      "the worker process ended by signal SIGABRT, twice:\nmy last words",
    ],
    [
      "read the seed",
      'Stage "total" reads "seed" of its context, which it does not declare',
    ],
    [
      "give nothing",
      'Cannot keep what stage "total" gave: found nothing, want "total" as in its "outputs"',
    ],
  ])("says what happened: %s", async (misbehave, message) => {
    const project = createProject();
    const options = {
      total: {
        misbehave,
        victim: misbehave === "give nothing" ? "" : "Toy(1)",
      },
    };
    // Two deaths are enough workers; that others go on then says one of them.
    const isAlone = ["exit", "speak and die"].includes(misbehave);
    const factors = isAlone ? [1] : [1, 2];
    const result = await project.run({ factors, options });
    const stage = result.trials[0]!.stages[2]!;
    expect(stage.status).toBe("failed");
    expect(stage.error?.message).toContain(message);
    if (misbehave === "user error") {
      expect(stage.error).toMatchObject({ hint: "Give pears" });
      expect(stage.error).toBeInstanceOf(UserError);
    }
    if (misbehave !== "give nothing" && !isAlone) {
      expect(result.trials[1]!.stages[2]!.status).toBe("done");
    }
  });

  it("tries a stage again whose worker has died, once, from its checkpoint", async () => {
    const [project, quiet] = [createProject(), createProject()];
    const given = {
      options: { total: { misbehave: "abort once", victim: "Toy(1)" } },
    };
    writeFileSync(join(quiet.folder, "aborted"), "");
    const events: PipelineEvent[] = [];
    const options = { onEvent: (event: PipelineEvent) => events.push(event) };
    const result = await project.run(given, options);
    expect(summary(result)).toEqual(summary(await quiet.run(given)));
    expect(result.status).toBe("done");
    const said =
      "tried again, from its last checkpoint if it had one, after its worker process ended by signal SIGABRT";
    expect(
      events.flatMap((event) => event.type === "warn" ? [event.message] : []),
    ).toEqual(["These are test numbers", said]);
    expect(result.warnings).toEqual([
      "These are test numbers",
      `total Toy(1): ${said}`,
    ]);
    expect(
      project.calls().filter((call) => /total Toy\(1\)|resumed/.test(call)),
    )
      .toEqual(["resumed", "total Toy(1)", "total Toy(1)"]);
    // The artifact knows nothing of it, nor does a run that finds it.
    expect(await digests(project, given)).toEqual(await digests(quiet, given));
    expect((await project.run(given)).warnings)
      .toEqual(["These are test numbers"]);
  });

  it("tries no stage again that was told to stop", async () => {
    const project = createProject();
    const stop = { total: { misbehave: "be told to stop" } };
    const given = { factors: [1], options: stop };
    const result = await project.run(given);
    expect(summary(result)["total Toy(1)"]).toBe("interrupted: interrupted");
    expect(result.warnings).toEqual(["These are test numbers"]);
    expect(project.calls().filter((call) => call.startsWith("total")))
      .toHaveLength(1);
    const plan = await project.plan(given);
    const [key] = plan.trials[0]!.nodes.slice(-1);
    const attempt = join(plan.config.storeDirectory, ".attempts/total", key!);
    expect(existsSync(join(attempt, "checkpoint.bin"))).toBe(true);
  });

  it("keeps nothing of a stage whose source changed while it ran", async () => {
    const project = createEditableProject();
    const options = { total: { misbehave: "edit the source" } };
    const result = await project.run({ factors: [1], options });
    expect(result.trials[0]!.stages[2]!.error?.message).toBe(
      'Cannot run stage "total" for Toy(1): the source of stage "total" changed ' +
        "since the run was planned, in total.ts or in what it imports",
    );
    const again = await project.run({ factors: [1], options: { total: {} } });
    expect(again.status).toBe("done");
  });

  it("keeps nothing of a stage whose data changed while it ran", async () => {
    const project = createEditableProject();
    project.edit(
      "numbers.ts",
      "context.warn(",
      '(await import("node:fs")).writeFileSync(join(context.baseDirectory, "outside.txt"), "other"); context.warn(',
    );
    const result = await project.run({ factors: [1] });
    expect(result.trials[0]!.stages[0]!.error?.message).toBe(
      'Cannot run stage "numbers": Cannot keep what stage "numbers" gave: its input "outside" changed while it ran',
    );
  });

  it("stops when aborted, and resumes from the checkpoint", async () => {
    const project = createProject();
    const given = {
      factors: [1],
      options: { numbers: { count: 6 }, total: { holdAt: 2 } },
    };
    const abort = new AbortController();
    const result = await project.run(given, {
      signal: abort.signal,
      onEvent: ({ type }) => type === "progress" && abort.abort(),
    });
    expect(result.status).toBe("interrupted");
    expect(summary(result)["total Toy(1)"]).toBe("interrupted: interrupted");
    project.letGo();
    const again = await project.run(given);
    expect(again.status).toBe("done");
    expect(project.calls()).toContain("resumed");
    const { directory, key } = again.trials[0]!.stages[2]!;
    const steps = readFileSync(join(directory!, "metrics.jsonl"), "utf8").trim()
      .split("\n").map((line) => JSON.parse(line).step);
    expect(steps).toEqual([1, 2, 3, 4, 5, 6]);
    const attempts = join(
      again.plan.config.storeDirectory,
      ".attempts/total",
      key,
    );
    expect(existsSync(attempts)).toBe(false);
  });

  it("interrupts everything when it was aborted before", async () => {
    const project = createProject();
    const result = await project.run({}, { signal: AbortSignal.abort() });
    expect(new Set(Object.values(summary(result))))
      .toEqual(new Set(["interrupted: interrupted"]));
    expect(project.calls()).toEqual([]);
  });

  it("makes a damaged artifact anew, found by its size", async () => {
    const project = createProject();
    await project.run();
    project.calls();
    truncateSync(await artifact(project, "numbers", "arrays.safetensors"), 10);
    const result = await project.run();
    expect(summary(result)).toMatchObject({
      "numbers":
        "done: damaged: arrays.safetensors has 10 bytes, want 104, quarantined",
      "scale Toy(1)": "cached: unchanged",
    });
    expect(result.warnings[0]).toMatch(
      /^The stored result of numbers was damaged/,
    );
    expect(project.calls()).toEqual(["numbers"]);
  });

  it("makes a damaged artifact anew, found when it is read", async () => {
    const project = createProject();
    await project.run();
    project.calls();
    const file = await artifact(project, "numbers", "arrays.safetensors");
    const bytes = readFileSync(file);
    bytes[bytes.length - 1]! ^= 1;
    writeFileSync(file, bytes);
    const result = await project.run({}, { from: "scale" });
    expect(result.status).toBe("done");
    expect(summary(result)["numbers"]).toBe(
      "done: damaged: arrays.safetensors is not what was written, quarantined",
    );
    expect(project.calls()).toEqual(ALL);
  });

  it("leaves to one process what two want at the same time", async () => {
    const project = createProject();
    const given = { options: { numbers: { holds: true } } };
    const other = startProcess(project, given);
    await other.until("start numbers");
    const waits: string[] = [];
    const result = await project.run(given, {
      onEvent: (event) => {
        if (event.type !== "warn") return;
        waits.push(event.message);
        project.letGo();
      },
    });
    expect(result.status).toBe("done");
    expect(await other.until('{"summary"')).toMatch(/"numbers":"done: new"/);
    expect(summary(result).numbers).toBe(
      "cached: made by another run meanwhile",
    );
    expect(waits[0]).toMatch(
      new RegExp(
        `^Waiting for process ${other.pid} on .*_run_project.ts.*, which makes numbers$`,
      ),
    );
    expect(project.calls()).toEqual(ALL);
  });

  it("takes over at once from a process that was killed", async () => {
    const project = createProject();
    const given = { options: { numbers: { holds: true } } };
    const other = startProcess(project, given);
    const worker = markOf(await project.held());
    await other.kill();
    // It ends when it hears of it, and what it has drafted is then nobody's.
    await expect.poll(() => isAlive(worker)).toBe(false);
    project.letGo();
    const warnings: string[] = [];
    const result = await project.run(given, {
      onEvent: (event) => event.type === "warn" && warnings.push(event.message),
    });
    expect(result.status).toBe("done");
    // It did not wait for the lock, not even once.
    expect(warnings).toEqual(["These are test numbers"]);
    const drafts = join(result.plan.config.storeDirectory, ".drafts");
    expect(readdirSync(drafts)).toEqual([]);
  });

  it("runs nothing for a survey", async () => {
    const project = createProject();
    const { findings } = await surveyPlan(await project.plan());
    expect([...findings.values()].map(({ status }) => status))
      .toEqual(ALL.map(() => "stale"));
    expect(project.calls()).toEqual([]);
  });
});
