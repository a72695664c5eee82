/**
 * The stages of the pipeline: the default ones, and those of the config.
 *
 * @module
 */

import { UserError } from "../lib/errors.ts";
import type { Stage } from "../pipeline/stage.ts";
import { checkStage, isStage } from "../pipeline/check_stage.ts";
import { loadStage } from "../pipeline/load_stage.ts";
import { locateModule, type NamePlace } from "./locate.ts";
import { refuseMainModule } from "./main_module.ts";
import { didYouMean, quoteAll, show } from "../lib/suggest.ts";

/** Where the stages of a config come from. */
export interface StagePlace {
  readonly baseDirectory: string;
  readonly configFile: string | null;
  /** Stages that are there without being asked for. */
  readonly defaults: readonly Stage[];
  /** Keys of a config that are not names of stages. */
  readonly configKeys: readonly string[];
}

/**
 * Resolves `stages`: each is added, or replaces the default of its name.
 *
 * @throws {UserError} naming the entry and the stage.
 */
export async function resolveStages(
  entries: readonly unknown[],
  place: StagePlace,
): Promise<readonly Stage[]> {
  const stages = new Map(place.defaults.map((stage) => [stage.name, stage]));
  const given = new Map<string, number>();
  for (const [index, entry] of entries.entries()) {
    const where = `stages[${index}]`;
    const stage = await readEntry(entry, where, place.baseDirectory);
    const twin = given.get(stage.name);
    if (twin !== undefined) {
      throw new UserError(
        `Cannot use two stages named "${stage.name}": stages[${twin}] and ${where}`,
        { hint: "Rename one of them: its name in defineStage" },
      );
    }
    if (place.configKeys.includes(stage.name)) {
      throw new UserError(
        `Cannot use stage "${stage.name}" (${where}): a config has a key of that name`,
        { hint: "Rename it: its name in defineStage" },
      );
    }
    refuseMainModule(stage.module, {
      what: `stage "${stage.name}"`,
      configFile: place.configFile,
    });
    given.set(stage.name, index);
    stages.set(stage.name, stage);
  }
  return [...stages.values()];
}

/**
 * The stages but those in `without`.
 *
 * @throws {UserError} where there is no stage of a name.
 */
export function leaveOut(
  stages: readonly Stage[],
  without: string | readonly string[],
): readonly Stage[] {
  const names = stages.map(({ name }) => name);
  const left = [without].flat();
  const unknown = left.find((name) => !names.includes(name));
  if (unknown === undefined) {
    return stages.filter(({ name }) => !left.includes(name));
  }
  const hint = didYouMean(unknown, names);
  throw new UserError(
    `Cannot read "without": found "${unknown}", want names of stages: ${
      quoteAll(names)
    }`,
    hint === undefined ? {} : { hint },
  );
}

async function readEntry(
  entry: unknown,
  where: string,
  baseDirectory: string,
): Promise<Stage> {
  if (isStage(entry)) return checkStage(entry, where);
  if (typeof entry === "string") {
    return await loadStage(locateStage(entry, { where, baseDirectory }));
  }
  throw new UserError(
    `Cannot read "${where}": found ${
      show(entry)
    }, want a stage made with defineStage, or the path of its module: "./my_stage.ts"`,
  );
}

/**
 * URL of the module that a string names: a path, or an npm package.
 *
 * @throws {UserError} where there is no such package.
 */
export function locateStage(name: string, place: NamePlace): string {
  return locateModule(name, place, { what: "stage" });
}
