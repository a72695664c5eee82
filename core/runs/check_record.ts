/**
 * Whether the artifacts of a run are those that its record speaks of: the
 * record has a digest of each, and figures that one of them gave.
 *
 * @module
 */

import { isDeepStrictEqual } from "node:util";
import type {
  ArtifactAddress,
  ArtifactManifest,
  ArtifactStore,
} from "../store/store.ts";
import { shortDigest } from "./format.ts";
import { isMade } from "../pipeline/status.ts";
import { CONDITIONS, GROUPS, hasFigures, UNMEASURED } from "../vae/figures.ts";
import type { FigureGroup, FigureSource } from "../vae/figures/figure.ts";
import { showNumber } from "../vae/figures/show.ts";
import { artifactDigest } from "./make_record.ts";
import { type ArtifactSource, readValue } from "./read_value.ts";
import {
  type RunRecord,
  type StageRecord,
  stagesOf,
  type TrialRecord,
} from "./record.ts";

/** An artifact that a record does not speak of truly. */
export interface Mismatch extends ArtifactAddress {
  readonly run: string;
  /** `evaluate Mine(1,2)`. */
  readonly title: string;
  readonly problem: string;
}

/** Compares the artifacts of a store, those that are there, with a record. */
export async function checkRecord(
  record: RunRecord,
  { admin }: ArtifactStore,
): Promise<readonly Mismatch[]> {
  return await findMismatches(record, {
    manifest: async (address) => {
      const found = await admin.look(address);
      return found?.problem ?? found?.manifest ?? null;
    },
    read: (address, path) => admin.readFile(address, path),
  });
}

/** Compares the artifacts that are there with a record. */
export async function findMismatches(
  record: RunRecord,
  source: ArtifactSource,
): Promise<readonly Mismatch[]> {
  const found: Mismatch[] = [];
  const manifests = new Map<string, ArtifactManifest>();
  const add = (stage: StageRecord, problem: string) => {
    const { name, key, title } = stage;
    found.push({ run: record.run, stage: name, key, title, problem });
  };
  for (const stage of record.stages.filter(isMade)) {
    const manifest = await source.manifest({
      stage: stage.name,
      key: stage.key,
    });
    if (manifest === null || stage.digest === null) continue;
    if (typeof manifest === "string") {
      add(stage, `it is damaged: ${manifest}`);
      continue;
    }
    const digest = artifactDigest(manifest);
    if (digest === stage.digest) manifests.set(stage.key, manifest);
    else {
      add(
        stage,
        `its files are not those of the record: digest ${
          shortDigest(digest)
        }, recorded ${shortDigest(stage.digest)}`,
      );
    }
  }
  for (const trial of record.trials) {
    for (const group of GROUPS) {
      // Whose files are not the recorded ones has been said.
      const stage = stagesOf(record, trial).findLast(({ key }) =>
        manifests.get(key)?.gives.includes(group.from)
      );
      if (stage === undefined || !hasFigures(group, trial.figures)) continue;
      const problem = await compareFigures(trial, stage, {
        group,
        source,
        manifest: manifests.get(stage.key)!,
      });
      if (problem !== null) add(stage, problem);
    }
  }
  return found;
}

/** `evaluate Mine(1,2) 1a2b3c4d: its files are ...`. */
export function describeMismatch(mismatch: Mismatch): string {
  const { title, key, problem } = mismatch;
  return `${title} ${shortDigest(key)}: ${problem}`;
}

async function compareFigures(
  { figures, conditions, label }: TrialRecord,
  { name, key }: StageRecord,
  { group: { from, figures: list }, source, manifest }: {
    readonly group: FigureGroup;
    readonly source: ArtifactSource;
    readonly manifest: ArtifactManifest;
  },
): Promise<string | null> {
  try {
    const value = await readValue(source, { stage: name, key }, manifest) as {
      readonly [Source in FigureSource]?: never;
    };
    const measured = { ...UNMEASURED, [from]: value[from] };
    // A record of another version may lack some, and its artifact as well.
    for (const figure of list) {
      const had = figures[figure.name];
      if (had === undefined) continue;
      const found = figure.read(measured);
      if (isDeepStrictEqual(had, found)) continue;
      return `the record has other figures of ${label} than it: ${figure.title} ${
        showNumber(figure, had.value)
      }, it gave ${found ? showNumber(figure, found.value) : "none"}`;
    }
    for (const [name, { read }] of Object.entries(CONDITIONS)) {
      const had = conditions[name];
      if (had === undefined) continue;
      const has = read(measured);
      if (has == null || has === had) continue;
      return `the record has figures of ${label} under other conditions than it: ${name} ${had}, it has ${has}`;
    }
    return null;
  } catch {
    return "it cannot be read";
  }
}
