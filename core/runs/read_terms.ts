/**
 * What the figures of a record are the means of, image by image, from the store.
 *
 * @module
 */

import type { ArtifactStore } from "../store/store.ts";
import { GROUPS, UNMEASURED } from "../vae/figures.ts";
import type { Measured } from "../vae/figures/figure.ts";
import { artifactDigest } from "./make_record.ts";
import { readValue } from "./read_value.ts";
import { type RunRecord, stagesOf, type TrialRecord } from "./record.ts";

/** Gives what was measured of a trial, as far as the store has it. */
export type MeasuredOf = (trial: TrialRecord) => Measured;

/**
 * Reads the artifacts that have terms of a record's figures. What is not in the
 * store, or is not what the record speaks of, is left out.
 */
export async function readTerms(
  record: RunRecord,
  { admin }: ArtifactStore,
): Promise<MeasuredOf> {
  const found = new Map<TrialRecord, Measured>();
  for (const trial of record.trials) {
    let measured = UNMEASURED;
    for (const { figures, from } of GROUPS) {
      if (!figures.some(({ terms }) => terms !== undefined)) continue;
      for (const { name, key, digest } of stagesOf(record, trial)) {
        const address = { stage: name, key };
        const manifest = (await admin.look(address))?.manifest;
        if (!manifest?.gives.includes(from)) continue;
        if (digest !== artifactDigest(manifest)) continue;
        const source = {
          manifest: () => Promise.resolve(manifest),
          read: admin.readFile.bind(admin),
        };
        // What is damaged is said by the check of the record.
        const value = await readValue(source, address, manifest)
          .catch(() => null) as Partial<Measured> | null;
        measured = { ...measured, [from]: value?.[from] ?? null };
      }
    }
    found.set(trial, measured);
  }
  return (trial) => found.get(trial) ?? UNMEASURED;
}
