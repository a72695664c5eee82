// The objectives of the project on a model whose likelihood is known.

import { beforeAll, describe, expect, it, test } from "vitest";
import {
  AWAY,
  EXACT,
  knownAt,
  PARAMETERS,
  type Point,
} from "../../core/vae/conformance/objectives/closed_form.ts";
import { createMeasure } from "../../core/vae/conformance/objectives/measure.ts";
import {
  columnEstimates,
  estimate,
} from "../../core/vae/conformance/statistics.ts";
import { type ObjectiveReference } from "../../core/mod.ts";
import { testObjective } from "../../core/testing.ts";
import { dreg, elbo, iwae, stl } from "../../plugins/objectives/mod.ts";
import { nativeMissing, useBackend } from "../engine/backends.ts";
import { resolved } from "../vae/parts.ts";

const ENGINE = nativeMissing() ? "cpu" : "native";
beforeAll(() => useBackend(ENGINE));

for (
  const { definition, options } of [
    elbo(),
    elbo({ klWeight: 0.5, warmupEpochs: 3, freeBits: 0.55 }),
    iwae(),
    dreg(),
    dreg({ samples: 2 }),
    stl(),
  ]
) {
  await testObjective({ definition }, {
    describe,
    it,
    engine: ENGINE,
    options: options as Record<string, unknown>,
  });
}

const ROWS = 128;
const BATCHES = 60;

const known = new Map<string, ReturnType<typeof measured>>();

/**
 * Means of the gradient by each parameter, their errors, and that of the loss;
 * measured once.
 */
function study(reference: ObjectiveReference, point: Point) {
  const { definition, options } = resolved(reference);
  const key = JSON.stringify([definition.name, options, point]);
  const found = known.get(key) ?? measured(reference, point);
  known.set(key, found);
  return found;
}

function measured(reference: ObjectiveReference, point: Point) {
  const { definition, options } = resolved(reference);
  const measure = createMeasure(definition.create(options), {
    rows: ROWS,
    seed: 3,
  });
  try {
    const batches = Array.from(
      { length: BATCHES },
      (_, step) => measure.at(point, step),
    );
    return {
      loss: estimate(batches.map(({ loss }) => loss)),
      slopes: columnEstimates(
        batches.flatMap(({ slopes }) => [...slopes]),
        PARAMETERS.length,
      ),
    };
  } finally {
    measure.dispose();
  }
}

type Study = ReturnType<typeof study>;

const ENCODER = [0, 1, 2, 3];

/** Noise of the encoder's gradient: the sum of the means' squared errors. */
const noise = ({ slopes }: Study) =>
  ENCODER.reduce((sum, i) => sum + slopes[i]!.error ** 2, 0);

function expectSameMeans(one: Study, other: Study): void {
  one.slopes.forEach(({ mean, error }, i) => {
    const rest = mean - other.slopes[i]!.mean;
    const allowed = 6 * Math.hypot(error, other.slopes[i]!.error) + 1e-4;
    expect(Math.abs(rest), PARAMETERS[i]).toBeLessThan(allowed);
  });
}

/** A q(z|x) that training has brought near. */
const NEAR: Point = EXACT.map((value, i) =>
  value + [0.2, -0.2, -0.1, 0.2, 0, 0, 0, 0, 0][i]!
);

describe("dreg", () => {
  test.each([5, 20])(
    "has the mean gradient of iwae, of less noise, with %i draws",
    (samples) => {
      const [own, other] = [
        study(dreg({ samples }), NEAR),
        study(iwae({ samples }), NEAR),
      ];
      expectSameMeans(own, other);
      expect(own.loss.mean).toBeCloseTo(other.loss.mean, 5);
      expect(noise(own)).toBeLessThan(0.5 * noise(other));
    },
  );

  it("is stl with one draw", () => {
    const [own, other] = [
      study(dreg({ samples: 1 }), AWAY),
      study(stl(), AWAY),
    ];
    own.slopes.forEach(({ mean }, i) =>
      expect(mean).toBeCloseTo(other.slopes[i]!.mean, 4)
    );
  });
});

describe("stl", () => {
  it("has the mean gradient of elbo", () => {
    expectSameMeans(study(stl(), AWAY), study(elbo(), AWAY));
  });

  it("has a gradient without noise where q(z|x) is exact", () => {
    const own = study(stl(), EXACT);
    for (const i of ENCODER) {
      expect(Math.abs(own.slopes[i]!.mean)).toBeLessThan(1e-5);
      expect(own.slopes[i]!.error).toBeLessThan(1e-6);
    }
    expect(noise(study(elbo(), EXACT))).toBeGreaterThan(1e-4);
  });
});

test("iwae comes near the likelihood as its draws grow", () => {
  const { elbo: least, logLikelihood } = knownAt(AWAY);
  const bounds = [1, 5, 50].map((samples) =>
    -study(iwae({ samples }), AWAY).loss.mean
  );
  expect(bounds[0]).toBeCloseTo(least, 0);
  bounds.slice(1).forEach((bound, i) =>
    expect(bound).toBeGreaterThan(bounds[i]!)
  );
  expect(bounds.at(-1)).toBeLessThan(logLikelihood);
  expect(bounds.at(-1)).toBeGreaterThan(0.75 * logLikelihood + 0.25 * least);
});

describe("free bits", () => {
  // Dimensions of 0.890 and 0.185 nats.
  const { reconstruction, kl: [wide, narrow] } = knownAt(AWAY);

  test.each([
    [0, wide + narrow],
    [0.1, wide + narrow],
    [0.5, wide + 0.5],
    [1, 2],
  ])("%d cost nothing in each dimension", (freeBits, cost) => {
    const { loss } = study(elbo({ freeBits }), AWAY);
    expect(Math.abs(loss.mean - reconstruction - cost))
      .toBeLessThan(6 * loss.error);
  });

  it("pull at no dimension that has less", () => {
    const all = study(elbo(), AWAY).slopes;
    const some = study(elbo({ freeBits: 0.5 }), AWAY).slopes;
    // By the prior's mean only the KL has a gradient.
    expect(some[4]!.mean).toBeCloseTo(all[4]!.mean, 5);
    expect(some[5]!.mean).toBe(0);
    expect(all[5]!.mean).not.toBe(0);
  });
});
