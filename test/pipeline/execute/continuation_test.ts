import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { runPlan } from "../../../core/pipeline/runner.ts";
import { surveyPlan } from "../../../core/pipeline/survey.ts";
import type { PipelineResult } from "../../../core/pipeline/types.ts";
import { type Project, type ProjectConfig, summary } from "../_open_project.ts";
import { createProject } from "../_project.ts";

/** A project with a sum of eight numbers, of which so many are taken. */
const upTo = (
  limit: number,
  more: Readonly<Record<string, unknown>> = {},
): ProjectConfig => ({
  factors: [1],
  options: { numbers: { count: 8 }, total: { limit, ...more } },
});

async function anew(given: ProjectConfig): Promise<PipelineResult> {
  const project = createProject();
  const result = await project.run(given);
  expect(project.calls()).not.toContain("continued");
  return result;
}

function filesOf(result: PipelineResult): readonly string[] {
  const { directory } = result.trials[0]!.stages.at(-1)!;
  return ["value.json", "arrays.safetensors", "metrics.jsonl"]
    .map((file) => readFileSync(join(directory!, file), "utf8"));
}

async function reasonOf(project: Project, given: ProjectConfig) {
  const plan = await project.plan(given);
  const { findings } = await surveyPlan(plan);
  return findings.get(plan.trials[0]!.nodes.at(-1)!)!.reason;
}

it("goes on from the artifact that got furthest, and ends with the same bits", async () => {
  const project = createProject();
  await project.run(upTo(4));
  await project.run(upTo(2));
  project.calls();
  const reason = "total.limit 4 -> 6, resumes from number 4";
  expect(await reasonOf(project, upTo(6))).toBe(reason);
  const result = await project.run(upTo(6));
  expect(summary(result)["total Toy(1)"]).toBe(`done: ${reason}`);
  expect(project.calls()).toEqual(["continued", "resumed", "total Toy(1)"]);
  expect(filesOf(result)).toEqual(filesOf(await anew(upTo(6))));
});

it("counts the time of what it goes on from", async () => {
  const project = createProject();
  const first = await project.run(upTo(4));
  const second = await project.run(upTo(5));
  const [before, after] = [first, second]
    .map((result) => result.trials[0]!.stages.at(-1)!.ms) as [number, number];
  expect(project.calls()).toContain("continued");
  expect(after).toBeGreaterThan(before);
});

it("takes nothing for fewer, for other options, or when forced", async () => {
  const project = createProject();
  await project.run(upTo(4));
  project.calls();
  expect(await reasonOf(project, upTo(3))).toBe("total.limit 4 -> 3");
  expect(await reasonOf(project, upTo(6, { holdAt: 1 })))
    .toBe("total.holdAt 0 -> 1, total.limit 4 -> 6");
  await project.run(upTo(6), { force: ["total"] });
  expect(project.calls()).toEqual(["total Toy(1)"]);
});

it("says why all starts anew", async () => {
  const project = createProject();
  await project.run(upTo(4, { weighted: true }));
  expect(await reasonOf(project, upTo(6, { weighted: true }))).toBe(
    "total.limit 4 -> 6, starts anew: weights depend on the last number",
  );
});

it.each(["damaged", "gone"])(
  "starts anew where the artifact is %s by then",
  async (how) => {
    const project = createProject();
    const { directory } = (await project.run(upTo(4))).trials[0]!.stages.at(
      -1,
    )!;
    const plan = await project.plan(upTo(6));
    project.calls();
    const notes: string[] = [];
    const result = await runPlan(plan, {
      onEvent: (event) => {
        if (event.type === "note") notes.push(event.message);
        if (event.type !== "start") return;
        const file = join(directory!, "value.json");
        if (how === "gone") rmSync(directory!, { recursive: true });
        else writeFileSync(file, readFileSync(file, "utf8").replace(":", "!"));
      },
    });
    expect(result.status).toBe("done");
    expect(notes).toEqual([
      "starts anew: the result that it would resume from is damaged or gone",
    ]);
    expect(project.calls()).toEqual(["total Toy(1)"]);
    expect(filesOf(result)).toEqual(filesOf(await anew(upTo(6))));
  },
);
