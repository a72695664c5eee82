import { expect, test } from "vitest";
import { isTensorFlowLoaded } from "../../core/engine/tf.ts";
import { UserError } from "../../core/lib/errors.ts";
import { defaultStages } from "../../core/vae/stages/mod.ts";
import { normaliseConfig } from "../../core/vae/normalise.ts";
import * as plugins from "../../plugins/mod.ts";
import { dreg, elbo, iwae, stl } from "../../plugins/objectives/mod.ts";
import { fakePrior } from "../config/fake_priors.ts";

/** As far as a plan looks at it; without densities. */
const bare = fakePrior({
  name: "bare",
  create: () => ({ head: {} }),
});

const freeBits = elbo({ freeBits: 0.5 });

test.each([
  ["densities of p(z) and q(z|x)", "IWAE(5)", iwae()],
  ["densities of p(z) and q(z|x)", "DReG(2)", dreg({ samples: 2 })],
  ["densities of p(z) and q(z|x)", "STL", stl()],
])(
  "a plan says that a prior has no %s for %s",
  async (what, label, objective) => {
    const planned = normaliseConfig({
      priors: [plugins.gaussian(), bare()],
      objectives: [elbo(), objective],
    });
    await expect(planned).rejects.toThrow(UserError);
    await expect(planned).rejects.toThrow(
      `Cannot train Bare(1,x) by ${label}: objective "${objective.definition.name}" asks for the ${what}, prior "bare" has none`,
    );
    expect(isTensorFlowLoaded()).toBe(false);
  },
);

test.each([
  plugins.vamp(),
  plugins.dirichlet(),
  plugins.gaussian({ covariance: "full" }),
  plugins.vonMisesFisher(),
])(
  "free bits want dimensions of their own, $definition.name",
  async (prior) => {
    await expect(normaliseConfig({ priors: [prior], objectives: freeBits }))
      .rejects.toThrow(
        `asks for independent dimensions, each with a KL in closed form, prior "${prior.definition.name}" has none`,
      );
  },
);

test("all priors of the project go with all that ask for densities alone", async () => {
  await normaliseConfig({
    priors: Object.values(plugins).map((plugin) => plugin()),
    objectives: [elbo(), iwae(), dreg(), stl()],
  });
  await normaliseConfig({
    priors: [plugins.gaussian(), plugins.beta(), plugins.vonMises()],
    objectives: freeBits,
  });
  expect(isTensorFlowLoaded()).toBe(false);
});

test("what is excluded, or never trained, need not go together", async () => {
  const config = { priors: [plugins.gaussian(), bare()], objectives: iwae() };
  await normaliseConfig({ ...config, exclude: [{ prior: "Bare(1,x)" }] });
  await normaliseConfig(config, {
    defaultStages: defaultStages.filter(({ name }) => name === "load_mnist"),
  });
  const error = await normaliseConfig(config).catch((error) => error);
  expect((error as UserError).hint).toContain(
    '"exclude": [{"prior":"Bare(1,x)","objective":"IWAE(5)"}]',
  );
});
