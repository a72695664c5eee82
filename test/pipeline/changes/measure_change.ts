/**
 * Changes the project and looks at what runs again.
 *
 * @module
 */

import { keyOf } from "../../../core/pipeline/key/keys.ts";
import { runPlan } from "../../../core/pipeline/runner.ts";
import { type Survey, surveyPlan } from "../../../core/pipeline/survey.ts";
import type { Plan } from "../../../core/pipeline/types.ts";
import { openStore } from "../../../core/store/open.ts";
import type { ChangeCase } from "./change_case.ts";
import { type ChangesProject, copyProject, removeProject } from "./project.ts";

/** What came of a change. */
export interface ChangeResult {
  readonly reruns: string;
  readonly why: readonly string[];
}

/** How {@link measureChange} goes about it. */
export interface MeasureOptions {
  /** Whether it runs again, to compare what is said with what is done. */
  readonly isRun: boolean;
}

/**
 * Applies a change to a copy of a project that has run.
 *
 * @throws {Error} where another stage runs than was said before.
 */
export async function measureChange(
  base: ChangesProject,
  { before, apply, asked }: ChangeCase,
  { isRun }: MeasureOptions,
): Promise<ChangeResult> {
  const project = copyProject(base);
  try {
    if (before !== undefined) {
      await pretend(await project.plan(before), before.cpu);
    }
    apply?.(project);
    const plan = await project.plan(asked);
    const survey = await surveyPlan(plan);
    if (isRun && before === undefined) await checkRun(plan, survey);
    return { reruns: rerunsOf(plan, survey), why: whyOf(survey) };
  } finally {
    removeProject(project);
  }
}

/** Runs it, and compares what was done with what was said. */
async function checkRun(plan: Plan, { findings }: Survey): Promise<void> {
  const { trials, status } = await runPlan(plan);
  const said = [...plan.nodes.keys()]
    .filter((key) => findings.get(key)?.status === "stale");
  const done = trials.flatMap(({ stages }) => stages)
    .filter(({ status }) => status === "done").map(({ key }) => key);
  const isSame = said.every((key) => done.includes(key)) &&
    done.every((key) => said.includes(key));
  if (status !== "done" || !isSame) {
    const errors = trials.flatMap(({ stages }) => stages)
      .flatMap(({ error }) => error?.message ?? []);
    throw new Error(
      `Said ${said.length}, done ${done.length}: ${errors.join("; ")}`,
    );
  }
}

/** Fills the store as if the plan had been run, on a processor of that name. */
async function pretend(plan: Plan, cpu: string | undefined): Promise<void> {
  const store = await openStore(plan.config.storeDirectory);
  for (const { stage, fields } of plan.nodes.values()) {
    const there = cpu !== undefined && "engine.cpu" in fields
      ? { ...fields, "engine.cpu": cpu }
      : fields;
    const draft = await store.draft({ stage: stage.name, key: keyOf(there) });
    await draft.commit({}, { fields: there, ms: 1, warnings: [] });
  }
}

/** `numbers, scale 2 of 3`: stages that several runs have each for itself are counted. */
function rerunsOf(plan: Plan, { findings }: Survey): string {
  const names = [
    ...new Set([...plan.nodes.values()].map((node) => node.stage.name)),
  ];
  const parts = names.flatMap((name) => {
    const nodes = [...plan.nodes.values()]
      .filter(({ stage }) => stage.name === name);
    const stale = nodes.filter(({ key }) =>
      findings.get(key)?.status === "stale"
    );
    if (stale.length === 0) return [];
    return nodes.length === 1
      ? name
      : `${name} ${stale.length} of ${nodes.length}`;
  });
  return parts.length === 0 ? "nothing" : parts.join(", ");
}

function whyOf({ findings }: Survey): readonly string[] {
  const texts = [...findings.values()].flatMap((finding) => {
    if (finding.status !== "stale") return [];
    const { isNew, changes } = finding.explanation!;
    return isNew ? ["new"] : changes.map(({ text }) => text);
  });
  return [...new Set(texts)];
}
