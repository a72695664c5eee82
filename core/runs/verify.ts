/**
 * Reads every byte of a store and tells what is not as it was written, or not
 * as a record has it.
 *
 * @module
 */

import type { KeptArtifact } from "../store/admin.ts";
import { DamagedArtifactError } from "../store/damaged.ts";
import type { ArtifactAddress, ArtifactStore } from "../store/store.ts";
import { checkRecord, type Mismatch } from "./check_record.ts";
import type { RunRecord } from "./record.ts";

/** Options of {@link verifyStore}. */
export interface VerifyOptions {
  /** Moves what is damaged to quarantine: the next run makes it again. */
  readonly repair?: boolean;
  /** Records whose artifacts are to be the recorded ones; default none. */
  readonly records?: readonly RunRecord[];
  /** Called before each artifact, with what was read so far and is to be read. */
  readonly onProgress?: (done: number, total: number) => void;
  readonly signal?: AbortSignal;
}

/** An artifact that is not as it was written. */
interface Damage extends ArtifactAddress {
  readonly problems: readonly string[];
  /** It lies in quarantine now. */
  readonly repaired: boolean;
}

/** What {@link verifyStore} found. */
export interface Verification {
  /** Artifacts that were read. */
  readonly count: number;
  readonly bytes: number;
  readonly damaged: readonly Damage[];
  /** Files and folders that belong to nothing, by their path in the store. */
  readonly unknown: readonly string[];
  /** Artifacts that are not those of the records here. */
  readonly mismatches: readonly Mismatch[];
  /** Artifacts in quarantine, from now and before. */
  readonly quarantined: number;
}

/**
 * Verifies a whole store. Commands may go on meanwhile: what was replaced or
 * removed under its eyes is looked at again.
 *
 * @throws {unknown} the signal's reason.
 */
export async function verifyStore(
  store: ArtifactStore,
  options: VerifyOptions = {},
): Promise<Verification> {
  const { admin } = store;
  const artifacts = await admin.list();
  const total = artifacts.reduce((sum, { bytes }) => sum + bytes, 0);
  const damaged: Damage[] = [];
  const unknown: string[] = [];
  let read = 0;
  for (const artifact of artifacts) {
    options.signal?.throwIfAborted();
    options.onProgress?.(read, total);
    const { address } = artifact;
    const problems = await verifyTwice(artifact, store);
    if (problems.length > 0) {
      const repaired = options.repair === true && await shelve(address, store);
      damaged.push({ ...address, problems, repaired });
    }
    for (const path of await admin.strangers(address)) {
      unknown.push(`${address.stage}/${address.key}/${path}`);
    }
    read += artifact.bytes;
  }
  options.onProgress?.(total, total);
  const mismatches: Mismatch[] = [];
  for (const record of options.records ?? []) {
    options.signal?.throwIfAborted();
    mismatches.push(
      // What is damaged has been said.
      ...(await checkRecord(record, store)).filter(({ stage, key }) =>
        !damaged.some((one) => one.stage === stage && one.key === key)
      ),
    );
  }
  const orphans = await admin.orphans();
  return {
    count: artifacts.length,
    bytes: total,
    damaged,
    unknown: [
      ...unknown,
      ...orphans.filter(({ kind }) => kind === "unknown")
        .map(({ path }) => path),
    ],
    mismatches,
    quarantined: orphans.filter(({ kind }) => kind === "quarantine").length,
  };
}

/** Reading what is damaged moves it to quarantine. */
async function shelve(
  address: ArtifactAddress,
  store: ArtifactStore,
): Promise<boolean> {
  try {
    await store.read(address);
    return false;
  } catch (error) {
    if (error instanceof DamagedArtifactError) return true;
    throw error;
  }
}

/** What is damaged stays so; what was being replaced is whole the second time. */
async function verifyTwice(
  { address }: KeptArtifact,
  { admin }: ArtifactStore,
): Promise<readonly string[]> {
  const problems = await admin.verify(address);
  return problems.length === 0 ? problems : await admin.verify(address);
}
