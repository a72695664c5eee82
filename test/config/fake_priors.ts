import * as v from "valibot";
import {
  definePrior,
  type PriorDefinition,
  type PriorPlugin,
} from "../../core/vae/plugin/prior.ts";

/** A prior that is never built. */
export function fakePrior(
  overrides: Partial<Record<keyof PriorDefinition, unknown>> = {},
): PriorPlugin {
  const plugin = definePrior({
    name: "fake",
    version: "1.0.0",
    apiVersion: 1,
    module: "file:///priors/fake.ts",
    description: "Never built",
    options: v.strictObject({
      alpha: v.optional(v.pipe(v.number(), v.gtValue(0)), 1),
      name: v.optional(v.string(), "x"),
    }),
    head: () => ({}),
    create: () => {
      throw new Error("never built");
    },
    ...overrides as object,
  });
  return plugin as unknown as PriorPlugin;
}
