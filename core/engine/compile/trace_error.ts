/** Why a function cannot be compiled; it can still run eagerly. @module */

/** Why a function cannot be compiled; it can still run eagerly. */
export class TraceError extends Error {
  override name = "TraceError";
}
