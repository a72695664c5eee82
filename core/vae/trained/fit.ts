/** Whether a training's weights are those of a model. @module */

import { UserError } from "../../lib/errors.ts";
import type { Training } from "../model/artifacts.ts";
import type { Model } from "../model/model.ts";
import type { TrainedModel } from "../model/open_model.ts";
import { denseParameters } from "../plugin/layers.ts";

/**
 * Refuses weights of another model, as where a plugin's code has changed since.
 *
 * @param label of the trial
 * @throws {UserError} naming the first weight that does not fit.
 */
export function requireFit(
  { model, variables }: TrainedModel,
  { architecture }: Training,
  label: string,
): void {
  const wanted = shapesOf(model);
  const found = Object.fromEntries(
    Object.entries(variables).map(([name, { shape }]) => [name, shape]),
  );
  const action = `Cannot open the model of ${label}`;
  const hint = "Its plugins are others than it was trained with: run it again";
  for (const name of new Set([...Object.keys(wanted), ...Object.keys(found)])) {
    if (String(wanted[name]) === String(found[name])) continue;
    throw new UserError(
      `${action}: its weight "${name}" is ${describe(found[name])}, want ${
        describe(wanted[name])
      }`,
      { hint },
    );
  }
  const head = Object.entries(architecture.head);
  const built = Object.entries(model.prior.head)
    .map(([name, { units }]) => [name, units]);
  if (String(head) === String(built)) return;
  throw new UserError(
    `${action}: its posterior has ${head.join(" ")}, want ${built.join(" ")}`,
    { hint },
  );
}

type Shapes = Readonly<Record<string, readonly number[]>>;

/** Shapes of all that a model learns, by path, as `attach_prior` lays them out. */
function shapesOf({ prior, encoder, decoder, likelihood }: Model): Shapes {
  const units = Object.values(prior.head).reduce((sum, n) => sum + n.units, 0);
  const parameters = {
    ...encoder.parameters,
    ...denseParameters("head", { inputs: encoder.features, outputs: units }),
    ...decoder.parameters,
    ...prefixed("prior", prior.learnt),
    ...prefixed("likelihood", likelihood.learnt),
  };
  return Object.fromEntries(
    Object.entries(parameters).map(([name, { shape }]) => [name, shape]),
  );
}

function prefixed<T>(
  owner: string,
  learnt: Readonly<Record<string, T>> = {},
): Readonly<Record<string, T>> {
  return Object.fromEntries(
    Object.entries(learnt).map(([name, one]) => [`${owner}/${name}`, one]),
  );
}

function describe(shape: readonly number[] | undefined): string {
  return shape === undefined ? "missing" : `of shape [${shape.join(", ")}]`;
}
