/**
 * Failures of a connection's encryption that only a person can end.
 *
 * @module
 */

import { messageOf } from "../errors.ts";

/** What OpenSSL says of a certificate, by Node's names of it. */
const CERTIFICATE =
  /^(?:ERR_TLS_CERT_ALTNAME_INVALID|UNABLE_TO_(?:GET_ISSUER_CERT|GET_ISSUER_CERT_LOCALLY|VERIFY_LEAF_SIGNATURE|DECRYPT_CERT_SIGNATURE)|(?:DEPTH_ZERO_)?SELF_SIGNED_CERT(?:_IN_CHAIN)?|CERT_[A-Z_]+|INVALID_(?:CA|PURPOSE)|PATH_LENGTH_EXCEEDED|HOSTNAME_MISMATCH|ERR_SSL_[A-Z_]*CERT[A-Z_]*)$/;
/** What answers is no TLS, or of another version. */
const NO_TLS = /^(?:EPROTO|ERR_SSL_[A-Z_]+)$/;

/** A failure in words, and what to do about it. */
export interface EncryptionFailure {
  readonly why: string;
  readonly hint: string;
}

/**
 * Words for a certificate that cannot be verified, and for what does not speak
 * TLS; null for any other error.
 *
 * @param bundle How a bundle of certificates is given: `NODE_EXTRA_CA_CERTS`.
 */
export function encryptionFailure(
  error: unknown,
  bundle: string,
): EncryptionFailure | null {
  const { code } = Object(error) as { code?: unknown };
  if (typeof code !== "string") return null;
  if (CERTIFICATE.test(code)) {
    return {
      why: `its certificate cannot be verified (${code}: ${messageOf(error)})`,
      hint:
        `Where an authority of your own has signed it, name a PEM file with the authority's certificate in ${bundle}`,
    };
  }
  if (!NO_TLS.test(code)) return null;
  return {
    why: `it does not speak TLS as is wanted here (${code})`,
    hint:
      "Where it does not encrypt at all, its URL begins with http:// (redis:// for Redis)",
  };
}
