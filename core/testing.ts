/**
 * The conformance kit as tests for vitest: `vae-priors/testing`.
 *
 * @module
 */

import { priorKind } from "./vae/plugin/kinds.ts";
import { labelOf } from "./vae/plugin/label.ts";
import { readOptions } from "./config/read_options.ts";
import {
  type Check,
  CHECKS,
  createSubject,
  runCheck,
  type Subject,
} from "./vae/conformance/mod.ts";
import { type EngineChoice, ensureEngine } from "./engine/engine.ts";
import { startEngine } from "./engine/start.ts";
import { UserError } from "./lib/errors.ts";
import type { PriorPlugin } from "./vae/plugin/prior.ts";

/** What of vitest is used. */
export interface TestRunner {
  describe(name: string, body: () => void): unknown;
  it(
    name: string,
    body: (context: { skip(note?: string): unknown }) => Promise<void>,
    timeout?: number,
  ): unknown;
}

/** Options of {@link testPrior}. */
export interface TestPriorOptions extends Partial<TestRunner> {
  /** Options of the prior; default its defaults. */
  readonly options?: Readonly<Record<string, unknown>>;
  /** Default `auto`. */
  readonly engine?: EngineChoice;
  /** Seed of all draws. Default 0. */
  readonly seed?: number;
  /**
   * Share of the draws that `vae-priors check` makes, above 0 and up to 1: with
   * fewer a check is quicker and finds less, but is as rarely wrong. Default 1.
   */
  readonly drawShare?: number;
  /** Longest that one check may take, in milliseconds. Default ten minutes: it
   * only ends what hangs. */
  readonly timeout?: number;
}

/**
 * Registers the checks of `vae-priors check` as tests, one `it` each. What
 * cannot be asked of the prior is skipped, with the reason.
 *
 * `describe` and `it` are vitest's; where they are not given, they are imported
 * from it.
 *
 * @throws {UserError} where the prior has no such options, or there is no such
 * share.
 *
 * @example
 * ```ts
 * import { describe, it } from "vitest";
 * import { testPrior } from "vae-priors/testing";
 * import myPrior from "./my_prior.ts";
 *
 * await testPrior(myPrior, { describe, it, options: { scale: 0.5 } });
 * ```
 */
export async function testPrior(
  { definition }: Pick<PriorPlugin, "definition">,
  settings: TestPriorOptions = {},
): Promise<void> {
  const { engine = "auto", seed, drawShare = 1, timeout = 600_000 } = settings;
  if (!(drawShare > 0 && drawShare <= 1)) {
    throw new UserError(
      `Cannot check prior "${definition.name}": drawShare is ${drawShare}, want a number above 0 and up to 1`,
    );
  }
  const options = readOptions(definition.options, settings.options ?? {}, {
    path: definition.name,
    owner: `prior "${definition.name}"`,
  });
  const { describe, it } = await runner(settings);
  const subject = createSubject({ definition, options }, { seed, drawShare });
  let started: Promise<unknown> | undefined;
  describe(`${labelOf(priorKind, { definition, options })} on ${engine}`, () => {
    for (const check of CHECKS) {
      it(check.title, async (context) => {
        await (started ??= start(engine));
        const reason = examine(check, subject);
        if (reason !== undefined) context.skip(reason);
      }, timeout);
    }
  });
}

/** Why the check does not apply; undefined where it passes. */
function examine(check: Check, subject: Subject): string | undefined {
  const { verdict, found, hint } = runCheck(check, subject);
  if (verdict === "pass") return undefined;
  if (verdict === "not applicable") return found;
  throw new Error(hint === undefined ? found : `${found}\nhint: ${hint}`);
}

async function start(choice: EngineChoice): Promise<void> {
  await startEngine(await ensureEngine(choice), { threads: 1 });
}

async function runner({ describe, it }: TestPriorOptions): Promise<TestRunner> {
  if (describe !== undefined && it !== undefined) return { describe, it };
  return await import(/* @vite-ignore */ VITEST) as TestRunner;
}

/** Not named in the import: it is there where there are tests, and nobody else should look for it. */
const VITEST = "vitest";
