// Options of plugins/ at their limits.

import { beforeAll, describe, expect, it } from "vitest";
import { readOptions } from "../../core/config/read_options.ts";
import {
  CHECKS,
  createSubject,
  runCheck,
} from "../../core/vae/conformance/mod.ts";
import { builtIns } from "../../core/vae/plugin/built_in.ts";
import { priorKind } from "../../core/vae/prior_axis.ts";
import { loadPlugin } from "../../core/vae/plugin/load.ts";
import { useBackend } from "../engine/backends.ts";
import { numbersAt, numbersOf } from "./_limits.ts";

beforeAll(() => useBackend("wasm"));

const PRIORS = await Promise.all(
  builtIns(priorKind).map(async ({ url, name }) => ({
    name,
    url,
    definition: (await loadPlugin(priorKind, url)).definition,
  })),
);
const FINITE = CHECKS.find(({ name }) => name === "finite")!;

describe.each(PRIORS)("$name", ({ name, url, definition }) => {
  const numbers = numbersOf(definition);

  it("says how far its numbers go", () => {
    for (const { option, minimum, maximum } of numbers) {
      expect([typeof minimum, typeof maximum], option)
        .toEqual(["number", "number"]);
    }
  });

  it.each(["minimum", "maximum"] as const)("is finite at the %s", (limit) => {
    const options = readOptions(
      definition.options,
      {
        ...numbersAt(limit, definition),
        // As many take long, and are no extreme.
        ...Object.fromEntries(
          numbers.filter(({ type }) => type === "integer")
            .map(({ option }) => [option, limit === "minimum" ? 1 : 10]),
        ),
      },
      { path: name, owner: name },
    );
    const subject = createSubject({ definition, options }, {
      url,
      drawShare: 0.1,
    });
    expect(runCheck(FINITE, subject)).toMatchObject({ verdict: "pass" });
  });
});

// Few draws end early; what a density has beyond counts all the same.
it.each([
  ["logistic_normal", 36],
  ["dirichlet", 0],
  ["kumaraswamy", 0],
])("%s has the KL's gradient of its density, by few draws", (name, seed) => {
  const { definition, url } = PRIORS.find((prior) => prior.name === name)!;
  const options = readOptions(definition.options, {}, {
    path: name,
    owner: name,
  });
  const check = CHECKS.find(({ name }) => name === "kl-gradient")!;
  const subject = createSubject({ definition, options }, {
    url,
    seed,
    drawShare: 0.1,
  });
  expect(runCheck(check, subject)).toMatchObject({ verdict: "pass" });
});
