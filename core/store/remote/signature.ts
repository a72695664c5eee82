/**
 * Signatures: who does not know the secret cannot put anything into a store
 * that would be taken for ours.
 *
 * @module
 */

import { createHmac, timingSafeEqual } from "node:crypto";
import { UserError } from "../../lib/errors.ts";
import type { FoundObject } from "./objects.ts";

/** The variable with the secret that those who share a store share. */
const KEY_VARIABLE = "VAE_PRIORS_STORE_KEY";

/** Signs and checks, where there is a secret. */
export interface Signer {
  /** Of an object's path and content; null where there is no secret. */
  sign(path: string, content: string | Uint8Array): string | null;
  /**
   * Checks an object's signature.
   *
   * @param what What it is, to a person: `artifact of stage "train" (0a1b2c3d)`.
   * @throws {UnsignedError}
   */
  check(
    path: string,
    found: Pick<FoundObject, "bytes" | "signature">,
    what: string,
  ): void;
}

/** An object without the right signature. It is not damaged: the secret may be wrong. */
export class UnsignedError extends UserError {}

/** Signs with the secret of this process's environment, if it has one. */
export function signer(env: NodeJS.ProcessEnv = process.env): Signer {
  const secret = env[KEY_VARIABLE] ?? "";
  if (secret === "") return { sign: () => null, check: () => {} };
  const sign = (path: string, content: string | Uint8Array) =>
    createHmac("sha256", secret).update(`${path}\n`).update(content)
      .digest("hex");
  return {
    sign,
    check: (path, { bytes, signature }, what) => {
      const wanted = Buffer.from(sign(path, bytes));
      const found = Buffer.from(signature ?? "");
      const same = wanted.length === found.length &&
        timingSafeEqual(wanted, found);
      if (same) return;
      throw new UnsignedError(
        `Cannot use the ${what}: it is ${
          signature === null ? "not signed" : "signed with another key"
        }, want a signature by ${KEY_VARIABLE}`,
        {
          hint:
            `Set ${KEY_VARIABLE} to what it was made with, or use another store`,
        },
      );
    },
  };
}
