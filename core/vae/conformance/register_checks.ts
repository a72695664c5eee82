/**
 * The checks of a plugin as tests of vitest.
 *
 * @module
 */

import { readOptions } from "../../config/read_options.ts";
import { type EngineChoice, ensureEngine } from "../../engine/engine.ts";
import { startEngine } from "../../engine/start.ts";
import { UserError } from "../../lib/errors.ts";
import type { PluginDefinition } from "../plugin/kind.ts";
import { labelOf } from "../plugin/label.ts";
import type { Check } from "./check.ts";
import type { Kit } from "./kit.ts";
import { runCheck } from "./run_checks.ts";

/** What of vitest is used. */
interface TestRunner {
  describe(name: string, body: () => void): unknown;
  it(
    name: string,
    body: (context: { skip(note?: string): unknown }) => Promise<void>,
    timeout?: number,
  ): unknown;
}

/** How a plugin is tested, whatever its kind. */
export interface CheckSettings extends Partial<TestRunner> {
  /** Options of the plugin; default its defaults. */
  readonly options?: Readonly<Record<string, unknown>>;
  /** Default `auto`. */
  readonly engine?: EngineChoice;
  /** Seed of all draws. Default 0. */
  readonly seed?: number;
  /** Longest that one check may take, in milliseconds. Default ten minutes: it
   * only ends what hangs. */
  readonly timeout?: number;
}

/**
 * Registers the checks of a kind, one `it` each.
 *
 * @throws {UserError} where the plugin has no such options, or there is no such
 * share of draws.
 */
export async function registerChecks<
  Definition extends PluginDefinition,
  Asked,
>(
  kit: Kit<Definition, Asked>,
  definition: Definition,
  settings: CheckSettings & { readonly drawShare?: number },
): Promise<void> {
  const { kind, checks } = kit;
  const { engine = "auto", seed, drawShare = 1, timeout = 600_000 } = settings;
  if (!(drawShare > 0 && drawShare <= 1)) {
    throw new UserError(
      `Cannot check ${kind.name} "${definition.name}": drawShare is ${drawShare}, want a number above 0 and up to 1`,
    );
  }
  const options = readOptions(definition.options, settings.options ?? {}, {
    path: definition.name,
    owner: `${kind.name} "${definition.name}"`,
  });
  const { describe, it } = await runner(settings);
  const subject = kit.subject({ definition, options }, { seed, drawShare });
  let started: Promise<unknown> | undefined;
  describe(`${labelOf(kind, { definition, options })} on ${engine}`, () => {
    for (const check of checks) {
      it(check.title, async (context) => {
        await (started ??= start(engine));
        const reason = examine(check, subject);
        if (reason !== undefined) context.skip(reason);
      }, timeout);
    }
  });
}

/** Why the check does not apply; undefined where it passes. */
function examine<Asked>(
  check: Check<Asked>,
  subject: Asked,
): string | undefined {
  const { verdict, found, hint } = runCheck(check, subject);
  if (verdict === "pass") return undefined;
  if (verdict === "not applicable") return found;
  throw new Error(hint === undefined ? found : `${found}\nhint: ${hint}`);
}

async function start(choice: EngineChoice): Promise<void> {
  await startEngine(await ensureEngine(choice), { threads: 1 });
}

async function runner({ describe, it }: CheckSettings): Promise<TestRunner> {
  if (describe !== undefined && it !== undefined) return { describe, it };
  return await import(/* @vite-ignore */ VITEST) as TestRunner;
}

/** Not named in the import: it is there where there are tests, and nobody else should look for it. */
const VITEST = "vitest";
