/**
 * The entries of `priors`: found, loaded, checked, their options validated.
 *
 * @module
 */

import { UserError } from "../../lib/errors.ts";
import { builtInPriors } from "./built_in.ts";
import { checkPrior, isPriorPlugin, isPriorReference } from "./check.ts";
import { loadPrior } from "./load.ts";
import type { PriorDefinition } from "./prior.ts";
import { deepFreeze } from "../../lib/freeze.ts";
import { distinguish, wholeLabel } from "./label.ts";
import { locateModule, type NamePlace } from "../../config/locate.ts";
import { refuseMainModule } from "../../config/main_module.ts";
import { readOptions } from "../../config/read_options.ts";
import { show } from "../../lib/suggest.ts";
import type { ResolvedPrior } from "../config.ts";

/** Where the entries of a config come from. */
export interface PriorPlace {
  /** Folder of the config. */
  readonly baseDirectory: string;
  /** The config's own file. */
  readonly configFile: string | null;
}

/**
 * Resolves the entries of `priors`, in their order.
 *
 * @throws {UserError} naming the entry, the plugin and, for options, the key.
 */
export async function resolvePriors(
  entries: readonly unknown[],
  place: PriorPlace,
): Promise<readonly ResolvedPrior[]> {
  const priors: ResolvedPrior[] = [];
  for (const [index, entry] of entries.entries()) {
    priors.push(await resolvePrior(entry, index, place));
  }
  checkUnique(priors);
  return distinguish(priors).map((prior) => Object.freeze(prior));
}

async function resolvePrior(
  entry: unknown,
  index: number,
  place: PriorPlace,
): Promise<ResolvedPrior> {
  const where = `priors[${index}]`;
  const [definition, given] = await readEntry(entry, where, place);
  refuseMainModule(definition.module, {
    what: `prior "${definition.name}"`,
    configFile: place.configFile,
  });
  const options = readOptions(definition.options, given ?? {}, {
    path: where,
    owner: `prior "${definition.name}"`,
  });
  return {
    definition,
    options: deepFreeze(options),
    label: wholeLabel(definition, options),
  };
}

async function readEntry(
  entry: unknown,
  where: string,
  place: PriorPlace,
): Promise<readonly [PriorDefinition, unknown]> {
  const { baseDirectory } = place;
  if (typeof entry === "string") {
    return [await findPrior(entry, { where, baseDirectory }), {}];
  }
  if (isPriorPlugin(entry)) return [checkPrior(entry.definition, where), {}];
  if (isPriorReference(entry)) {
    return [checkPrior(entry.definition, where), entry.options];
  }
  if (
    Array.isArray(entry) && typeof entry[0] === "string" && entry.length <= 2
  ) {
    return [await findPrior(entry[0], { where, baseDirectory }), entry[1]];
  }
  throw new UserError(
    `Cannot read "${where}": found ${
      show(entry)
    }, want a prior: one imported from plugins/ and called, "./my_prior.ts", or ["./my_prior.ts", { options }]`,
  );
}

async function findPrior(
  name: string,
  place: NamePlace,
): Promise<PriorDefinition> {
  const plugin = await loadPrior(locatePrior(name, place));
  return plugin.definition;
}

/**
 * URL of the module that a string names: a path, a file of `plugins/`, or an
 * npm package with or without its prefix `vae-prior-`.
 *
 * @throws {UserError} where there is no such prior.
 */
export function locatePrior(name: string, place: NamePlace): string {
  return locateModule(name, place, {
    what: "prior",
    builtIn: builtInPriors(),
    prefix: "vae-prior-",
  });
}

function checkUnique(priors: readonly ResolvedPrior[]): void {
  const seen = new Map<string, { prior: ResolvedPrior; index: number }>();
  const used = new Map<string, number>();
  for (const [index, prior] of priors.entries()) {
    const { name, module } = prior.definition;
    const other = seen.get(name);
    if (other !== undefined && other.prior.definition.module !== module) {
      throw new UserError(
        `Cannot use two priors named "${name}": priors[${other.index}] is ${other.prior.definition.module}, priors[${index}] is ${module}`,
        { hint: "Rename one of them: its name in definePrior" },
      );
    }
    seen.set(name, { prior, index });
    const key = `${name} ${JSON.stringify(prior.options)}`;
    const twin = used.get(key);
    if (twin !== undefined) {
      throw new UserError(
        `Cannot use prior "${prior.label}" twice: priors[${twin}] and priors[${index}] have the same options`,
        {
          hint:
            'To train it more than once, give several seeds: "seed": [0, 1]',
        },
      );
    }
    used.set(key, index);
  }
}
