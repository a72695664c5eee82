/** Configs that tests normalise. @module */

import { fileURLToPath } from "node:url";
import { expect } from "vitest";
import { normaliseConfig, type VaeOptions } from "../../core/vae/normalise.ts";
import { UserError } from "../../core/lib/errors.ts";
import { fakeStages } from "./fake_stages.ts";

export const here = fileURLToPath(new URL(".", import.meta.url));

/** The config as the stages get it, with stages that are named and no more. */
export function normalise(config: unknown, options: VaeOptions = {}) {
  return normaliseConfig(config, {
    baseDirectory: here,
    defaultStages: fakeStages,
    ...options,
  });
}

/** What its mistakes are refused with. */
export async function faultOf(
  config: unknown,
  options?: VaeOptions,
): Promise<UserError> {
  const error = await normalise(config, options).catch((error) => error);
  expect(error).toBeInstanceOf(UserError);
  return error as UserError;
}
