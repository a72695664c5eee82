/**
 * From a config to the stages that would run: checked, ordered, with their
 * keys. Nothing of a run happens here, and no engine is started.
 *
 * @module
 */

import { join } from "node:path";
import type { ResolvedConfig, ResolvedPrior } from "../config/types.ts";
import type { EngineInfo } from "../engine/engine.ts";
import { deriveSeed } from "../engine/seed.ts";
import { engineSurroundings } from "../engine/surroundings.ts";
import { messageOf, UserError } from "../errors.ts";
import { sha256 } from "../store/files.ts";
import { localFolder } from "../store/local_folder.ts";
import { type DigestFile, fileDigester } from "./key/file_digest.ts";
import {
  fieldsOf,
  keyOf,
  sourcesOf,
  writeOptions,
  type WrittenOptions,
} from "./key/keys.ts";
import {
  type Member,
  nameMembers,
  stageTitle,
  type TitlePart,
} from "./run_names.ts";
import { type SourceDigester, sourceDigester } from "./source/digest.ts";
import { type SourceHistory, sourceHistory } from "./source/history.ts";
import type { Stage } from "./stage.ts";
import { orderStages } from "./stage_graph.ts";
import type { Plan, RunPlan, StageNode } from "./types.ts";

/**
 * Plans every run of a config.
 *
 * @throws {UserError} Where the stages do not fit together, two runs would be
 * the same, or a source or an input from outside cannot be read.
 */
export async function planPipeline(
  config: ResolvedConfig,
  engine: EngineInfo,
): Promise<Plan> {
  const stages = orderStages(config.stages);
  const members = nameMembers(config);
  const sources = await digesterOf(config).digest(
    new Set(stages.flatMap((stage) => {
      const priors = stage.uses.includes("prior") ? config.priors : [null];
      return priors.flatMap((prior) => sourcesOf(stage, prior))
        .map(({ module }) => module);
    })),
  );
  const files = fileDigester(
    join(localFolder(storeDirectory(config)), ".files.json"),
  );
  const outside = new Map(
    await Promise.all(
      stages.map(async (stage) =>
        [stage, await readOutside(stage, config, files.digest)] as const
      ),
    ),
  );
  await files.save();
  const surroundings = engineSurroundings(engine.name, config.threads);
  const written = writeAllOptions(config, stages);
  const nodes = new Map<string, StageNode>();
  const runs: RunPlan[] = [];
  for (const { id, label, ...member } of members) {
    const given = new Map<string, GivenBy>();
    const keys: string[] = [];
    for (const stage of stages) {
      const depends = new Set<TitlePart>(
        stage.needs.flatMap((name) => [...given.get(name)!.depends]),
      );
      for (const use of stage.uses) if (use !== "engine") depends.add(use);
      const parts = {
        stage,
        options: config.stageOptions[stage.name] ?? {},
        prior: stage.uses.includes("prior") ? member.prior : null,
        latentDim: stage.uses.includes("latentDim") ? member.latentDim : null,
        seed: stage.uses.includes("seed")
          ? deriveSeed(member.seed, stage.name)
          : null,
        inputs: Object.fromEntries(
          stage.needs.map((name) => [name, given.get(name)!.key]),
        ),
      };
      const fields = fieldsOf({
        ...parts,
        options: written.get(stage)!,
        priorOptions: written.get(member.prior)!,
        seed: stage.uses.includes("seed") ? member.seed : null,
        engine: stage.uses.includes("engine") ? engine : null,
        surroundings,
        outside: outside.get(stage)!,
        sources,
      });
      const key = keyOf(fields);
      const title = stageTitle(stage.name, member, { config, depends });
      if (!nodes.has(key)) nodes.set(key, { key, fields, ...parts, title });
      for (const name of stage.gives) given.set(name, { key, depends });
      keys.push(key);
    }
    runs.push({ id, label, ...member, nodes: keys });
  }
  return { id: planId(config.name, nodes.keys()), config, engine, nodes, runs };
}

/**
 * `default-1a2b3c4d`: the name with a digest of all keys. Names that differ in
 * their capitals alone have other digests, for some disks do not tell them
 * apart.
 */
function planId(name: string, keys: Iterable<string>): string {
  const parts = [...keys].sort();
  if (name !== name.toLowerCase()) parts.push(name);
  return `${name}-${sha256(parts.join("\n")).slice(0, 8)}`;
}

/** The store of a config: an absolute folder, or a URL. */
export function storeDirectory(
  config: Pick<ResolvedConfig, "storeDirectory">,
): string {
  return config.storeDirectory;
}

/** What the sources of stored artifacts were. */
export function historyOf(
  config: Pick<ResolvedConfig, "storeDirectory">,
): SourceHistory {
  return sourceHistory(join(localFolder(storeDirectory(config)), ".sources"));
}

/** The source digester of a config, which remembers beside the store. */
export function digesterOf(
  config: Pick<ResolvedConfig, "storeDirectory">,
): SourceDigester {
  return sourceDigester(
    join(localFolder(storeDirectory(config)), ".sources.json"),
  );
}

/** The options of stages and of priors, once for all runs. */
function writeAllOptions(
  { priors, stageOptions }: ResolvedConfig,
  stages: readonly Stage[],
): ReadonlyMap<Stage | ResolvedPrior, WrittenOptions> {
  return new Map<Stage | ResolvedPrior, WrittenOptions>([
    ...stages.map((stage) =>
      [
        stage,
        writeOptions(stageOptions[stage.name] ?? {}, `stage "${stage.name}"`),
      ] as const
    ),
    ...priors.map((prior) =>
      [
        prior,
        writeOptions(prior.options, `prior "${prior.definition.name}"`),
      ] as const
    ),
  ]);
}

interface GivenBy {
  readonly key: string;
  /** What of the run it depends on, itself or through its needs. */
  readonly depends: ReadonlySet<keyof Member>;
}

async function readOutside(
  stage: Stage,
  config: ResolvedConfig,
  digest: DigestFile,
): Promise<Readonly<Record<string, string>>> {
  if (stage.inputs === undefined) return {};
  try {
    const options = config.stageOptions[stage.name] ?? {};
    const { baseDirectory } = config;
    return await stage.inputs(options, { baseDirectory, digest });
  } catch (cause) {
    if (cause instanceof UserError) throw cause;
    throw new Error(`Cannot plan stage "${stage.name}": ${messageOf(cause)}`, {
      cause,
    });
  }
}
