import type {
  StageNode,
  StageOutcome,
  TrialOutcome,
} from "../../core/pipeline/types.ts";
import type { Finding, StaleFinding } from "../../core/pipeline/survey.ts";
import type { Plan } from "../../core/pipeline/types.ts";
import { valuesOf } from "../../core/pipeline/trials.ts";
import { giveEngine } from "../../core/vae/engine_provider.ts";
import { normaliseConfig } from "../../core/vae/normalise.ts";
import { fakePrior } from "../config/fake_priors.ts";
import { fakeStages } from "../config/fake_stages.ts";
import { parts } from "../vae/parts.ts";

/** A plan of one run with the stages `train` and `sample`. */
export async function fakePlan(): Promise<Plan> {
  const config = await normaliseConfig({ priors: [fakePrior()] }, {
    defaultStages: fakeStages,
  });
  const { value: engine } = giveEngine(
    { name: "cpu", version: "test 1" },
    config,
  );
  const [prior] = valuesOf(config, "prior");
  const [train, sample] = fakeStages;
  const node = (
    stage: typeof train,
    key: string,
    inputs: Record<string, string>,
  ): StageNode => ({
    key,
    fields: { stage: stage!.name },
    stage: stage!,
    options: {},
    given: [],
    inputs,
    title: `${stage!.name} "Fake"`,
  });
  return {
    id: "default-12345678",
    config,
    shared: { engine },
    nodes: new Map([
      ["t", node(train, "t", {})],
      ["s", node(sample, "s", { training: "t" })],
    ]),
    trials: [{
      id: "fake",
      label: "Fake(1,x)",
      group: "Fake(1,x)",
      values: { prior: prior!, ...parts(), latentDim: 20, seed: 0 },
      nodes: ["t", "s"],
    }],
  };
}

/** An outcome of the stage `name`. */
export function fakeOutcome(
  name: string,
  status: StageOutcome["status"],
  rest: Partial<StageOutcome> = {},
): StageOutcome {
  return {
    key: name,
    name,
    title: name,
    status,
    reason: "new",
    ms: 1500,
    ...rest,
  };
}

/** A run with these outcomes. */
export async function fakeRun(
  stages: readonly StageOutcome[],
): Promise<TrialOutcome> {
  return { trial: (await fakePlan()).trials[0]!, stages };
}

/** What a survey says of a stage. */
export const cached: Finding = {
  status: "cached",
  reason: "unchanged",
  ms: 1500,
  warnings: [],
};

/** The same of one that is not there. */
export const stale: StaleFinding = {
  status: "stale",
  reason: "new",
  forced: false,
  last: { key: "before", ms: 41_000, fields: {} },
};
