// Priors with one thing wrong each, and the check that must find it.

import { readdirSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import {
  type CheckResult,
  CHECKS,
  createSubject,
  priorKit,
  runCheck,
  runChecks,
} from "../../../core/vae/conformance/mod.ts";
import { startEngine } from "../../../core/engine/start.ts";
import type { PriorPlugin } from "../../../core/mod.ts";
import { nativeMissing } from "../../engine/backends.ts";
import { DRAW_SHARE } from "./_draw_share.ts";
import { gammaWith, gaussianWith } from "./_right.ts";
import { WRONG } from "./_wrong.ts";

const isNative = !nativeMissing();

beforeAll(() => startEngine(isNative ? "native" : "wasm", { threads: 1 }));

function find(
  plugin: Pick<PriorPlugin, "definition">,
  name: string,
): CheckResult {
  const check = CHECKS.find((check) => check.name === name)!;
  return runCheck(check, subjectOf(plugin, DRAW_SHARE));
}

function subjectOf(
  { definition }: Pick<PriorPlugin, "definition">,
  drawShare = 1,
) {
  return createSubject({ definition, options: {} }, { drawShare });
}

async function load(name: string): Promise<PriorPlugin> {
  const { default: plugin } = await import(`./wrong/${name}.ts`);
  return plugin;
}

it("has a wrong prior for every check, and a line for every wrong prior", () => {
  expect(new Set(WRONG.map(({ check }) => check)))
    .toEqual(new Set(CHECKS.map(({ name }) => name)));
  const files = readdirSync(new URL("./wrong/", import.meta.url));
  expect(WRONG.map(({ name }) => `${name}.ts`)).toEqual(files.sort());
});

describe.each([
  ["Gaussian", gaussianWith],
  ["Gamma", gammaWith],
])("the %s that all are made from", (_, make) => {
  it("passes every check", () => {
    const right = make({ name: "right", module: import.meta.url });
    const results = [...runChecks(priorKit, subjectOf(right))];
    expect(results.filter(({ verdict }) => verdict === "fail")).toEqual([]);
    expect(results.map(({ name }) => name))
      .toEqual(CHECKS.map(({ name }) => name));
    const left = results.filter(({ verdict }) => verdict !== "pass");
    expect(left.map(({ name }) => name))
      .toEqual(isNative ? ["learnt"] : ["compiled", "learnt"]);
    // With fewer draws it is asked as much, and as little goes wrong.
    const fewer = [...runChecks(priorKit, subjectOf(right, DRAW_SHARE))];
    const asked = (all: readonly CheckResult[]) =>
      all.filter(({ name }) => name !== "kl-sign")
        .map(({ name, verdict, found }) => [
          name,
          verdict,
          found.replace(/\d+ draws/, "draws"),
        ]);
    expect(asked(fewer)).toEqual(asked(results));
  });
});

describe.each([1, DRAW_SHARE])("with %d of the draws", (drawShare) => {
  it.for(WRONG)(
    "$name fails $check",
    async ({ name, check, says }, { skip }) => {
      skip(check === "compiled" && !isNative, "only native compiles");
      const url = new URL(`./wrong/${name}.ts`, import.meta.url).href;
      const { definition } = await load(name);
      const subject = createSubject({ definition, options: {} }, {
        url,
        drawShare,
      });
      const one = CHECKS.find((one) => one.name === check)!;
      const result = runCheck(one, subject);
      expect(result.verdict, result.found).toBe("fail");
      expect(result.found).toMatch(says);
      expect(result.hint).toBeTruthy();
    },
  );
});

describe("without densities", () => {
  it("lists what cannot be checked, and passes the rest", () => {
    const right = gaussianWith({ name: "right", module: import.meta.url });
    const plugin = withoutDensities(right.definition);
    const results = [...runChecks(priorKit, subjectOf(plugin, DRAW_SHARE))];
    expect(results.filter(({ verdict }) => verdict === "fail")).toEqual([]);
    const reasons = results
      .filter(({ verdict }) => verdict === "not applicable")
      .filter(({ found }) => found.includes("no densities"))
      .map(({ name }) => name);
    expect(reasons).toEqual([
      "normalised",
      "posterior-draws",
      "prior-draws",
      "kl-value",
    ]);
    const gradient = results.find(({ name }) => name === "sample-gradient");
    expect(gradient?.found).toContain("less sharp for want of densities");
  });

  it("still finds a detached gradient", async () => {
    const { definition } = await load("detached_scale");
    const plugin = withoutDensities(definition);
    expect(find(plugin, "sample-gradient"))
      .toMatchObject({
        verdict: "fail",
        found: expect.stringMatching(/is 0, want/),
      });
  });

  it("still finds a KL that is 0 where the draws differ", async () => {
    const { definition } = await load("swapped_options");
    const plugin = withoutDensities(definition);
    expect(find(plugin, "kl-sign")).toMatchObject({
      verdict: "fail",
      found: expect.stringMatching(/^the distance between draws of the prior/),
    });
  });
});

function withoutDensities(
  definition: PriorPlugin["definition"],
): Pick<PriorPlugin, "definition"> {
  return {
    definition: {
      ...definition,
      create: (options, context) => {
        const { densities: _, ...prior } = definition.create(options, context);
        return prior;
      },
    },
  };
}

it.runIf(isNative)("says that what reads data is not compiled", async () => {
  const result = find(await load("detached_scale"), "compiled");
  expect(result.verdict).toBe("pass");
  expect(result.found).toMatch(
    /^it trains step by step, slower: The data of a tensor .* is read in JavaScript/,
  );
});

it("asks nothing more where the contract does not hold", async () => {
  const { definition } = await load("wrong_shape");
  const [contract, shapes, ...others] = runChecks(
    priorKit,
    subjectOf({ definition }),
  );
  expect(contract?.verdict).toBe("pass");
  expect(shapes?.verdict).toBe("fail");
  for (const { verdict } of others) expect(verdict).toBe("not applicable");
});
