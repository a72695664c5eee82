/**
 * An artifact of the store by the beginning of its key.
 *
 * @module
 */

import { UserError } from "../lib/errors.ts";
import type { KeptArtifact } from "../store/admin.ts";
import type { ArtifactStore } from "../store/store.ts";

/** Whether a word may be the beginning of a key. */
export function looksLikeKey(word: string): boolean {
  return /^[0-9a-f]{4,64}$/.test(word);
}

/**
 * The artifact whose key begins with `prefix`; null where there is none.
 *
 * @throws {UserError} where several keys begin so.
 */
export async function findArtifact(
  prefix: string,
  store: ArtifactStore,
): Promise<KeptArtifact | null> {
  const found = (await store.admin.list())
    .filter(({ address }) => address.key.startsWith(prefix));
  if (found.length < 2) return found[0] ?? null;
  const names = found.map(({ address: { stage, key } }) =>
    `${stage} ${key.slice(0, prefix.length + 8)}`
  );
  throw new UserError(
    `Cannot tell which artifact "${prefix}" is: ${names.join(", ")} begin so`,
    { hint: "Write more of its key" },
  );
}
